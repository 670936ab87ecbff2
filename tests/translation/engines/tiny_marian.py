"""Train a tiny encoder-decoder in the shape of Marian, and convert it with CTranslate2's converter.

A few pairs known by heart are enough to see that tokens, prefixes and batches are right.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece
import torch
import yaml
from ctranslate2.converters import MarianConverter
from torch import Tensor, nn
from torch.nn import functional

WIDTH, INNER, HEADS = 48, 96, 2
END, UNKNOWN = "</s>", "<unk>"
CONFIG = {
    "type": "transformer",
    "transformer-decoder-autoreg": "self-attention",
    "transformer-no-projection": False,
    "transformer-ffn-activation": "relu",
    "transformer-preprocess": "",
    "transformer-postprocess": "dan",
    "transformer-postprocess-emb": "d",
    "transformer-guided-alignment-layer": "last",
    "transformer-heads": HEADS,
    "enc-depth": 1,
    "dec-depth": 1,
}

Rows = Sequence[tuple[list[str], list[str]]]
"""Tokens of each source and of its target, without the end."""


def train_pieces(texts: Sequence[str], path: Path) -> sentencepiece.SentencePieceProcessor:
    """Train a SentencePiece model that knows every character of some texts, and keep it."""
    with path.open("wb") as file:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(texts),
            model_writer=file,
            model_type="char",
            vocab_size=len(set("".join(texts))) + 4,
            hard_vocab_limit=False,
            normalization_rule_name="identity",
            minloglevel=2,
        )
    return sentencepiece.SentencePieceProcessor(model_file=str(path))


def convert(rows: Rows, vocabularies: Sequence[Sequence[str]], folder: Path, prefix: int) -> None:
    """Train on rows and write the folder of a CTranslate2 model.

    Args:
        rows: What it is to know by heart.
        vocabularies: Tokens of the source and of the target; one where they are the same.
        folder: Where model.bin and its vocabularies go.
        prefix: So many tokens of a target are given and not learnt.
    """
    lists = [[END, UNKNOWN, *tokens] for tokens in vocabularies]
    ids = [{token: n for n, token in enumerate(tokens)} for tokens in (lists[0], lists[-1])]
    weights = _train(rows, ids, prefix)
    work = folder.parent / f"{folder.name}-marian"
    work.mkdir()
    config = yaml.safe_dump(CONFIG).encode() + b"\0"
    np.savez(
        work / "model.npz",
        **{name: value.detach().numpy() for name, value in weights.items()},
        **{"special:model.yml": np.frombuffer(config, np.int8)},
    )
    paths = [work / f"{n}.yml" for n in range(len(lists))]
    for path, tokens in zip(paths, lists, strict=True):
        lines = (f"{json.dumps(t, ensure_ascii=False)}: {n}\n" for n, t in enumerate(tokens))
        path.write_text("".join(lines), encoding="utf-8")
    MarianConverter(str(work / "model.npz"), [str(path) for path in paths]).convert(str(folder))


def _train(rows: Rows, ids: Sequence[Mapping[str, int]], prefix: int) -> dict[str, Tensor]:
    torch.manual_seed(0)
    weights = _draw(len(ids[0]), len(ids[1]))
    learnt = [weight.requires_grad_() for weight in weights.values()]
    optimizer = torch.optim.Adam(learnt, lr=1e-2)
    examples = [
        (
            torch.tensor([*(ids[0][t] for t in source), ids[0][END]]),
            torch.tensor([*(ids[1][t] for t in target), ids[1][END]]),
        )
        for source, target in rows
    ]
    for _ in range(50):
        optimizer.zero_grad()
        for source, target in examples:
            logits = _logits(weights, source, target)
            functional.cross_entropy(logits[prefix:], target[prefix:]).backward()
        optimizer.step()
    return weights


def _draw(n_source: int, n_target: int) -> dict[str, Tensor]:
    """Draw the weights under Marian's names; matrices are (inputs, outputs)."""
    weights = {
        "encoder_Wemb": torch.randn(n_source, WIDTH) * WIDTH**-0.5,
        "decoder_Wemb": torch.randn(n_target, WIDTH) * WIDTH**-0.5,
        "decoder_ff_logit_out_b": torch.zeros(1, n_target),
    }
    for layer in ("encoder_l1_self", "decoder_l1_self", "decoder_l1_context"):
        for name in "qkvo":
            weights[f"{layer}_W{name}"] = _matrix(WIDTH, WIDTH)
            weights[f"{layer}_b{name}"] = torch.zeros(1, WIDTH)
        weights |= _norm(f"{layer}_Wo")
    for layer in ("encoder_l1_ffn", "decoder_l1_ffn"):
        weights |= {f"{layer}_W1": _matrix(WIDTH, INNER), f"{layer}_b1": torch.zeros(1, INNER)}
        weights |= {f"{layer}_W2": _matrix(INNER, WIDTH), f"{layer}_b2": torch.zeros(1, WIDTH)}
        weights |= _norm(f"{layer}_ffn")
    return weights


def _matrix(rows: int, columns: int) -> Tensor:
    return nn.init.xavier_uniform_(torch.empty(rows, columns))


def _norm(name: str) -> dict[str, Tensor]:
    return {f"{name}_ln_scale": torch.ones(1, WIDTH), f"{name}_ln_bias": torch.zeros(1, WIDTH)}


def _logits(weights: dict[str, Tensor], source: Tensor, target: Tensor) -> Tensor:
    """Return the logits of each token of the target after those before it, (target, vocabulary)."""
    read = _embed(weights["encoder_Wemb"][source], 0)
    read = _attend(weights, "encoder_l1_self", read, read, None)
    read = _feed(weights, "encoder_l1_ffn", read)
    before = weights["decoder_Wemb"][target[:-1]]
    written = _embed(torch.cat([torch.zeros(1, WIDTH), before]), 0)
    future = torch.ones(len(target), len(target)).triu(1).bool()
    written = _attend(weights, "decoder_l1_self", written, written, future)
    written = _attend(weights, "decoder_l1_context", written, read, None)
    written = _feed(weights, "decoder_l1_ffn", written)
    return written @ weights["decoder_Wemb"].T + weights["decoder_ff_logit_out_b"]


def _embed(rows: Tensor, first: int) -> Tensor:
    rates = 10_000.0 ** (-2 * torch.arange(WIDTH // 2) / WIDTH)
    angles = torch.arange(first, first + len(rows))[:, None] * rates
    return rows * WIDTH**0.5 + torch.cat([angles.sin(), angles.cos()], dim=1)


def _attend(
    weights: dict[str, Tensor], name: str, asks: Tensor, knows: Tensor, hidden: Any
) -> Tensor:
    def heads(rows: Tensor, part: str) -> Tensor:
        mapped = rows @ weights[f"{name}_W{part}"] + weights[f"{name}_b{part}"]
        return mapped.view(len(rows), HEADS, -1).transpose(0, 1)

    scores = heads(asks, "q") @ heads(knows, "k").transpose(1, 2) / (WIDTH / HEADS) ** 0.5
    if hidden is not None:
        scores = scores.masked_fill(hidden, -torch.inf)
    mixed = (scores.softmax(-1) @ heads(knows, "v")).transpose(0, 1).reshape(len(asks), WIDTH)
    mixed = mixed @ weights[f"{name}_Wo"] + weights[f"{name}_bo"]
    return _normed(weights, f"{name}_Wo", asks + mixed)


def _feed(weights: dict[str, Tensor], name: str, rows: Tensor) -> Tensor:
    inner = (rows @ weights[f"{name}_W1"] + weights[f"{name}_b1"]).relu()
    return _normed(
        weights, f"{name}_ffn", rows + inner @ weights[f"{name}_W2"] + weights[f"{name}_b2"]
    )


def _normed(weights: dict[str, Tensor], name: str, rows: Tensor) -> Tensor:
    scale, bias = weights[f"{name}_ln_scale"][0], weights[f"{name}_ln_bias"][0]
    return functional.layer_norm(rows, (WIDTH,), scale, bias, eps=1e-6)

"""Build Whispers of real sizes with random weights, and hear windows with them.

What one costs is what the real one costs; what it says means nothing. It never ends a window by
itself, so that the number of tokens is the one that is asked for.
"""

import json
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import ctranslate2
import numpy as np
from faster_whisper.tokenizer import _LANGUAGE_CODES as LANGUAGES
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

from bench.whisper_weights import FRAMES, Shape, random_whisper

N_TEXT_TOKENS = 50257
"""All multilingual Whispers have as many; the end of the text comes next."""

NEVER = -1e4
"""Added to the score of a token that must not be said."""


SMALL = Shape(
    encoder_layers=12,
    decoder_layers=12,
    heads=12,
    width=768,
    mel_bins=80,
    n_languages=99,
    alignment_heads=(
        *((5, 3), (5, 9), (8, 0), (8, 4), (8, 7), (8, 8)),
        *((9, 0), (9, 7), (9, 9), (10, 5)),
    ),
)
TURBO = Shape(
    encoder_layers=32,
    decoder_layers=4,
    heads=20,
    width=1280,
    mel_bins=128,
    n_languages=100,
    alignment_heads=((2, 4), (2, 11), (3, 3), (3, 6), (3, 11), (3, 14)),
)


def build_whisper(folder: Path, shape: Shape) -> Path:
    """Write a model that faster-whisper can load, unless it is there."""
    if not (folder / "model.bin").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        # CTranslate2 takes a model for one of several languages by its last token of text.
        text = [*islice(_text_tokens(), N_TEXT_TOKENS - 1), ""]
        special = list(_special_tokens(shape))
        _tokenizer(text, special).save(str(folder / "tokenizer.json"))
        features = {"feature_size": shape.mel_bins, "chunk_length": 30}
        (folder / "preprocessor_config.json").write_text(json.dumps(features), encoding="utf-8")
        _spec(shape, text, special).save(str(folder))
    return folder


def load_whisper(folder: Path) -> ctranslate2.models.Whisper:
    """Load it as the product does on a CPU."""
    return ctranslate2.models.Whisper(
        str(folder), device="cpu", compute_type="int8", intra_threads=1, inter_threads=1
    )


def hear(model: ctranslate2.models.Whisper, n_windows: int, n_tokens: int, beam_size: int) -> None:
    """Hear windows of 30 seconds in one batch, each with so many tokens, and time their words."""
    noise = np.random.default_rng(0).normal(size=(n_windows, model.n_mels, FRAMES))
    encoded = model.encode(ctranslate2.StorageView.from_array(noise.astype(np.float32)))
    prompt = ["<|startoftranscript|>", "<|en|>", "<|transcribe|>", "<|notimestamps|>"]
    heard = model.generate(
        encoded,
        [prompt] * n_windows,
        beam_size=beam_size,
        max_length=2 * n_tokens,  # CTranslate2 keeps half of it for a prompt
    )
    tokens = [result.sequences_ids[0] for result in heard]
    if any(len(said) != n_tokens for said in tokens):
        raise ValueError("A window has ended early.")
    start = N_TEXT_TOKENS + 1
    model.align(
        encoded,
        [start, start + 1, start + 1 + model.num_languages + 1],
        tokens,
        [FRAMES // 2] * n_windows,
    )


def _text_tokens() -> Iterator[str]:
    """Say that two of three tokens begin a word, as they do in English."""
    yield from sorted(pre_tokenizers.ByteLevel.alphabet())
    for n, letters in enumerate(product(ascii_lowercase, repeat=4)):
        yield ("" if n % 3 == 0 else "Ġ") + "".join(letters)


def _special_tokens(shape: Shape) -> Iterator[str]:
    yield from ("<|endoftext|>", "<|startoftranscript|>")
    codes = ("en", *(code for code in LANGUAGES if code != "en"))
    yield from (f"<|{code}|>" for code in codes[: shape.n_languages])
    others = "translate transcribe startoflm startofprev nospeech notimestamps"
    yield from (f"<|{name}|>" for name in others.split())
    yield from (f"<|{n * 0.02:.2f}|>" for n in range(FRAMES // 2 + 1))


def _tokenizer(text: list[str], special: list[str]) -> Tokenizer:
    vocabulary = {token: n for n, token in enumerate([*text, *special])}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in special])
    return tokenizer


def _spec(shape: Shape, text: list[str], special: list[str]) -> Any:
    bias = np.zeros(len(text) + len(special), np.float32)
    bias[len(text) :] = NEVER
    spec = random_whisper(shape, bias)
    spec.register_vocabulary([*text, *special])
    spec.config.lang_ids = list(range(len(text) + 2, len(text) + 2 + shape.n_languages))
    spec.validate()
    spec.optimize(quantization="int8")
    return spec

"""Build an Argos package of the real size with random weights: 6 + 6 layers, d 512, 32,000 pieces.

What it costs is what a real one costs; what it says means nothing. A translation is about as long
as its source: one head sees how long that is, and the end of the sentence becomes likely there.
"""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs import common_spec, transformer_spec
from numpy.typing import NDArray

from demo.training.grammar import corpus
from demo.training.translation.vocabulary import END, Vocabulary, train_pieces

WORD = re.compile(r"[^\W_]+")
LAYERS, HEADS, WIDTH, INNER = 6, 8, 512, 2048
PIECES = 32_000
POSITIONS = 512
LENGTH = 0
"""The feature that says how far the target is from the source's end, and nothing else."""

Matrix = NDArray[np.float32]


def build_translation(folder: Path, target: str) -> Path:
    """Write a package from English, unless it is there, and return its own folder."""
    package = folder / f"translate-en_{target}-1_0"
    if not (package / "metadata.json").is_file():
        vocabulary = _vocabulary()
        (package / "model").mkdir(parents=True, exist_ok=True)
        vocabulary.save(package / "sentencepiece.model")
        _spec(vocabulary).save(str(package / "model"))
        codes = {"from_code": "en", "from_name": "en", "to_code": target, "to_name": target}
        versions = {"package_version": "1.0", "argos_version": "1.9"}
        (package / "metadata.json").write_text(json.dumps(codes | versions), encoding="utf-8")
    return package


def _vocabulary() -> Vocabulary:
    """Know the words of the demo's grammar, and as many others as a real package knows."""
    sentences = [sentence.en for sentence in corpus(2_000, seed=0, repeats=1)]
    words = {f"▁{word}" for text in sentences for word in WORD.findall(text)}
    others = (f"▁{number:x}" for number in range(PIECES))
    known = list(dict.fromkeys([*sorted(words), *others]))[:PIECES]
    return train_pieces(sentences, known, PIECES + 1_000)


def _spec(vocabulary: Vocabulary) -> Any:
    spec = transformer_spec.TransformerSpec.from_config(
        num_layers=(LAYERS, LAYERS),
        num_heads=HEADS,
        pre_norm=True,
        activation=common_spec.Activation.RELU,
    )
    spec.register_source_vocabulary(list(vocabulary.pieces))
    spec.register_target_vocabulary(list(vocabulary.pieces))
    _Weights().fill(spec, len(vocabulary.pieces))
    spec.validate()
    spec.optimize(quantization="int8")
    return spec


class _Weights:
    """Draws weights that leave the feature `LENGTH` alone."""

    def __init__(self) -> None:
        self._random = np.random.default_rng(0)

    def fill(self, spec: Any, n_pieces: int) -> None:
        embedding = self._matrix(n_pieces, WIDTH, scale=WIDTH**-0.5)
        embedding[:, LENGTH] = 0
        projection = embedding.copy()
        projection[END] = 0
        projection[END, LENGTH] = 20
        for part in (spec.encoder, spec.decoder):
            part.scale_embeddings = True
            part.position_encodings.encodings = _positions()
            _norm(part.layer_norm)
        spec.encoder.embeddings[0].weight = spec.decoder.embeddings.weight = embedding
        spec.decoder.projection.weight = projection
        spec.decoder.projection.bias = np.zeros(n_pieces, np.float32)
        for layer in spec.encoder.layer:
            self._attention(layer.self_attention, (3 * WIDTH,))
            self._feed_forward(layer.ffn)
        for layer in spec.decoder.layer:
            self._attention(layer.self_attention, (3 * WIDTH,))
            self._attention(layer.attention, (WIDTH, 2 * WIDTH))
            self._feed_forward(layer.ffn)
        _look_at_the_length(spec.decoder.layer[0].attention)

    def _attention(self, spec: Any, inputs: tuple[int, ...]) -> None:
        _norm(spec.layer_norm)
        for linear, size in zip(spec.linear, inputs, strict=False):
            self._linear(linear, size, WIDTH)
        self._output(spec.linear[-1], WIDTH)

    def _feed_forward(self, spec: Any) -> None:
        _norm(spec.layer_norm)
        self._linear(spec.linear_0, INNER, WIDTH)
        self._output(spec.linear_1, INNER)

    def _output(self, spec: Any, inputs: int) -> None:
        self._linear(spec, WIDTH, inputs)
        spec.weight[LENGTH] = 0

    def _linear(self, spec: Any, outputs: int, inputs: int) -> None:
        spec.weight = self._matrix(outputs, inputs, scale=inputs**-0.5)
        spec.bias = np.zeros(outputs, np.float32)

    def _matrix(self, rows: int, columns: int, scale: float) -> Matrix:
        drawn = self._random.normal(0.0, scale, (rows, columns))
        return drawn.astype(np.float32)


def _norm(spec: Any) -> None:
    spec.gamma, spec.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)


def _positions() -> Matrix:
    """Number the pieces in one feature; the others say nothing."""
    positions = np.zeros((POSITIONS, WIDTH), np.float32)
    positions[:, LENGTH] = np.arange(POSITIONS) / 10
    return positions


def _look_at_the_length(attention: Any) -> None:
    """Let the first head look at all of the source alike: the mean position is half its length."""
    query, both, output = attention.linear
    head = WIDTH // HEADS
    query.weight[:head] = 0
    both.weight[WIDTH] = 0
    both.weight[WIDTH, LENGTH] = 1  # the first value of the first head
    output.weight[LENGTH, 0] = -2

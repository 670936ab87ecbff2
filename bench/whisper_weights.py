"""Draw the weights of a Whisper at random, in CTranslate2's format."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from ctranslate2.specs.whisper_spec import WhisperSpec
from numpy.typing import NDArray

SCALE = 0.02
"""Of the normal distribution that training begins with."""

FRAMES = 3000
"""Of features, in a window of 30 seconds; the encoder halves them."""

POSITIONS = 448
"""Of tokens, in a window."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a Whisper.

    Attributes:
        encoder_layers: Of the network that hears.
        decoder_layers: Of the network that writes.
        heads: Of attention, in each layer.
        width: Of a layer.
        mel_bins: Of the features.
        n_languages: That it knows.
        alignment_heads: The (layer, head) that follow the sound, as OpenAI published them.
    """

    encoder_layers: int
    decoder_layers: int
    heads: int
    width: int
    mel_bins: int
    n_languages: int
    alignment_heads: tuple[tuple[int, int], ...]


def random_whisper(shape: Shape, bias: NDArray[np.float32]) -> Any:
    """Return a `WhisperSpec` without its vocabulary.

    Args:
        shape: Its size.
        bias: `(n_tokens,)`, added to the score of each token.
    """
    spec = WhisperSpec(shape.encoder_layers, shape.heads, shape.decoder_layers, shape.heads)
    _Weights(shape.width).fill(spec, shape.mel_bins, bias)
    spec.config.alignment_heads = list(shape.alignment_heads)
    return spec


class _Weights:
    def __init__(self, width: int) -> None:
        self._random = np.random.default_rng(0)
        self._width = width

    def fill(self, spec: Any, mel_bins: int, bias: NDArray[np.float32]) -> None:
        width, encoder, decoder = self._width, spec.encoder, spec.decoder
        self._linear(encoder.conv1, width, mel_bins, 3)
        self._linear(encoder.conv2, width, width, 3)
        decoder.embeddings.weight = decoder.projection.weight = self._draw(len(bias), width)
        decoder.projection.bias = bias
        for part, n_positions in ((encoder, FRAMES // 2), (decoder, POSITIONS)):
            part.position_encodings.encodings = self._draw(n_positions, width)
            self._norm(part.layer_norm)
            for layer in part.layer:
                self._attention(layer.self_attention, 3 * width, width)
                self._feed_forward(layer.ffn)
        for layer in decoder.layer:
            self._attention(layer.attention, width, 2 * width, width)

    def _attention(self, spec: Any, *sizes: int) -> None:
        self._norm(spec.layer_norm)
        for linear, size in zip(spec.linear, sizes, strict=True):
            self._linear(linear, size, self._width)

    def _feed_forward(self, spec: Any) -> None:
        self._norm(spec.layer_norm)
        self._linear(spec.linear_0, 4 * self._width, self._width)
        self._linear(spec.linear_1, self._width, 4 * self._width)

    def _linear(self, spec: Any, *sizes: int) -> None:
        spec.weight, spec.bias = self._draw(*sizes), np.zeros(sizes[0], np.float32)

    def _norm(self, spec: Any) -> None:
        spec.gamma, spec.beta = np.ones(self._width, np.float32), np.zeros(self._width, np.float32)

    def _draw(self, *sizes: int) -> NDArray[np.float32]:
        return self._random.standard_normal(sizes, np.float32) * np.float32(SCALE)

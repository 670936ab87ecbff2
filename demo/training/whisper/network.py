"""Whisper's architecture in plain torch, made to be trained on short windows.

Parameters bear the names that Transformers gives them, so that export is one ``load_state_dict``.

In use, a window of sound is followed by literal zeros up to 30 s, and the encoder attends to all
of it. Training on 1,500 positions would waste nine tenths of the work. All positions after the
first ``N_OWN_POSITIONS`` therefore share one position vector: then the zeros there are so many
equal keys, and attention to n equal keys is attention to one with log(n) added to its logit. For
a window of 8 s that is exact, and the tail costs one position instead of 1,100. In a shorter
window the one key also stands for the silent positions before 8 s, which is nearly so.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from demo.training.whisper.attention import Attention

N_POSITIONS = 1500
N_OWN_POSITIONS = 400  # 8 s: the longest window that can be told apart
N_TEXT_POSITIONS = 448
WIDENING = 4


@dataclass(frozen=True, slots=True)
class Architecture:
    """Sizes of a network.

    Attributes:
        n_tokens: Size of the tokenizer's vocabulary.
        n_phones: Classes of the phone head, silence included.
        n_words: Classes of the word head, silence included.
        width: Width of every layer.
        n_mels: Mel bands of the input.
        encoder_layers: Layers of the encoder.
        encoder_heads: Attention heads of an encoder layer.
        decoder_layers: Layers of the decoder.
        decoder_heads: Attention heads of a decoder layer.
        phone_layer: How many encoder layers the phone head sits on.
    """

    n_tokens: int
    n_phones: int
    n_words: int
    width: int = 160
    n_mels: int = 80
    encoder_layers: int = 4
    encoder_heads: int = 2
    decoder_layers: int = 2
    decoder_heads: int = 4
    phone_layer: int = 2


@dataclass(frozen=True, slots=True, eq=False)
class Encoding:
    """What the encoder hears.

    Attributes:
        states: (batch, positions + 1, width), the last one standing for the silent tail.
        phone_states: (batch, positions, width), states of the layer that the phone head reads.
        key_bias: (positions + 1,), logit bias of each position as an attention key.
    """

    states: Tensor
    phone_states: Tensor
    key_bias: Tensor


class Layer(nn.Module):
    """Base of both kinds of layer: self-attention and two linear maps, normed before."""

    def __init__(self, width: int, n_heads: int) -> None:
        super().__init__()
        self.self_attn = Attention(width, n_heads)
        self.self_attn_layer_norm = nn.LayerNorm(width)
        self.fc1 = nn.Linear(width, WIDENING * width)
        self.fc2 = nn.Linear(WIDENING * width, width)
        self.final_layer_norm = nn.LayerNorm(width)

    def feed(self, x: Tensor) -> Tensor:
        """Apply the two linear maps and add what they give."""
        hidden = functional.gelu(self.fc1(self.final_layer_norm(x)))
        fed: Tensor = x + self.fc2(hidden)
        return fed


class EncoderLayer(Layer):
    """A layer that looks at the whole window."""

    def forward(self, x: Tensor, key_bias: Tensor) -> Tensor:
        """Map (batch, positions + 1, width) to the same shape."""
        return self.feed(x + self.self_attn(self.self_attn_layer_norm(x), key_bias=key_bias))


class DecoderLayer(Layer):
    """A layer that looks at the text so far and at the encoder's states."""

    def __init__(self, width: int, n_heads: int) -> None:
        super().__init__(width, n_heads)
        self.encoder_attn = Attention(width, n_heads)
        self.encoder_attn_layer_norm = nn.LayerNorm(width)

    def forward(self, x: Tensor, encoding: Encoding) -> tuple[Tensor, Tensor]:
        """Map (batch, length, width); return also the attention to the encoder's states."""
        x = x + self.self_attn(self.self_attn_layer_norm(x))
        heard, weights = self.encoder_attn.attend(
            self.encoder_attn_layer_norm(x), encoding.states, encoding.key_bias
        )
        return self.feed(x + heard), weights


class Encoder(nn.Module):
    """Hears a window."""

    def __init__(self, sizes: Architecture) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(sizes.n_mels, sizes.width, 3, padding=1)
        self.conv2 = nn.Conv1d(sizes.width, sizes.width, 3, stride=2, padding=1)
        self.embed_positions = nn.Embedding(N_POSITIONS, sizes.width)
        self.embed_positions.weight = nn.Parameter(_positions(sizes.width), requires_grad=False)
        self.layers = nn.ModuleList(
            EncoderLayer(sizes.width, sizes.encoder_heads) for _ in range(sizes.encoder_layers)
        )
        self.layer_norm = nn.LayerNorm(sizes.width)
        self.phone_layer = sizes.phone_layer

    def forward(self, log_mel: Tensor, first_position: int = 0) -> Encoding:
        """Encode windows that silence follows.

        Args:
            log_mel: (batch, n_mels, 2 * positions).
            first_position: Position that the window is pretended to start at.
        """
        n_positions = log_mel.shape[-1] // 2
        x = self._embed(log_mel, first_position)
        key_bias = torch.zeros(n_positions + 1)
        key_bias[-1] = math.log(N_POSITIONS - n_positions)
        phone_states = x
        for index, layer in enumerate(self.layers, start=1):
            x = layer(x, key_bias)
            if index == self.phone_layer:
                phone_states = x[:, :-1]
        return Encoding(self.layer_norm(x), phone_states, key_bias)

    def _embed(self, log_mel: Tensor, first_position: int) -> Tensor:
        positions = self.embed_positions.weight
        # Eight silent frames are enough for one position that no border touches.
        silence = self._convolve(log_mel.new_zeros(1, log_mel.shape[1], 8))[:, 2:3]
        tail = (silence + positions[N_OWN_POSITIONS]).expand(len(log_mel), -1, -1)
        sound = self._convolve(log_mel)
        sound = sound + positions[first_position : first_position + sound.shape[1]]
        return torch.cat([sound, tail.to(sound.dtype)], 1)

    def _convolve(self, log_mel: Tensor) -> Tensor:
        hidden = functional.gelu(self.conv1(log_mel))
        return functional.gelu(self.conv2(hidden)).transpose(1, 2)


class Decoder(nn.Module):
    """Writes what the encoder hears."""

    def __init__(self, sizes: Architecture) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(sizes.n_tokens, sizes.width)
        self.embed_positions = nn.Embedding(N_TEXT_POSITIONS, sizes.width)
        nn.init.normal_(self.embed_tokens.weight, 0, 0.08)
        nn.init.normal_(self.embed_positions.weight, 0, 0.02)
        self.layers = nn.ModuleList(
            DecoderLayer(sizes.width, sizes.decoder_heads) for _ in range(sizes.decoder_layers)
        )
        self.layer_norm = nn.LayerNorm(sizes.width)

    def forward(self, tokens: Tensor, encoding: Encoding) -> tuple[Tensor, list[Tensor]]:
        """Predict the token after each one.

        Args:
            tokens: (batch, length) int64.
            encoding: What is heard.

        Returns:
            States (batch, length, width) from which ``logits`` predicts, and each layer's
            attention (batch, heads, length, positions + 1).
        """
        x = self.embed_tokens(tokens) + self.embed_positions.weight[: tokens.shape[1]]
        attention = []
        for layer in self.layers:
            x, weights = layer(x, encoding)
            attention.append(weights)
        return self.layer_norm(x), attention

    def logits(self, states: Tensor) -> Tensor:
        """Return the logit of each token of the vocabulary."""
        return states @ self.embed_tokens.weight.T


class EncoderDecoder(nn.Module):
    """What ships: the part that Transformers calls the model."""

    def __init__(self, sizes: Architecture) -> None:
        super().__init__()
        self.encoder = Encoder(sizes)
        self.decoder = Decoder(sizes)


class Network(nn.Module):
    """The model and two heads that only training needs: they name what is heard when."""

    def __init__(self, sizes: Architecture) -> None:
        super().__init__()
        self.sizes = sizes
        self.model = EncoderDecoder(sizes)
        self.phone_head = nn.Linear(sizes.width, sizes.n_phones)
        self.word_head = nn.Linear(sizes.width, sizes.n_words)


def _positions(width: int) -> Tensor:
    """Return Whisper's sinusoids, (1500, width), with one shared vector after the first ones."""
    half = width // 2
    rates = torch.exp(-math.log(10000) / (half - 1) * torch.arange(half))
    angles = torch.arange(N_POSITIONS)[:, None] * rates
    table = torch.cat([angles.sin(), angles.cos()], 1)
    table[N_OWN_POSITIONS:] = table[1000]
    return table

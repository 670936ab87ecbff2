"""Define the small pre-norm Transformer that becomes a CTranslate2 model."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a translation network.

    Attributes:
        width: Features per piece.
        heads: Attention heads per layer.
        inner: Features inside a feed-forward block.
        encoder_layers: Layers that read the source.
        decoder_layers: Layers that write the target.
        positions: Longest sentence, in pieces.
        dropout: Chance that a feature is dropped in training.
    """

    width: int = 128
    heads: int = 4
    inner: int = 512
    encoder_layers: int = 3
    decoder_layers: int = 2
    positions: int = 256
    dropout: float = 0.1


class TranslationNet(nn.Module):
    """An encoder and a decoder that share one embedding, which is also the output projection.

    The last row of the embedding is padding: it exists in training only.
    """

    def __init__(self, n_pieces: int, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.padding = n_pieces
        self.embedding = nn.Embedding(n_pieces + 1, shape.width)
        nn.init.normal_(self.embedding.weight, std=shape.width**-0.5)
        self.output_bias = nn.Parameter(torch.zeros(n_pieces))
        self.register_buffer("positions", sinusoids(shape.positions, shape.width))
        self.encoder = nn.TransformerEncoder(
            nn.TransformerEncoderLayer(
                shape.width,
                shape.heads,
                shape.inner,
                shape.dropout,
                batch_first=True,
                norm_first=True,
            ),
            shape.encoder_layers,
            norm=nn.LayerNorm(shape.width),
            enable_nested_tensor=False,
        )
        self.decoder = nn.TransformerDecoder(
            nn.TransformerDecoderLayer(
                shape.width,
                shape.heads,
                shape.inner,
                shape.dropout,
                batch_first=True,
                norm_first=True,
            ),
            shape.decoder_layers,
            norm=nn.LayerNorm(shape.width),
        )
        _draw_matrices(self)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Predict the piece that follows each piece of the target.

        Args:
            source: Piece ids, (batch, source pieces), padded.
            target: Piece ids from the start symbol on, (batch, target pieces), padded.

        Returns:
            Logits, (batch, target pieces, vocabulary).
        """
        is_padding = source == self.padding
        read = self.encoder(self._embed(source), src_key_padding_mask=is_padding)
        length = target.shape[1]
        is_future = torch.ones(length, length, dtype=torch.bool).triu(1)
        written = self.decoder(
            self._embed(target),
            read,
            tgt_mask=is_future,
            memory_key_padding_mask=is_padding,
        )
        return functional.linear(written, self.embedding.weight[: self.padding], self.output_bias)

    def _embed(self, ids: Tensor) -> Tensor:
        positions = self.get_buffer("positions")[: ids.shape[1]]
        embedded: Tensor = self.embedding(ids)
        return embedded * math.sqrt(self.shape.width) + positions


def sinusoids(n_positions: int, width: int) -> Tensor:
    """Return the fixed position encodings, (positions, width): sines, then cosines."""
    rates = 10_000.0 ** (-2 * torch.arange(width // 2) / width)
    angles = torch.arange(n_positions)[:, None] * rates
    return torch.cat([angles.sin(), angles.cos()], dim=1)


def _draw_matrices(net: nn.Module) -> None:
    """Draw every layer afresh: torch copies one layer, so all would start the same."""
    for name, parameter in net.named_parameters():
        if parameter.dim() == 2 and "embedding" not in name:
            nn.init.xavier_uniform_(parameter)

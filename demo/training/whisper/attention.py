"""Attention as Whisper does it, with the parameter names that Transformers gives it."""

from torch import Tensor, nn
from torch.nn import functional


class Attention(nn.Module):
    """Multi-head attention with Whisper's biases: none on the keys."""

    def __init__(self, width: int, n_heads: int) -> None:
        super().__init__()
        self.n_heads = n_heads
        self.k_proj = nn.Linear(width, width, bias=False)
        self.v_proj = nn.Linear(width, width)
        self.q_proj = nn.Linear(width, width)
        self.out_proj = nn.Linear(width, width)

    def forward(self, x: Tensor, *, key_bias: Tensor | None = None) -> Tensor:
        """Attend within (batch, length, width): to what came before if there is no key bias."""
        query, key, value = (self._heads(part(x)) for part in self._projections())
        mask = None if key_bias is None else key_bias[None].to(query.dtype)
        mixed = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=mask, is_causal=mask is None
        )
        return self._joined(mixed)

    def attend(self, x: Tensor, source: Tensor, key_bias: Tensor) -> tuple[Tensor, Tensor]:
        """Attend from x to a source; return also the weights, (batch, heads, length, source)."""
        query, key, value = (
            self._heads(part(part_of))
            for part, part_of in zip(self._projections(), (x, source, source), strict=True)
        )
        logits = (query * query.shape[-1] ** -0.5) @ key.transpose(-1, -2)
        weights = (logits.float() + key_bias).softmax(-1)
        return self._joined(weights.to(value.dtype) @ value), weights

    def _projections(self) -> tuple[nn.Linear, nn.Linear, nn.Linear]:
        return self.q_proj, self.k_proj, self.v_proj

    def _heads(self, x: Tensor) -> Tensor:
        batch, length, width = x.shape
        return x.view(batch, length, self.n_heads, width // self.n_heads).transpose(1, 2)

    def _joined(self, mixed: Tensor) -> Tensor:
        joined: Tensor = self.out_proj(mixed.transpose(1, 2).flatten(2))
        return joined

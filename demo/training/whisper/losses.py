"""Measure how far the network is from what was said, and when it was said."""

from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torch.nn import functional

from demo.training.whisper.batches import IGNORED, Batch
from demo.training.whisper.network import Encoding, Network

# Heads of the last decoder layer that are taught to look at the word they write; word times are
# read off them. Heads of the first layer look at the word written last, to find the next one.
ALIGNED_LAYER = 1
ALIGNED_HEADS = (0, 1, 2)
_FOLLOWING_LAYER = 0
_FOLLOWING_HEADS = (0, 1)

_LABEL_SMOOTHING = 0.02
_FRAME_WEIGHT_WITH_TEXT = 0.5
_ALIGNED_WEIGHT = 0.3
_FOLLOWING_WEIGHT = 0.15
_LEAST_WEIGHT = 1e-5


@dataclass(frozen=True, slots=True, eq=False)
class Losses:
    """What a step is judged by; ``total`` is what is minimised.

    Attributes:
        total: Weighted sum.
        phones: Cross-entropy of the phone at each position.
        words: Cross-entropy of the word at each position.
        text: Cross-entropy of the tokens; 0 where the decoder does not learn yet.
        accuracy: Share of tokens that are right; 0 where the decoder does not learn yet.
    """

    total: Tensor
    phones: Tensor
    words: Tensor
    text: Tensor
    accuracy: Tensor

    def detached(self) -> "Losses":
        """Return the same figures without what led to them, which would hold much memory."""
        return replace(self, total=self.total.detach())


def frame_losses(network: Network, encoding: Encoding, batch: Batch) -> Losses:
    """Judge what the encoder hears at each position."""
    phones = _cross_entropy(network.phone_head(encoding.phone_states.float()), batch.phones)
    words = _cross_entropy(network.word_head(encoding.states[:, :-1].float()), batch.words)
    none = torch.zeros(())
    return Losses(phones + words, phones.detach(), words.detach(), none, none)


def all_losses(network: Network, encoding: Encoding, batch: Batch, inputs: Tensor) -> Losses:
    """Judge what the encoder hears, what the decoder writes, and where it looks.

    Args:
        network: The network.
        encoding: What the encoder hears in the batch's windows.
        batch: The windows.
        inputs: (batch, length) int64, the decoder's input, some of it wrong.
    """
    frames = frame_losses(network, encoding, batch)
    decoder = network.model.decoder
    with torch.autocast("cpu", torch.bfloat16):
        states, attention = decoder(inputs, encoding)
        is_scored = batch.targets != IGNORED
        logits = decoder.logits(states[is_scored]).float()
    targets = batch.targets[is_scored]
    text = functional.cross_entropy(logits, targets, label_smoothing=_LABEL_SMOOTHING)
    aligned = _misdirection(attention[ALIGNED_LAYER][:, ALIGNED_HEADS], batch.next_spans)
    following = _misdirection(attention[_FOLLOWING_LAYER][:, _FOLLOWING_HEADS], batch.last_spans)
    total = _FRAME_WEIGHT_WITH_TEXT * frames.total + text
    total = total + _ALIGNED_WEIGHT * aligned + _FOLLOWING_WEIGHT * following
    accuracy = (logits.argmax(-1) == targets).float().mean()
    return Losses(total, frames.phones, frames.words, text.detach(), accuracy)


def _cross_entropy(logits: Tensor, classes: Tensor) -> Tensor:
    return functional.cross_entropy(logits.flatten(0, 1), classes.flatten())


def _misdirection(attention: Tensor, spans: Tensor) -> Tensor:
    """Return how little of the attention lies where a token is heard.

    Args:
        attention: (batch, heads, length, positions + 1).
        spans: (batch, length, positions + 1) bool.
    """
    is_heard = spans.any(-1)
    if not is_heard.any():
        return attention.sum() * 0
    inside = (attention * spans[:, None]).sum(-1).transpose(1, 2)[is_heard]
    return -(inside + _LEAST_WEIGHT).log().mean()

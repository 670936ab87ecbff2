"""Stack training windows into tensors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from demo.training import tokens
from demo.training.whisper.windows import Window

IGNORED = -100


@dataclass(frozen=True, slots=True)
class Prompt:
    """Ids of the tokens that surround a text.

    Attributes:
        start: Starts every transcript.
        no_timestamps: Second token of the prompt.
        end: Ends the text.
        no_speech: Answer to the start where nothing is said.
        context: Precedes what went before, where there is something.
    """

    start: int
    no_timestamps: int
    end: int
    no_speech: int
    context: int

    def before(self, window: Window) -> list[int]:
        """Return what the decoder is shown before the text of a window."""
        context = [self.context, *window.context] if window.context else []
        return [*context, self.start, self.no_timestamps]


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Windows of equal length.

    Attributes:
        log_mel: (batch, 80, 2 * positions) float32.
        phones: (batch, positions) int64.
        words: (batch, positions) int64.
        inputs: (batch, length) int64, the tokens that the decoder is shown.
        targets: (batch, length) int64, the token after each one, or ``IGNORED``.
        next_spans: (batch, length, positions + 1) bool, where the target token is heard.
        last_spans: (batch, length, positions + 1) bool, where the input token is heard.
    """

    log_mel: Tensor
    phones: Tensor
    words: Tensor
    inputs: Tensor
    targets: Tensor
    next_spans: Tensor
    last_spans: Tensor


def prompt_of(tokenizer: Tokenizer) -> Prompt:
    """Find the tokens that surround a text."""
    return Prompt(
        start=tokens.token_id(tokenizer, tokens.START_OF_TRANSCRIPT),
        no_timestamps=tokens.token_id(tokenizer, tokens.NO_TIMESTAMPS),
        end=tokens.token_id(tokenizer, tokens.END_OF_TEXT),
        no_speech=tokens.token_id(tokenizer, tokens.NO_SPEECH),
        context=tokens.token_id(tokenizer, tokens.START_OF_CONTEXT),
    )


def collate(windows: Sequence[Window], prompt: Prompt) -> Batch:
    """Stack windows; the decoder's input is the prompt and then the text."""
    n_positions = len(windows[0].phones)
    prefixes = [prompt.before(window) for window in windows]
    length = max(len(p) + len(w.text) for p, w in zip(prefixes, windows, strict=True))
    shape = (len(windows), length)
    inputs = torch.full(shape, prompt.end)
    targets = torch.full(shape, IGNORED)
    next_spans = torch.zeros((*shape, n_positions + 1), dtype=torch.bool)
    last_spans = torch.zeros_like(next_spans)
    for row, (prefix, window) in enumerate(zip(prefixes, windows, strict=True)):
        last = len(prefix) - 1
        shown = torch.tensor([*prefix, *window.text])
        inputs[row, : len(shown)] = shown
        targets[row, last : len(shown)] = torch.tensor([*window.text, prompt.end])
        if not window.text:
            targets[row, last - 1] = prompt.no_speech
        for place, (start, end) in enumerate(window.spans, start=last):
            next_spans[row, place, start:end] = True
            last_spans[row, place + 1, start:end] = True
    return Batch(
        log_mel=torch.from_numpy(np.stack([w.log_mel for w in windows])).transpose(1, 2),
        phones=torch.from_numpy(np.stack([w.phones for w in windows])),
        words=torch.from_numpy(np.stack([w.words for w in windows])),
        inputs=inputs,
        targets=targets,
        next_spans=next_spans,
        last_spans=last_spans,
    )


def corrupt(
    batch: Batch, prompt: Prompt, share: float, word_tokens: Tensor, rng: np.random.Generator
) -> Tensor:
    """Return the inputs with a share of their words replaced by other words.

    A decoder that has seen only right text trusts it more than it listens.
    """
    is_wrong = torch.from_numpy(rng.random(batch.inputs.shape) < share)
    marks = torch.tensor([prompt.context, prompt.start, prompt.no_timestamps])
    is_wrong &= ~torch.isin(batch.inputs, marks)
    wrong = word_tokens[torch.from_numpy(rng.integers(len(word_tokens), size=batch.inputs.shape))]
    return torch.where(is_wrong, wrong, batch.inputs)

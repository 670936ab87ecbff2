"""What the demo's Whisper is told went before, and what it must write all the same."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from demo.training import tokens
from demo.training.whisper import batches
from demo.training.whisper.clips import Clip
from demo.training.whisper.contexts import ContextMaker
from demo.training.whisper.features import N_MELS
from demo.training.whisper.windows import Window

pytestmark = pytest.mark.model

LINES = ("Tom bought a phone.", "Anna is in Berlin.", "Good point.")


@pytest.fixture
def tokenizer() -> Tokenizer:
    return tokens.build_tokenizer(tokens.written_forms(LINES))


def _clip(text: str) -> Clip:
    words = tuple(text.split())
    return Clip(
        words,
        np.zeros((len(words), 2), dtype=np.int32),
        np.zeros((2, N_MELS), dtype=np.float16),
        np.zeros(1, dtype=np.uint8),
    )


def _window(text: tuple[int, ...]) -> Window:
    silence = np.zeros(4, dtype=np.int64)
    spans = tuple((n, n + 1) for n in range(len(text)))
    return Window(np.zeros((8, N_MELS), dtype=np.float32), silence, silence, text, spans)


def test_contexts_are_hotwords_earlier_lines_or_nothing(tokenizer: Tokenizer) -> None:
    maker = ContextMaker([_clip(line) for line in LINES], tokenizer)
    said = tokenizer.encode(" Tom bought a phone.").ids
    rng = np.random.default_rng(1)

    contexts = [tokenizer.decode(list(maker.make(rng, said))).strip() for _ in range(200)]

    assert 50 < contexts.count("") < 110
    assert any(", " in context and context.endswith(".") for context in contexts)
    assert any(context in LINES for context in contexts)
    assert any("phone, " in context or ", phone" in context for context in contexts)


def test_the_same_chance_makes_the_same_context(tokenizer: Tokenizer) -> None:
    maker = ContextMaker([_clip(line) for line in LINES], tokenizer)

    first, second = (maker.make(np.random.default_rng(7), ()) for _ in range(2))

    assert first == second


def test_only_what_is_said_is_learnt_not_what_went_before(tokenizer: Tokenizer) -> None:
    prompt = batches.prompt_of(tokenizer)
    text = tuple(tokenizer.encode(" Good point.").ids)
    told = replace(_window(text), context=tuple(tokenizer.encode(" Tom, Berlin.").ids))

    batch = batches.collate([told, _window(text)], prompt)

    for row in range(2):
        learnt = batch.targets[row][batch.targets[row] != batches.IGNORED]
        assert learnt.tolist() == [*text, prompt.end]
    first = batch.inputs[0].tolist()
    assert first[0] == prompt.context
    start = first.index(prompt.start)
    assert batch.targets[0, start + 1] == text[0]
    assert batch.next_spans[0, start + 1].nonzero().flatten().tolist() == [0]


def test_silence_is_answered_at_the_start_whatever_went_before(tokenizer: Tokenizer) -> None:
    prompt = batches.prompt_of(tokenizer)
    told = replace(_window(()), context=tuple(tokenizer.encode(" Tom, Berlin.").ids))

    batch = batches.collate([told], prompt)

    start = batch.inputs[0].tolist().index(prompt.start)
    assert batch.targets[0, start] == prompt.no_speech


def test_wrong_words_never_replace_the_marks(tokenizer: Tokenizer) -> None:
    prompt = batches.prompt_of(tokenizer)
    context = tuple(tokenizer.encode(" Tom, Berlin.").ids)
    batch = batches.collate([replace(_window(context), context=context)], prompt)

    inputs = batches.corrupt(
        batch, prompt, 1.0, torch.tensor(context[:1]), np.random.default_rng(0)
    )

    kept = [prompt.context, prompt.start, prompt.no_timestamps]
    assert [token for token in inputs[0].tolist() if token in kept] == kept

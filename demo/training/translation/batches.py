"""Turn pairs of sentences into an endless stream of padded batches."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from demo.training.translation.examples import Noise, Pair, spoil
from demo.training.translation.kin import Kin
from demo.training.translation.vocabulary import END, START, Vocabulary


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded piece ids of sentences of about one length.

    Attributes:
        source: (batch, source pieces).
        target: (batch, target pieces + 1), from the start symbol on.
        following: (batch, target pieces + 1), the piece that should follow each piece of
            ``target``.
    """

    source: Tensor
    target: Tensor
    following: Tensor


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How batches are made.

    Attributes:
        most_pieces: Source or target pieces, padding included, that fill a batch.
        seed: Seed of the noise and of the order of batches.
        noise: How sources are spoilt.
        kin_chance: Chance that the network is asked for a word's kin instead of the word.
    """

    most_pieces: int = 1000
    seed: int = 0
    noise: Noise = Noise()  # noqa: RUF009  it is frozen
    kin_chance: float = 0.02


@dataclass(frozen=True, slots=True)
class _Example:
    source: list[int]
    target: list[int]
    following: list[int]

    @property
    def length(self) -> int:
        return max(len(self.source), len(self.following))


def draw_batches(
    pairs: Sequence[Pair], vocabulary: Vocabulary, kin: Kin, options: BatchOptions
) -> Iterator[Batch]:
    """Yield batches without end: every epoch with new noise and in a new order.

    Now and then the network is asked for a word's kin. Without that it is so sure of every word
    that the runners-up of the beam are translations with a word left out; being shorter they end
    first, and a beam of four stops searching once four have ended, the right one or not. With
    it the runners-up are as long as the right translation.
    """
    chance = random.Random(options.seed)
    while True:
        spoilt = (spoil(pair, options.noise, chance) for pair in pairs)
        examples = [_encode(pair, vocabulary, kin, options.kin_chance, chance) for pair in spoilt]
        # Ties in length are broken at random, else the same sentences would always meet.
        examples.sort(key=lambda e: (len(e.target), len(e.source), chance.random()))
        groups = list(_fill(examples, options.most_pieces))
        chance.shuffle(groups)
        for group in groups:
            yield _pad(group, len(vocabulary.pieces))


def _encode(
    pair: Pair, vocabulary: Vocabulary, kin: Kin, kin_chance: float, chance: random.Random
) -> _Example:
    source, target = vocabulary.encode(pair.source), vocabulary.encode(pair.target)
    asked = [
        chance.choice(kin[piece]) if piece in kin and chance.random() < kin_chance else piece
        for piece in target
    ]
    return _Example(source, [START, *target], [*asked, END])


def _fill(examples: Sequence[_Example], most_pieces: int) -> Iterator[Sequence[_Example]]:
    start, longest = 0, 0
    for end, example in enumerate(examples):
        longest = max(longest, example.length)
        if longest * (end + 1 - start) > most_pieces and end > start:
            yield examples[start:end]
            start, longest = end, example.length
    yield examples[start:]


def _pad(examples: Sequence[_Example], padding: int) -> Batch:
    return Batch(
        _rectangle([example.source for example in examples], padding),
        _rectangle([example.target for example in examples], padding),
        _rectangle([example.following for example in examples], padding),
    )


def _rectangle(rows: Sequence[list[int]], padding: int) -> Tensor:
    length = max(map(len, rows))
    return torch.tensor([row + [padding] * (length - len(row)) for row in rows])

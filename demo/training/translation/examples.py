"""Choose what a translation model learns from, and what it must never have seen."""

import itertools
import math
import random
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from demo.training import grammar

SCRIPT = Path(__file__).parents[2] / "episode" / "script.toml"
LANGUAGES = ("ko", "zh", "ja")  # in the order of the grammar's columns, after English

_TRAINING_SEED = 11
_HELD_OUT_SEED = 97
_PER_HELD_OUT = 20
_MOST_REPEATS = 100  # else a greeting would be learnt from a single example
_OFTEN = 400  # times that each English word should be seen
_MOST_COPIES = 5
_ANSWER_COPIES = 3
_PHRASE_REPEATS = 80
_STOPS = (".", "。")


@dataclass(frozen=True, slots=True)
class Pair:
    """An English sentence and its translation into one language."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Noise:
    """How often the source is spoilt the way a speech recogniser spoils it.

    Attributes:
        drop_stop: Chance that source and target both lose their final full stop.
        lower_case: Chance that the source starts with a small letter.
    """

    drop_stop: float = 0.05
    lower_case: float = 0.05


def held_out(n: int) -> list[grammar.Sentence]:
    """Draw at most ``n`` sentences of more than two words that the training never shows.

    One in twenty of many distinct sentences is taken, so that of a pattern with few fillings
    ("My name is ...") most remain to learn from.
    """
    drawn = grammar.corpus(_PER_HELD_OUT * n, _HELD_OUT_SEED, _episode_texts())
    return [sentence for sentence in drawn[::_PER_HELD_OUT] if _is_long(sentence.en)]


def training_sentences(n: int, unseen: Iterable[grammar.Sentence]) -> list[grammar.Sentence]:
    """Draw nearly ``n`` sentences: none is held out, none holds a sentence of the episode.

    The episode's short answers stay: they belong to the language.
    """
    secret = [text for text in _episode_texts() if _is_long(text)]
    drawn = grammar.corpus(n, _TRAINING_SEED, secret, repeats=_MOST_REPEATS)
    # Compared by words, so that a fragment does not bring a sentence back less its full stop.
    forbidden = {grammar.bare_words(sentence.en) for sentence in unseen}
    return [sentence for sentence in drawn if grammar.bare_words(sentence.en) not in forbidden]


def forms_of(entry: grammar.Entry, language: str) -> grammar.Forms:
    """Return the forms that a grammar entry has in ``language``."""
    return entry[1 + LANGUAGES.index(language)]


def balance(sentences: Sequence[grammar.Sentence]) -> list[grammar.Sentence]:
    """Repeat the longer sentences that hold a rare word.

    The short answers are left out of the counts: "Sure." teaches nothing about "sure" in a
    sentence. They are repeated too, for they must be known by heart.
    """
    longer = [sentence.en for sentence in sentences if _is_long(sentence.en)]
    seen = Counter(word for text in longer for word in set(grammar.bare_words(text)))
    return [copy for sentence in sentences for copy in [sentence] * _n_copies(sentence.en, seen)]


def phrases() -> list[grammar.Sentence]:
    """Return the grammar's fixed phrases of several words, each many times.

    Some of them occur in a single kind of sentence, and all of those may be forbidden.
    """
    entries = itertools.chain.from_iterable(grammar.categories().values())
    first_forms = {tuple(column[0] for column in entry) for entry in entries}
    fixed = sorted(forms for forms in first_forms if _is_phrase(forms[0]))
    return [grammar.Sentence(*forms) for forms in fixed] * _PHRASE_REPEATS


def pairs_into(language: str, sentences: Iterable[grammar.Sentence]) -> list[Pair]:
    """Pair each sentence with its translation into ``language``."""
    return [Pair(sentence.en, getattr(sentence, language)) for sentence in sentences]


def episode_pairs(language: str, script: Path = SCRIPT) -> list[Pair]:
    """Read the demo episode's title and lines with their reference translations."""
    episode = tomllib.loads(script.read_text(encoding="utf-8"))
    lines = [Pair(line["text"], line[language]) for line in episode["line"]]
    return [Pair(episode["title"]["en"], episode["title"][language]), *lines]


def spoil(pair: Pair, noise: Noise, chance: random.Random) -> Pair:
    """Return the pair as a recogniser might have heard it, usually unchanged."""
    if chance.random() < noise.drop_stop and pair.source.endswith(".") and _has_stop(pair.target):
        pair = Pair(pair.source[:-1], pair.target[:-1])
    if chance.random() < noise.lower_case and not pair.source.startswith(("I ", "I'")):
        pair = replace(pair, source=pair.source[0].lower() + pair.source[1:])
    return pair


def _has_stop(text: str) -> bool:
    return text.endswith(_STOPS)


def _episode_texts() -> list[str]:
    return [pair.source for pair in episode_pairs(LANGUAGES[0])]


def _n_copies(text: str, seen: Counter[str]) -> int:
    if not _is_long(text):
        return _ANSWER_COPIES
    rarest = min(seen[word] for word in grammar.bare_words(text))
    return min(_MOST_COPIES, math.ceil(_OFTEN / rarest))


def _is_phrase(form: str) -> bool:
    return " " in form and not any(mark in form for mark in "<.,?")


def _is_long(text: str) -> bool:
    return len(grammar.bare_words(text)) > grammar.MAX_ANSWER_WORDS

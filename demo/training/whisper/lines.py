"""Choose what the voices say for training: grammar sentences and word salad, rare words first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from demo.training import grammar, tokens, voices
from demo.training.script import episode_texts, is_answer

_HELD_OUT_SEED = 4242
_TRAINING_SEED = 11
_PHRASE_SEED = 12
_PHRASE_DRAWS = 6000
_MOST_REPEATS = 10
_SALAD_WORDS = (2, 8)
# Of so many random words (sentences), the one that was said least often is said next.
_WORD_CANDIDATES = 8
_SENTENCE_CANDIDATES = 3
_FASTEST_STRETCH = 0.85
_SLOWEST_STRETCH = 1.2


@dataclass(frozen=True, slots=True)
class LineCounts:
    """How many lines of each kind are spoken.

    Attributes:
        sentences: Sentences of the grammar, each once.
        answers: Answers of one or two words, each many times.
        salads: Random words, so that no word needs its usual neighbours to be recognised.
        phrases: What the grammar says again and again: "My guest today is Tom."
    """

    sentences: int = 7000
    answers: int = 600
    salads: int = 2000
    phrases: int = 900


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """A text and how it is to be spoken.

    Attributes:
        text: The text, cased and punctuated.
        voice: One of ``voices.VOICES``.
        stretch: Factor on every duration.
    """

    text: str
    voice: str
    stretch: float


def held_out_texts(count: int = 260) -> tuple[str, ...]:
    """Return grammar sentences that the model never learns from, to measure it by."""
    sentences = grammar.corpus(2 * count, _HELD_OUT_SEED, exclude=episode_texts())
    texts = [sentence.en for sentence in sentences if not is_answer(sentence.en)]
    return tuple(texts[:count])


def training_lines(counts: LineCounts) -> tuple[SpokenLine, ...]:
    """Return lines to learn from, among them no held-out and no episode sentence.

    Answers of one or two words are common property: they may also occur in the episode.
    """
    random = Random(_TRAINING_SEED)
    pool = grammar.corpus(counts.sentences * 2, _TRAINING_SEED, exclude=_banned())
    texts = [sentence.en for sentence in pool]
    said = Counter[str]()
    chosen = [
        *_least_said(texts, counts.sentences, said, random),
        *_salads(vocabulary(texts), counts.salads, said, random),
        *_answers(counts.answers),
    ]
    random.shuffle(chosen)
    return tuple(_spoken(text, random) for text in chosen)


def set_phrases(counts: LineCounts) -> tuple[SpokenLine, ...]:
    """Return lines as frequent as the grammar makes them, only those that come up repeatedly."""
    random = Random(_PHRASE_SEED)
    drawn = grammar.corpus(_PHRASE_DRAWS, _PHRASE_SEED, exclude=_banned(), repeats=_MOST_REPEATS)
    said = Counter(sentence.en for sentence in drawn)
    texts = [sentence.en for sentence in drawn if said[sentence.en] > 1]
    return tuple(_spoken(text, random) for text in texts[: counts.phrases])


def vocabulary(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the words of the texts, without the capital that only starts a sentence, sorted."""
    words = {tokens.bare_word(token) for text in texts for token in text.split()}
    return tuple(sorted(word for word in words if _lower_first(word) not in words - {word}))


def _banned() -> set[str]:
    return {text for text in (*held_out_texts(), *episode_texts()) if not is_answer(text)}


def _answers(count: int) -> list[str]:
    answers = [sentence.en for sentence in grammar.short_answers()]
    return [answers[index % len(answers)] for index in range(count)]


def _least_said(
    texts: Sequence[str], count: int, said: Counter[str], random: Random
) -> Iterator[str]:
    remaining = list(texts)
    for _ in range(count):
        places = [random.randrange(len(remaining)) for _ in range(_SENTENCE_CANDIDATES)]
        place = min(places, key=lambda place: _rarest_count(remaining[place], said))
        remaining[place], remaining[-1] = remaining[-1], remaining[place]
        text = remaining.pop()
        said.update(_words(text))
        yield text


def _salads(words: Sequence[str], count: int, said: Counter[str], random: Random) -> Iterator[str]:
    for _ in range(count):
        salad: list[str] = []
        for _ in range(random.randint(*_SALAD_WORDS)):
            candidates = [random.choice(words) for _ in range(_WORD_CANDIDATES)]
            salad.append(min(candidates, key=lambda word: said[word.lower()]))
            said[salad[-1].lower()] += 1
        yield " ".join([salad[0][0].upper() + salad[0][1:], *salad[1:]]) + "."


def _rarest_count(text: str, said: Counter[str]) -> int:
    # The rarest word decides: a sentence is worth speaking for one word.
    return min(said[word] for word in _words(text))


def _words(text: str) -> list[str]:
    return [tokens.bare_word(token).lower() for token in text.split()]


def _lower_first(word: str) -> str:
    return word[0].lower() + word[1:]


def _spoken(text: str, random: Random) -> SpokenLine:
    stretch = random.uniform(_FASTEST_STRETCH, _SLOWEST_STRETCH)
    return SpokenLine(text, random.choice(voices.VOICES), stretch)

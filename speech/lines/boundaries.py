"""Give back to a sentence the words that a late or early speaker boundary cut off. Pure.

Diarizers place a change of speaker some tenths of a second off, and flicker between two voices that
are alike: "The app | costs 3 dollars." comes out as two people. Punctuation and pauses know better.
So the speakers of all words are chosen together, as the cheapest path through them (Viterbi): a
word costs its seconds where it is taken from the speaker whom the diarizer found, and a change
of speaker costs little where a sentence begins, much in the middle of one. What listeners say
meanwhile ("yeah", "right") stays theirs. Where a few words of a sentence stay another speaker's all
the same, without a pause, it is in doubt whose they are.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from podcast.timeline import SpokenWord
from speech.lines.sentences import (
    LONGEST_SENTENCE,
    cut_sentences,
    ends_sentence,
    is_reply,
    plain,
    starts_sentence,
)

IN_A_SENTENCE = 1.0
"""Cost of a change of speaker where a sentence goes on, in seconds of speech: three words or so."""

AT_A_BREAK = 0.1
"""Cost of a change of speaker where a sentence pauses, breaks off, or seems to begin anew."""

AT_A_START = 0.03
"""Cost of a change of speaker before a sentence, and around what a listener says."""

LONGEST_WORD = 0.6
"""Seconds. A longer word counts as one of these: its end is not to be trusted."""

MAX_PAUSE = 0.3
"""Seconds of silence above which a sentence does not go on."""

MAX_PAUSE_AT_CAPITAL = 0.15
"""Seconds of silence before "I" or a name, whose capital says nothing, that end a sentence."""

SNAPPED_CONFIDENCE = 0.5
"""Factor on the confidence of a word that leaves the speaker whom the diarizer found."""

LONGEST_REST = 3
"""Words of a sentence that may be on the wrong side of a change of speaker."""

BREAKS_OFF = ("-", "—", "–", "…", "...")
"""Ends of a word after which, by the recogniser, nobody goes on with the sentence."""

Run = list[SpokenWord]


def snap_boundaries(words: Sequence[SpokenWord]) -> tuple[SpokenWord, ...]:
    """Return the words, those at wrongly placed boundaries with the speaker of their sentence.

    Args:
        words: With their speakers, in any order.

    Returns:
        The same words in time order.
    """
    ordered = sorted(words, key=lambda w: w.word.start)
    speakers = _cheapest_path(ordered, list(_costs_of_changes(ordered)))
    snapped = [
        word if word.speaker == speaker else _given_to(speaker, word)
        for word, speaker in zip(ordered, speakers, strict=True)
    ]
    return tuple(word for sentence in cut_sentences(snapped) for word in _doubted(sentence))


def _cheapest_path(words: Sequence[SpokenWord], changes: Sequence[float]) -> list[str]:
    """Choose the speaker of every word.

    Args:
        words: In time order.
        changes: What a change of speaker costs before each of them.
    """
    speakers = sorted({word.speaker for word in words})
    totals = dict.fromkeys(speakers, 0.0)
    origins: list[dict[str, str]] = []
    for word, change in zip(words, changes, strict=True):
        cheapest = min(speakers, key=totals.__getitem__)
        changed = totals[cheapest] + change
        origins.append({s: cheapest if changed < totals[s] else s for s in speakers})
        totals = {
            s: min(changed, totals[s]) + (0.0 if s == word.speaker else _weight(word))
            for s in speakers
        }
    path = [min(speakers, key=totals.__getitem__)] if words else []
    for origin in reversed(origins[1:]):
        path.append(origin[path[-1]])
    return path[::-1]


def _weight(word: SpokenWord) -> float:
    return min(LONGEST_WORD, word.word.end - word.word.start) * word.confidence


def _costs_of_changes(words: Sequence[SpokenWord]) -> Iterator[float]:
    """Yield for every word what a change of speaker before it costs."""
    names, previous = _names(words), ""
    for sentence in cut_sentences(words):
        yield AT_A_START
        if len(sentence) > LONGEST_SENTENCE:  # where the punctuation is missing, it proves nothing
            yield from [0.0] * (len(sentence) - 1)
        else:
            listens = list(_by_listeners(sentence, previous))
            for n, (before, after) in enumerate(pairwise(sentence)):
                if listens[n] is not listens[n + 1]:
                    yield AT_A_START
                else:
                    yield IN_A_SENTENCE if _goes_on(before, after, names) else AT_A_BREAK
        previous = sentence[-1].speaker


def _by_listeners(sentence: Run, previous: str) -> Iterator[bool]:
    """Yield for every word whether a listener says it: a reply, and then the speaker goes on."""
    runs = [list(run) for _, run in groupby(sentence, key=lambda word: word.speaker)]
    for n, run in enumerate(runs):
        before = runs[n - 1][-1].word.text if n else ""
        speaker = runs[n - 1][-1].speaker if n else previous
        goes_on = n + 1 == len(runs) > 1 or (
            n + 1 < len(runs) and runs[n + 1][0].speaker == speaker
        )
        is_listener = goes_on and is_reply((word.word.text for word in run), before)
        yield from [is_listener] * len(run)


def _names(words: Iterable[SpokenWord]) -> frozenset[str]:
    """Find the words that somebody says with a capital in mid-sentence, and nobody without one."""
    inner = {
        plain(after.word.text)
        for before, after in pairwise(words)
        if before.speaker == after.speaker and not ends_sentence(before.word.text)
    }
    return frozenset(word for word in inner if word[:1].isupper() and word.lower() not in inner)


def _goes_on(before: SpokenWord, after: SpokenWord, names: frozenset[str]) -> bool:
    """Say whether a sentence runs on from one word to the next: no pause, no new start."""
    last, text = before.word, plain(after.word.text)
    pause = after.word.start - last.end
    if last.text.endswith(BREAKS_OFF):
        return False
    if not text[:1].isupper() or last.text.endswith("."):
        return pause <= MAX_PAUSE  # "Dr." would have ended the sentence if it could.
    is_called = last.text.endswith(",") and ends_sentence(after.word.text)  # "And you, Mark?"
    return pause <= MAX_PAUSE_AT_CAPITAL and (
        _may_stand_inside(text, names) or (is_called and not is_reply([after.word.text]))
    )


def _may_stand_inside(text: str, names: frozenset[str]) -> bool:
    """Tell "I", "Gemma" and "GPU", with their capital in mid-sentence, from "Wait" and "Are"."""
    is_plain_word = text.isalpha() and text.istitle() and text != "I"
    return not starts_sentence(text) and (text in names or not is_plain_word)


def _doubted(sentence: Run) -> Iterator[SpokenWord]:
    """Yield the words of a sentence, doubtful where a few are another speaker's without a break."""
    runs = [list(run) for _, run in groupby(sentence, key=lambda word: word.speaker)]
    joints = [_is_joined(before[-1], after[0]) for before, after in pairwise(runs)]
    for run, *joined in zip(runs, [False, *joints], [*joints, False], strict=True):
        is_rest = len(run) <= LONGEST_REST and any(joined)
        is_doubted = is_rest and not is_reply(word.word.text for word in run)
        most = SNAPPED_CONFIDENCE if is_doubted and len(sentence) <= LONGEST_SENTENCE else 1.0
        yield from (replace(word, confidence=min(word.confidence, most)) for word in run)


def _is_joined(before: SpokenWord, after: SpokenWord) -> bool:
    """Say whether two words may be of one speaker's sentence."""
    pause = after.word.start - before.word.end
    return pause <= MAX_PAUSE and not (
        before.word.text.endswith(BREAKS_OFF) or starts_sentence(after.word.text)
    )


def _given_to(speaker: str, word: SpokenWord) -> SpokenWord:
    return replace(word, speaker=speaker, confidence=word.confidence * SNAPPED_CONFIDENCE)

"""Tell where a spoken sentence ends, word by word. Pure.

Libraries such as pysbd and syntok cut a text, not timed words: they know neither pauses nor
speakers, and their pieces would have to be found again among the words. So the rules are here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from podcast.timeline import SpokenWord, Word
from speech.lines.clause_words import (
    AFTER_HOURS,
    AFTER_LISTS,
    BEFORE_FIGURES,
    HOURS,
    IN_NAMES,
    INTERJECTIONS,
    LOOSE_ENDS,
    NEVER_LAST,
    REPLIES,
    STARTERS,
    TITLES,
)

LONGEST_PAUSE = 2.0
"""Seconds of silence that end a sentence, whatever its punctuation says."""

TELLING_PAUSE = 0.3
"""Seconds of silence that decide where letters cannot: "at 6 a.m. | I think" and "No. | 5"."""

LONGEST_SENTENCE = 60
"""Words. More than that without an end mark is a recogniser that has forgotten punctuation:
spoken English has 10 to 20 words in a sentence, and even a rambling one seldom passes 50."""

OPENING = "\"'“‘([{«"
CLOSING = "\"'”’)]}»"
MARKS = ".?!…"
AROUND = OPENING + CLOSING + MARKS + ",:;—–-"
LETTERS_WITH_DOTS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]|Ph\.D", re.ASCII)
INITIAL = re.compile(r"[A-Z]\.", re.ASCII)


def ends_sentence(text: str, following: str = "", pause: float = 0.0) -> bool:
    """Say whether a word closes its sentence: "7." does, "2.5" and "Dr." do not.

    Args:
        text: The word with its punctuation.
        following: The word after it; empty where nobody goes on.
        pause: Seconds of silence between the two.
    """
    bare = text.rstrip(CLOSING)
    stem = bare.rstrip(MARKS).lstrip(OPENING)
    marks = bare[len(bare.rstrip(MARKS)) :]
    if not marks or (marks == "." and (stem.lower() in NEVER_LAST or stem in TITLES)):
        return False
    if not following:
        return True
    may_go_on = bare != text or marks == "…" or ".." in marks
    if may_go_on and following.lstrip(OPENING)[:1].islower():
        return False  # "What?" she said. Wait… what?
    return _closes(stem, following, pause) if marks == "." or stem == "Yahoo" else True


def starts_sentence(text: str) -> bool:
    """Say whether a word, by its capital, can only be the first of a sentence."""
    word = text.lstrip(OPENING)
    if INITIAL.fullmatch(word):
        return False
    low = plain(word).lower()
    return word[:1].isupper() and not STARTERS.isdisjoint((low, low.split("'")[0]))


def is_reply(texts: Iterable[str], before: str = "") -> bool:
    """Tell a listener's "yeah" or "right," from words of the sentence: "right?", "that's right".

    Args:
        texts: The words in question.
        before: The word before them, in mid-sentence.
    """
    words = list(texts)
    if words[-1].endswith("?"):
        return False  # Who asks for assent has said the rest as well.
    leans = before.lower().replace("’", "'") in LOOSE_ENDS
    replies = INTERJECTIONS if leans else INTERJECTIONS | REPLIES
    return all(plain(word).lower() in replies for word in words)


def plain(text: str) -> str:
    """Return a word without the marks around it, its apostrophe straight."""
    return text.strip(AROUND).replace("’", "'")


def cut_sentences(words: Sequence[SpokenWord]) -> Iterator[list[SpokenWord]]:
    """Cut words in time order at sentence ends and long pauses, whoever speaks."""
    for first, stop in sentence_ends([spoken.word for spoken in words]):
        yield list(words[first:stop])


def sentence_ends(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the first word of each sentence and the one behind it."""
    first = 0
    for n, (word, after) in enumerate(pairwise(words), 1):
        pause = after.start - word.end
        if pause > LONGEST_PAUSE or ends_sentence(word.text, after.text, pause):
            yield first, n
            first = n
    if words:
        yield first, len(words)


def _closes(stem: str, following: str, pause: float) -> bool:
    """Decide a full stop by what goes before it and what comes after it."""
    is_figure = following.lstrip(OPENING + "#$€£")[:1].isdigit()
    if stem.lower() in BEFORE_FIGURES and is_figure:
        return pause > TELLING_PAUSE
    if stem == "I":
        return not INITIAL.match(following)
    if stem in AFTER_LISTS:
        return _has_capital(following)
    if stem.lower() in HOURS:
        return _has_capital(following) and _is_new_after_hours(following, pause)
    if stem in IN_NAMES or LETTERS_WITH_DOTS.fullmatch(stem) or _is_letter(stem):
        return starts_sentence(following) or (_has_capital(following) and pause > TELLING_PAUSE)
    return True


def _is_new_after_hours(following: str, pause: float) -> bool:
    """Tell "6:30 a.m. Very rough" from "6:30 a.m. Pacific", "7 p.m. ET" and "at 6 a.m. I woke"."""
    word = following.lstrip(OPENING).rstrip(",.?!" + CLOSING)
    is_zone = word in AFTER_HOURS or (word.isupper() and len(word) > 1)
    return not is_zone and (pause > TELLING_PAUSE or not _is_i(word))


def _is_i(word: str) -> bool:
    return re.split(r"[’']", word)[0] == "I"


def _is_letter(stem: str) -> bool:
    return len(stem) == 1 and stem.isalpha() and stem.isupper()


def _has_capital(text: str) -> bool:
    return text.lstrip(OPENING)[:1].isupper()

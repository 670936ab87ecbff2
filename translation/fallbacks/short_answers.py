"""Know the interjections and short answers of a conversation by heart. Pure after the first look.

"Yeah." is half of what people say to each other, and one word is what translation models get wrong.
The table has them as a native speaker says them; the punctuation follows the English line.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from podcast.language import Language

MAX_PARTS = 8
"""More answers in a row than this are a loop of the recogniser."""

LEADS = frozenset({"ah", "hey", "hmm", "oh", "ok", "okay", "uh", "um", "wow", "yeah", "yep", "yes"})
"""What stands before another answer without a comma: "oh okay". Not "so": "so good" is no "so"."""

ENDS = (".", "?", "!", "。", "？", "！")
"""An answer that ends so keeps its own punctuation: "I know, right?" asks nothing."""

_PART = re.compile(r"([^.,!?;:…—–]+)([.,!?;:…—–\s]*)")

Answers = dict[str, dict[str, str]]


def short_answer(text: str, target: Language) -> str | None:
    """Return a line in another language if it consists of known answers only; else None.

    Args:
        text: The line, in English: "Yeah.", "No, no, no.", "Oh okay", "Really?".
        target: The language wanted.
    """
    parts = tuple(_parts(text))
    whole = _whole(text, target)
    if whole or not 1 < len(parts) <= MAX_PARTS:
        return whole
    found = [_rendered(words, mark, target) for words, mark in parts]
    gap = target.profile.punctuation.gap
    return gap.join(part for part in found if part) if all(found) else None


def _whole(text: str, target: Language) -> str | None:
    """Look for the line as one entry: "I know, right?" is one for all its comma."""
    parts = tuple(_parts(text))
    if not parts or any(mark != "," for _, mark in parts[:-1]):
        return None
    return _rendered(" ".join(words for words, _ in parts), parts[-1][1], target)


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield words in small letters and the punctuation after them."""
    text = text.rstrip(" -").lstrip(" -.,…—–").replace("’", "'").replace("-", " ").lower()
    for words, mark in _PART.findall(re.sub(r"\.{2,}", "…", text)):
        yield " ".join(words.split()), "".join(mark.split())


def _rendered(words: str, mark: str, target: Language) -> str | None:
    """Return one part with its punctuation; a comma between words that stood without one."""
    found = _combined(words, mark, target)
    if not 0 < len(found) <= MAX_PARTS:
        return None
    style = target.profile.punctuation
    answer = (style.written(",") + style.gap).join(found)
    return answer if answer.endswith(ENDS) else answer + style.written(mark)


def _combined(words: str, mark: str, target: Language) -> tuple[str, ...]:
    """Return what words mean as an entry, as its repetition or with a lead before it."""
    entry = _entry(words, mark, target)
    if entry:
        return (entry,)
    split = words.split()
    repeated = _repeated(split, target)
    if repeated or len(split) == 1 or split[0] not in LEADS:
        return repeated
    rest = _combined(" ".join(split[1:]), mark, target)
    lead = _entry(split[0], "", target)
    return (lead, *rest) if lead and rest else ()


def _repeated(words: Sequence[str], target: Language) -> tuple[str, ...]:
    entry = _entry(words[0], "", target) if len(set(words)) == 1 else None
    return (entry,) * len(words) if entry else ()


def _entry(words: str, mark: str, target: Language) -> str | None:
    answers = _answers()
    asked = answers.get(words + "?") if "?" in mark else None
    entry = asked or answers.get(words)
    return entry.get(target.value) if entry else None


@cache
def _answers() -> Answers:
    """Read the table: an entry for every spelling."""
    text = files("translation.fallbacks").joinpath("short_answers.toml").read_text(encoding="utf-8")
    return {
        spelling: entry
        for section in tomllib.loads(text).values()
        for spellings, entry in section.items()
        for spelling in spellings.split("|")
    }

"""Find the clock times that transcripts write beside what is said: 0:03, [00:00:03.120], 2m 3s.

All repeats are bounded, so that hostile text takes linear time.
"""

import re

_CLOCK = (
    r"(?:(?:\d{1,2}:\d{1,2}:\d{1,2}(?:[:;]\d{2})?|\d{1,3}:\d{2})(?:[.,]\d{1,6})?(?!\d|:\d)"
    r"(?:\s?[aApP]\.?[mM]\b\.?)?|(?:\d{1,2}h\s?)?\d{1,3}m(?:in)?\s?\d{1,2}s\b)"
)
_SPAN = rf"{_CLOCK}(?:\s{{0,3}}(?:-->|->|→|[-–—~,]|to)\s{{0,3}}{_CLOCK})?"
_BRACKETS = ((r"\[", r"\]"), (r"\(", r"\)"), (r"\{", r"\}"), ("<", ">"))
_BRACKETED = "|".join(rf"{a}\s{{0,3}}{_SPAN}\s{{0,3}}{b}" for a, b in _BRACKETS)

STAMP = rf"(?:{_BRACKETED}|(?<![\w:.,]){_SPAN})"
"""Pattern of a time, or of a stretch of time, with or without brackets."""

GAP = r"[\s|·•@,;:~–—-]"
"""Pattern of one sign that stands between a time, a name and a text."""

LEADING = re.compile(rf"\s{{0,9}}(?P<stamp>{STAMP}){GAP}{{0,9}}")
_TRAILING = re.compile(rf"(?<=[.?!…\"”’)\]])\s{{1,9}}(?P<stamp>{STAMP})$")
_INSIDE = re.compile(_BRACKETED)
_FIRST = re.compile(rf"(?<![\w:.,]){_CLOCK}")


def is_exact(stamp: str) -> bool:
    """Whether nobody says a time so: it has seconds, or lies before one o'clock."""
    found = _FIRST.search(stamp)
    time = found[0] if found else ""
    return time.startswith("0") or time.count(":") != 1 or re.search(r"[.,]\d", time) is not None


def without_stamps(text: str) -> str:
    """Take out the times that are in no sentence: those in brackets, and one behind its end."""
    spoken = _INSIDE.sub(lambda found: " " if is_exact(found[0]) else found[0], text).rstrip()
    last = _TRAILING.search(spoken)
    return spoken[: last.start()] if last and is_exact(last["stamp"]) else spoken


def exact_times(text: str) -> list[str]:
    """Return the times in a text that nobody says so."""
    return [found for found in _FIRST.findall(text) if is_exact(found)]

"""Where a text may be broken into rows, and how good each place is, in each language.

Japanese and Chinese break between the phrases that BudouX finds, Korean and English at spaces.
Nothing breaks within a number, a Latin word, or between a number and its unit, and the rules of
Japanese and Chinese typesetting hold for what may begin and end a row.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain, pairwise
from typing import Any

from outputs.captions.cue_limits import width_of_character
from podcast.language import Language
from podcast.languages.line_breaks import NEVER, PLAIN, POOR, LineBreaks

NOT_FIRST = frozenset(
    "。、，．,.!?！？：；:;）)」』】〕〉》”’］]｝}…‥⋯ー々ゝゞヽヾっゃゅょぁぃぅぇぉゎッャュョァィゥェォヮ％%〜～・·"
)
"""What may not begin a row."""

NOT_LAST = frozenset("（(「『【〔〈《“‘［[｛{$￥¥€£#")
"""What may not end a row."""

FORCED = 5.0
"""The penalty of a break where there should be none, in a piece wider than a row."""

_SENTENCE, _CLAUSE = 0.0, 0.1
"""The penalties after punctuation; the others are rules of the language."""

_LAST = 4
"""Letters before a place that are looked at where words are not spaced."""

_SPACE = re.compile(r"[ \t\r\n\u3000]+")
_TOKEN = re.compile(r"[^ \t\r\n\u3000]+")
_LATIN = r"A-Za-z\u00c0-\u024f"
_KEPT = re.compile(
    # A number and its unit;
    r"[0-9][0-9.,]*[ ]?[兆億亿万萬千百만억조천백]*[ ]?"
    r"(?:ヶ月|か月|个月|小时|分钟|公里|时间|時間|分間|年間|週間|ドル|美元|パーセント|퍼센트|달러|시간|개월"
    r"|[年月日号點点時时分秒兆億亿万萬千百個个人名つ台円元块次天岁歳歲種种条倍位家回件本枚冊度％]"
    r"|[만억조년월일시분초개명번원살대배%]"
    r"|(?:[KMGT]i?B|[kMG]?Hz|k?g|k?m|cm|mm|ms|billion|million|thousand|percent|dollars"
    rf"|(?:year|month|week|day|hour|minute|second)s?)(?![{_LATIN}]))"
    # or a Latin word or a number, with the signs in it.
    rf"|[{_LATIN}0-9]+(?:['’.,:/_@&+\-][{_LATIN}0-9]+)*%?"
)
_JOINED = re.compile(r"[\u0300-\u036f\u200c\u200d\ufe00-\ufe0f\u20d0-\u20ff\U0001f3fb-\U0001f3ff]")


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A stretch of text that stays on one row.

    Attributes:
        start: Index of its first character.
        end: Index after its last character, without the spaces that follow.
        penalty: Of a break after it; 0 is the best place.
    """

    start: int
    end: int
    penalty: float


def pieces_of(text: str, language: Language, limit: float) -> tuple[TextPiece, ...]:
    """Cut a text into the pieces between which it may break, none wider than a row.

    A piece that is wider is cut by force: at a space, else where the rules of typesetting and
    whole words allow it, else anywhere between two characters.

    Args:
        text: Without spaces around it.
        language: What it is written in.
        limit: Width of a row.
    """
    places = _places(text, language)
    bounds = [0, *sorted(places), len(text)] if text else []
    widths = offsets_of(text, language)
    pieces: list[TextPiece] = []
    for start, following in pairwise(bounds):
        end = start + len(text[start:following].rstrip())
        if widths[end] - widths[start] > limit:
            pieces.extend(_forced(text, start, end, widths, limit))
            start = pieces.pop().start  # noqa: PLW2901  the last one ends as the whole one did
        pieces.append(TextPiece(start, end, places.get(following, 0.0)))
    return tuple(pieces)


def offsets_of(text: str, language: Language) -> tuple[float, ...]:
    """Return how wide the text is before every character, and as a whole at last."""
    return tuple(accumulate((width_of_character(c, language) for c in text), initial=0.0))


def _places(text: str, language: Language) -> dict[int, float]:
    """Return where a row may begin, as indexes of its first character, and the penalties."""
    breaks = language.profile.line_breaks
    found = _between_phrases(text, breaks) if breaks.phrases else _between_words(text, breaks)
    kept = _inside_kept(text)
    return {
        at: penalty
        for at, penalty in found
        if penalty < NEVER and at not in kept and _is_allowed(text, at)
    }


def _is_allowed(text: str, at: int) -> bool:
    return text[at] not in NOT_FIRST and text[max(0, at - 2) : at].rstrip()[-1:] not in NOT_LAST


def _inside_kept(text: str) -> frozenset[int]:
    return frozenset(
        at for kept in _KEPT.finditer(text) for at in range(kept.start() + 1, kept.end())
    )


def _between_words(text: str, breaks: LineBreaks) -> Iterator[tuple[int, float]]:
    for before, after in pairwise(_TOKEN.finditer(text)):
        if any(map(str.isalnum, after.group())):
            yield after.start(), _penalty(before.group(), text, after.start(), breaks)


def _penalty(before: str, text: str, at: int, breaks: LineBreaks) -> float:
    """Return the penalty of a break, given the word before it or the end of that word."""
    fitting = (r for r in breaks.rules if r.before.search(before) and r.after.match(text, at))
    found = next((rule.penalty for rule in fitting), PLAIN)
    punctuation = _punctuation_penalty(before)
    return found if found == NEVER or punctuation is None else punctuation


def _punctuation_penalty(before: str) -> float | None:
    last = before.rstrip("\"'”’)」』）")[-1:] or before[-1:]
    if last in ".?!。！？…⋯":
        return _SENTENCE
    return _CLAUSE if last in ",;:、，；：—–-" else None


def _between_phrases(text: str, breaks: LineBreaks) -> Iterator[tuple[int, float]]:
    at = 0
    for phrase in _parser(breaks.phrases).parse(text)[:-1]:
        at += len(phrase)
        space = _SPACE.match(text, at)
        begin = space.end() if space else at
        if 0 < begin < len(text):
            said = text[max(0, begin - _LAST) : begin].rstrip()
            yield begin, _penalty(said, text, begin, breaks)
    # BudouX keeps a phrase in another script together, which can be longer than a row.
    for before, after in pairwise(_TOKEN.finditer(text)):
        if before.group()[-1].isascii() and after.group()[0].isascii():
            punctuation = _punctuation_penalty(before.group())
            yield after.start(), POOR if punctuation is None else punctuation


@cache
def _parser(language: str) -> Any:
    import budoux

    return getattr(budoux, f"load_default_{language}_parser")()


def _forced(
    text: str, start: int, end: int, widths: tuple[float, ...], limit: float
) -> Iterator[TextPiece]:
    """Cut what is wider than a row, each piece as long as it can be."""
    kept = {start + at for at in _inside_kept(text[start:end])}
    while widths[end] - widths[start] > limit:
        last = bisect_right(widths, widths[start] + limit, start, end + 1) - 1
        fitting = range(max(last, start + 1), start, -1)
        spaces = (at for at in fitting if text[at].isspace() or text[at - 1].isspace())
        whole = [at for at in fitting if not _is_joined(text, at)]
        polite = (at for at in whole if at not in kept and _is_allowed(text, at))
        cut = next(chain(spaces, polite, whole, fitting))
        yield TextPiece(start, start + len(text[start:cut].rstrip()), FORCED)
        start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
    yield TextPiece(start, end, FORCED)


def _is_joined(text: str, at: int) -> bool:
    """Tell whether two characters make one sign, as in an emoji of several."""
    return bool(_JOINED.match(text, at)) or text[at - 1] == "\u200d"

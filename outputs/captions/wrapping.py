"""Where a text may be broken into rows, and how good each place is, in each language.

Japanese and Chinese break between the phrases that BudouX finds, Korean and English at spaces.
Nothing breaks within a number, a Latin word, or between a number and its unit, and the rules of
Japanese and Chinese typesetting hold for what may begin and end a row.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain, pairwise
from typing import Any

from outputs.captions.cue_limits import width_of_character
from podcast.language import Language

NOT_FIRST = frozenset(
    "。、，．,.!?！？：；:;）)」』】〕〉》”’］]｝}…‥⋯ー々ゝゞヽヾっゃゅょぁぃぅぇぉゎッャュョァィゥェォヮ％%〜～・·"
)
"""What may not begin a row."""

NOT_LAST = frozenset("（(「『【〔〈《“‘［[｛{$￥¥€£#")
"""What may not end a row."""

FORCED = 5.0
"""The penalty of a break where there should be none, in a piece wider than a row."""

_SENTENCE, _CLAUSE, _PHRASE, _PLAIN, _TIED, _POOR = 0.0, 0.1, 0.35, 0.8, 1.4, 2.0
"""What comes to an end at a place; tied is what describes the next word or is its object."""

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


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_ARTICLES = _words(
    "a an the my your his its our their this these those every each some any no "
    "mr. mrs. ms. dr. prof. st."
)
_CONJUNCTIONS = _words(
    "and but or nor so because that which who whom whose when where while if unless until since "
    "although though whether than as"
)
_PREPOSITIONS = _words(
    "of in on at to for from with without by about into onto over under through between against "
    "during before after above below across behind toward towards within"
)
_LEANING = _words(
    "i you he she it we they is are was were be will can could would not very billion million"
)
_KOREAN_MODIFIERS = _words(
    "이 그 저 한 두 세 네 몇 안 못 더 이런 그런 저런 어떤 모든 각 새 첫 여러 다음 지난 이번"
)
_KOREAN_BOUND = re.compile(
    r"(?:것|거|수|때|줄|적|등|뿐|데|만큼|대로)(?![가-힣]{2})"
    r"|(?:대[해한]|관[해한]|위[해한]|통[해한]|따라|비해|있|없|않|싶|주세)"
)
_KOREAN_CLAUSE = re.compile(r"(?:고|며|면|서|는데|은데|지만|니까|려고|도록)$")
_HANGUL, _FINALS = 0xAC00, 28
_ADNOMINAL_FINALS = frozenset({4, 8})
"""Of Hangul syllables: n and l, with which verbs and adjectives describe the next word."""
_KOREAN_TIED = re.compile(r"(?:의|있는|없는|하는|되는|않는|같은|작은|좋은|많은|높은|낮은|새로운)$")
_KOREAN_OBJECT = re.compile(r"[을를]$")
_CHINESE_BOUND = re.compile(r"[的地得了着过吗呢吧啊们]|(?<=[一两几每这那])\w")
_JAPANESE_BOUND = re.compile(
    r"(?:つい[てた]|よ[りっ]て|とって|対[しす]|関[しす]|おい[てた]|い[るたまな]|ください|くださ|くれ|ほし|もら"
    r"|こと|もの|ため|とき|よう|ので|しま|おき|みた|です|ます|ない)"
)
_CHINESE_TIED = frozenset("的最很更太不没都也再把被和与在")
_JAPANESE_TIED = frozenset("のなを")
_JAPANESE_PLAIN_FORMS = frozenset("いたるうくすつぬむぶぐ")
"""Last letters of adjectives and verbs, which describe the noun that follows."""
_JAPANESE_TOPICS = frozenset("はも")
_NOUN_START = re.compile(r"[A-Za-z0-9\u3005\u30a1-\u30fa\u4e00-\u9fff]")
_JOINED = re.compile(r"[\u0300-\u036f\u200c\u200d\ufe00-\ufe0f\u20d0-\u20ff\U0001f3fb-\U0001f3ff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stays on one row.

    Attributes:
        start: Index of its first character.
        end: Index after its last character, without the spaces that follow.
        penalty: Of a break after it; 0 is the best place.
    """

    start: int
    end: int
    penalty: float


def pieces_of(text: str, language: Language, limit: float) -> tuple[Piece, ...]:
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
    pieces: list[Piece] = []
    for start, following in pairwise(bounds):
        end = start + len(text[start:following].rstrip())
        if widths[end] - widths[start] > limit:
            pieces.extend(_forced(text, start, end, widths, limit))
            start = pieces.pop().start  # noqa: PLW2901  the last one ends as the whole one did
        pieces.append(Piece(start, end, places.get(following, 0.0)))
    return tuple(pieces)


def offsets_of(text: str, language: Language) -> tuple[float, ...]:
    """Return how wide the text is before every character, and as a whole at last."""
    return tuple(accumulate((width_of_character(c, language) for c in text), initial=0.0))


def _places(text: str, language: Language) -> dict[int, float]:
    """Return where a row may begin, as indexes of its first character, and the penalties."""
    match language:
        case Language.EN:
            found = _between_words(text, _english_penalty)
        case Language.KO:
            found = _between_words(text, _korean_penalty)
        case _:
            found = _between_phrases(text, language)
    kept = _inside_kept(text)
    return {at: penalty for at, penalty in found if at not in kept and _is_allowed(text, at)}


def _is_allowed(text: str, at: int) -> bool:
    return text[at] not in NOT_FIRST and text[max(0, at - 2) : at].rstrip()[-1:] not in NOT_LAST


def _inside_kept(text: str) -> frozenset[int]:
    return frozenset(
        at for kept in _KEPT.finditer(text) for at in range(kept.start() + 1, kept.end())
    )


def _between_words(
    text: str, penalty_of: Callable[[str, str], float | None]
) -> Iterator[tuple[int, float]]:
    for before, after in pairwise(_TOKEN.finditer(text)):
        penalty = penalty_of(before.group(), after.group())
        if penalty is not None:
            yield after.start(), penalty


def _english_penalty(before: str, after: str) -> float | None:
    first, second = before.lower().lstrip("\"'“‘("), after.lower().rstrip(".,?!")
    if first in _ARTICLES or not any(map(str.isalnum, after)):
        return None
    if (punctuation := _punctuation_penalty(before)) is not None:
        return punctuation
    if first in _PREPOSITIONS | _CONJUNCTIONS | _LEANING or before[-1].isdigit():
        return _POOR
    return _PHRASE if second in _CONJUNCTIONS | _PREPOSITIONS else _PLAIN


def _korean_penalty(before: str, after: str) -> float | None:
    if not any(map(str.isalnum, after)):
        return None
    if (punctuation := _punctuation_penalty(before)) is not None:
        return punctuation
    if before in _KOREAN_MODIFIERS or _KOREAN_BOUND.match(after):
        return _POOR
    if before.isascii() and after[0].isascii():
        return _POOR
    if _KOREAN_CLAUSE.search(before):
        return _PHRASE
    return _TIED if _is_tied_korean(before, after) else _PLAIN


def _is_tied_korean(before: str, after: str) -> bool:
    """Tell whether a word describes the next one, or is the object of a verb that ends here."""
    if _KOREAN_TIED.search(before):
        return True
    if _KOREAN_OBJECT.search(before):
        return _punctuation_penalty(after) is not None or bool(_KOREAN_CLAUSE.search(after))
    final = (ord(before[-1]) - _HANGUL) % _FINALS if "가" <= before[-1] <= "힣" else 0
    return final in _ADNOMINAL_FINALS and before[-1] not in "은는"


def _punctuation_penalty(before: str) -> float | None:
    last = before.rstrip("\"'”’)」』）")[-1:] or before[-1:]
    if last in ".?!。！？…⋯":
        return _SENTENCE
    return _CLAUSE if last in ",;:、，；：—–-" else None


def _between_phrases(text: str, language: Language) -> Iterator[tuple[int, float]]:
    chinese = language is Language.ZH
    at = 0
    for phrase in _parser(language).parse(text)[:-1]:
        at += len(phrase)
        space = _SPACE.match(text, at)
        begin = space.end() if space else at
        if 0 < begin < len(text) and not (chinese and _CHINESE_BOUND.match(text, begin)):
            said = text[max(0, begin - 4) : begin].rstrip()
            punctuation = _punctuation_penalty(said)
            inside = _chinese_penalty(said) if chinese else _japanese_penalty(said, text[begin:])
            yield begin, inside if punctuation is None else punctuation
    # BudouX keeps a phrase in another script together, which can be longer than a row.
    for before, after in pairwise(_TOKEN.finditer(text)):
        if before.group()[-1].isascii() and after.group()[0].isascii():
            punctuation = _punctuation_penalty(before.group())
            yield after.start(), _POOR if punctuation is None else punctuation


def _chinese_penalty(before: str) -> float:
    return _TIED if before[-1:] in _CHINESE_TIED else _PLAIN


def _japanese_penalty(before: str, after: str) -> float:
    last = before[-1:]
    if _JAPANESE_BOUND.match(after):
        return _POOR
    describes = last in _JAPANESE_PLAIN_FORMS and _NOUN_START.match(after)
    if last in _JAPANESE_TIED or describes:
        return _TIED
    return _PHRASE if last in _JAPANESE_TOPICS else _PLAIN


@cache
def _parser(language: Language) -> Any:
    import budoux

    if language is Language.ZH:
        return budoux.load_default_simplified_chinese_parser()
    return budoux.load_default_japanese_parser()


def _forced(
    text: str, start: int, end: int, widths: tuple[float, ...], limit: float
) -> Iterator[Piece]:
    """Cut what is wider than a row, each piece as long as it can be."""
    kept = {start + at for at in _inside_kept(text[start:end])}
    while widths[end] - widths[start] > limit:
        last = bisect_right(widths, widths[start] + limit, start, end + 1) - 1
        fitting = range(max(last, start + 1), start, -1)
        spaces = (at for at in fitting if text[at].isspace() or text[at - 1].isspace())
        whole = [at for at in fitting if not _is_joined(text, at)]
        polite = (at for at in whole if at not in kept and _is_allowed(text, at))
        cut = next(chain(spaces, polite, whole, fitting))
        yield Piece(start, start + len(text[start:cut].rstrip()), FORCED)
        start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
    yield Piece(start, end, FORCED)


def _is_joined(text: str, at: int) -> bool:
    """Tell whether two characters make one sign, as in an emoji of several."""
    return bool(_JOINED.match(text, at)) or text[at - 1] == "\u200d"

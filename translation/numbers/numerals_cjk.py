"""Read numerals of Chinese, Japanese and Korean texts: digits, characters, words, and mixtures."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise

from podcast.language import Language
from podcast.languages.profile import Numbers, Numerals
from translation.numbers.amounts import Reading

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"

HAN_DIGITS = "〇一二三四五六七八九"
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}

_SAME_LENGTH = str.maketrans("零两兩俩仨萬億壱弐壹贰叁", "〇二二二三万亿一二一二三")
_SINO_KOREAN = str.maketrans(
    "영공일이삼사오육륙칠팔구십백천만억조", "〇〇一二三四五六六七八九十百千万亿兆"
)
_CHOICES = frozenset(["三五", *(a + b for a, b in pairwise(HAN_DIGITS[1:]))])
_TOKEN = re.compile(r"[\d,]+(?:\.\d+)?|[〇一二三四五六七八九十百千万亿兆]")


def _mixed(multiplier: str, spaced: str, digit: str) -> str:
    """Build the pattern of digits with multipliers between them: 20 亿, 2万5千, 3억 2000만."""
    behind = f"(?<=[{'십백천만억조' if '십' in multiplier else '十百千万亿兆'}])"
    first = rf"{DIGITS}(?:(?:[多余来数여])?{multiplier}+|\s(?:[多余来数여])?{spaced}+)?"
    more = (
        rf"\s?{DIGITS}(?:{multiplier}+|\s{spaced}+)|\s?\d{{3,4}}(?!\d)|\d+"
        rf"|\s?{digit}+{multiplier}+|{digit}+"
    )
    return rf"{first}(?:{behind}(?:{more}))*"


# 千克 and 千米 are units, 百分点 is one, 几 or 数 before a numeral
# makes it vague, and 周五 is Friday.
_HAN_MULTIPLIER = "(?:[十万亿兆]|百(?!分点)|千(?![克米瓦卡]))"
_HAN = re.compile(
    rf"(?P<mixed>{_mixed(_HAN_MULTIPLIER, _HAN_MULTIPLIER, f'[{HAN_DIGITS}]')})"
    rf"|(?<![几幾数])(?!(?<=周)[一二三四五六](?![天次个小分遍篇期集年]))(?P<plain>(?:[{HAN_DIGITS}]|{_HAN_MULTIPLIER})+)"
)

# After a space a multiplier must not be the start of another word: "3 조각" is three pieces.
_KO_SPACED = (
    r"[십백천만억조](?=[\s\d.,!?십백천만억조]|원|명|개|달러|유로|엔|위안|파라|년|회|번|대|건|$)"
)
_KO_ARTICLE = re.compile(r"(?<=[제법약령])(\s?\d+)조(?!\s?(?:\d|원|달러|엔|위안|유로))")
"""Of a law or a treaty (조약), no trillion."""
_KO_MIXED = re.compile(
    _mixed("(?:[십백만억]|천(?!문)|조(?![각직]))", _KO_SPACED, "[일이삼사오육칠팔구]")
)
_KO_PLAIN = re.compile(
    r"(?<![가-힣])(?!(?:사이|이사|오이|구이)(?![십백천만억조]))"  # words of two digits
    r"(?=[영공일이삼사오육륙칠팔구십백천만억조]{2})[일이삼사오육륙칠팔구]?"
    r"[영공일이삼사오육륙칠팔구십백천만억조]+(?:\s[일이삼사오육칠팔구][십백천만억]+[일이삼사오육칠팔구]?)*"
)
_DECIMAL = re.compile(
    rf"(?P<whole>[{HAN_DIGITS}十]+)[点點・](?P<rest>[{HAN_DIGITS}]+)(?P<size>[百千万亿兆]*)(?![十分刻])"
)
_KO_SINGLE = re.compile(
    r"(?<=분의 )[일이삼사오육칠팔구]"
    r"|(?<![가-힣])[일이삼사오육칠팔구십백천만](?=\s?(?:월|년|분|초|퍼센트|프로|달러|유로|원|엔|개월"
    r"|주|층|위|회|번|호|배|세기|학년|킬로|미터|단계|차|점|대|인|부|장|명|개|가지|살|시간|면|륜|각|중|국))"
)
_KO_COUNTERS = (
    "명|개|번|시|살|달|사람|가지|대|권|장|곡|마리|잔|병|배|팀|군데|곳|해|주|차례|분|통|편|건|채"
    "|쌍|줄|단계|쪽|층|종|모델|버전|나라|도시|회사|방|친구|자리|걸음|마디|판|점|갈래|파트"
)
_KO_TENS = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70,
    "여든": 80, "아흔": 90,
}  # fmt: skip
_KO_ONES = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "넷": 4, "네": 4, "다섯": 5,
    "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
_KO_SHORT = {"한": 1, "두": 2, "세": 3, "네": 4, "석": 3, "넉": 4}
_KO_WORDS = {
    "하나": (1,), "둘": (2,), "셋": (3,), "넷": (4,), "다섯": (5,), "여섯": (6,), "일곱": (7,),
    "여덟": (8,), "아홉": (9,), "첫": (1,), "처음": (1,), "최초": (1,), "유월": (6,), "시월": (10,),
    "한두": (1, 2), "두세": (2, 3), "두서너": (2, 3, 4), "서너": (3, 4), "너댓": (4, 5),
    "네댓": (4, 5), "네다섯": (4, 5), "대여섯": (5, 6), "예닐곱": (6, 7), "일고여덟": (7, 8),
    "하루": (1,), "이틀": (2,), "사흘": (3,), "나흘": (4,), "닷새": (5,), "엿새": (6,),
    "열흘": (10,), "보름": (15,),
}  # fmt: skip


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_KO_NATIVE = re.compile(
    rf"(?<![가-힣])(?:(?P<tens>{_any(_KO_TENS)})(?:(?P<ones>{_any(_KO_ONES)})"
    # 열 begins many words (열심히), the other tens hardly any.
    rf"|(?<!열)|(?=에\s|까지|\s?(?:{_KO_COUNTERS})|(?![가-힣])))"
    rf"|(?P<word>{_any(_KO_WORDS)})"
    rf"|(?P<short>{_any(_KO_SHORT)})(?=\s?(?:{_KO_COUNTERS})|(?<![석넉])\s[가-힣]))"
)
_KO_OVER_HUNDRED = re.compile(
    rf"(?<![가-힣])(?P<hundreds>[이삼사오육칠팔구]?백)(?P<tens>{_any(_KO_TENS)})?"
    rf"(?P<ones>{_any(_KO_ONES)})?(?=\s?(?:{_KO_COUNTERS}))"
)


def read_numerals(text: str, language: Language) -> tuple[Reading, ...]:
    """Return the numerals of a text in order, none inside another.

    Readings are generous: 一 in 一样 counts as a one, for a numeral that is overlooked would raise
    a false alarm, while one too many rarely hides an error.

    Args:
        text: Normalised: see `translation.numbers.row_numbers.normalised`.
        language: What it is written in.
    """
    found = _found(text, language.profile.numbers)
    readings: list[Reading] = []
    for reading in sorted(found, key=lambda r: (r.start, -r.end)):
        if not readings or reading.start >= readings[-1].end:
            readings.append(reading)
    return tuple(readings)


def _found(text: str, numbers: Numbers) -> Iterator[Reading]:
    match numbers.numerals:
        case Numerals.KOREAN:
            yield from _korean(text)
        case Numerals.HAN:
            yield from _han(text, shorthand=numbers.is_shorthand)
        case Numerals.DIGITS:
            for match in re.finditer(DIGITS, text):
                yield Reading(*match.span(), (Decimal(match[0].replace(",", "")),))
    for word, value in numbers.words.items():
        for match in re.finditer(re.escape(word), text):
            yield Reading(*match.span(), (Decimal(value),))


def _han(text: str, *, shorthand: bool) -> Iterator[Reading]:
    plain = text.translate(_SAME_LENGTH)
    yield from _decimals(plain)
    for match in _HAN.finditer(plain):
        yield Reading(match.start(), match.end(), evaluate(match[0], shorthand=shorthand))


def _korean(text: str) -> Iterator[Reading]:
    text = _KO_ARTICLE.sub(r"\1條", text)
    for match in _KO_MIXED.finditer(text):
        is_share = text.endswith(("분의", "분의 "), 0, match.start())
        run = (
            re.sub("만이?$", "", match[0]) if is_share else match[0]
        )  # 4분의 1만이: only a quarter
        yield Reading(*match.span(), _sino_korean(run))
    for match in _KO_PLAIN.finditer(text):
        yield Reading(*match.span(), _sino_korean(match[0]))
    yield from _decimals(text.translate(_SINO_KOREAN).replace("점", "点"))
    for match in _KO_SINGLE.finditer(text):
        yield Reading(*match.span(), evaluate(match[0].translate(_SINO_KOREAN)))
    for match in _KO_NATIVE.finditer(text):
        yield Reading(*match.span(), _native_korean(match))
    for match in _KO_OVER_HUNDRED.finditer(text):  # 백두 살
        (hundreds,) = evaluate(match["hundreds"].translate(_SINO_KOREAN))
        more = _KO_TENS.get(match["tens"], 0) + _KO_ONES.get(match["ones"], 0)
        yield Reading(*match.span(), (hundreds + more,))


def _decimals(text: str) -> Iterator[Reading]:
    """Read the point that is written as a character: 三点五亿, 三・五, 삼점오."""
    for match in _DECIMAL.finditer(text):
        digits = "".join(str(HAN_DIGITS.index(digit)) for digit in match["rest"])
        value = Decimal(f"{int(_value(list(match['whole'])))}.{digits}")
        for size in match["size"]:
            value *= (SMALL | LARGE)[size]
        yield Reading(*match.span(), (value,))


def _sino_korean(run: str) -> tuple[Decimal, ...]:
    """Evaluate a run; its last syllable may be the particle 이 or the day 일 and no number."""
    values = evaluate(run.translate(_SINO_KOREAN))
    if len(run) > 1 and run[-1] in "이일":
        values += evaluate(run[:-1].translate(_SINO_KOREAN))
    return values


def _native_korean(match: re.Match[str]) -> tuple[Decimal, ...]:
    if match["tens"]:
        return (Decimal(_KO_TENS[match["tens"]] + _KO_ONES.get(match["ones"] or "", 0)),)
    values = _KO_WORDS[match["word"]] if match["word"] else (_KO_SHORT[match["short"]],)
    return tuple(Decimal(value) for value in values)


def evaluate(run: str, *, shorthand: bool = False) -> tuple[Decimal, ...]:
    """Return what a run of digits and Chinese numerals may mean.

    Args:
        run: Such as "2万5千", "一百零五" or "二〇二四".
        shorthand: A last digit counts the next lower unit: 一万二 is 12,000, as in Chinese.
    """
    tokens = _TOKEN.findall(run)
    pair = _vague_pair(tokens)
    if pair is not None:
        lower, higher = tokens[: pair + 1] + tokens[pair + 2 :], tokens[:pair] + tokens[pair + 1 :]
        return tuple(_value(choice, shorthand=shorthand) for choice in (lower, higher, tokens))
    return (_value(tokens, shorthand=shorthand),)


def _vague_pair(tokens: list[str]) -> int | None:
    """Find two digits that name a choice: 两三 or 三五, and no third beside them."""
    for n, (lower, higher) in enumerate(pairwise(tokens)):
        beside = (*tokens[max(n - 1, 0) : n], *tokens[n + 2 : n + 3])
        if lower + higher in _CHOICES and not any(token in HAN_DIGITS for token in beside):
            return n
    return None


def _value(tokens: list[str], *, shorthand: bool = False) -> Decimal:
    total = section = Decimal(0)
    current: Decimal | None = None
    for token in tokens:
        if token in SMALL:
            section += (Decimal(1) if current is None else current) * SMALL[token]
            current = None
        elif token in LARGE:
            total = _enlarged(total, section + (current or 0), LARGE[token])
            section, current = Decimal(0), None
        elif token in HAN_DIGITS:
            current = (current or Decimal(0)) * 10 + HAN_DIGITS.index(token)
        else:
            current = Decimal(token.replace(",", ""))
    if (
        shorthand
        and current
        and current in range(10)
        and tokens[-2:-1]
        and tokens[-2] in "百千万亿"
    ):
        current *= (SMALL | LARGE)[tokens[-2]] // 10
    return total + section + (current or 0)


def _enlarged(total: Decimal, count: Decimal, size: int) -> Decimal:
    """Add so many 万, 亿 or 兆; without a count they multiply what is there, as in 2万亿."""
    return total * size if total and not count else total + (count or 1) * size

"""Find the numbers of a Korean, Chinese or Japanese row, with what they count. Generous."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise, zip_longest

from podcast.language import Language
from podcast.languages.profile import Numerals
from podcast.languages.units import Unit
from translation.numbers.amounts import HALF, NOON, Amount, Reading, clock_values
from translation.numbers.numerals_cjk import evaluate, read_numerals
from translation.numbers.row_units import CURRENCY_SIGNS, PARTS, UNIT_WORDS

_UNIT = {
    language: re.compile(
        r"\s?[여多来余]?\s?(?:" + "|".join(f"(?P<{u.name}>{p})" for u, p in units.items()) + ")"
    )
    for language, units in UNIT_WORDS.items()
}
_HALF_AFTER = re.compile(
    r"\s?(?:개월|달|시간|[년시배]|个|個|年間?|時間?|小时|[点點倍岁天日歳]|[ヶか]月)?\s?(?:半|반)"
    r"(?![径导導数복응면])"
)
_HOUR = {
    language: re.compile(hour) for language in Language if (hour := language.profile.numbers.hour)
}
_HALF_HOUR = re.compile(r"\s?(?:半|반)")
LAST_HOUR = 24
HUNDRED = 100
_MINUTE = re.compile(r"\s?(?:분|分|刻)")
_MORNING = r"오전|새벽|아침|上午|早上|早晨|清晨|凌晨|午前|早朝|朝"
_AFTERNOON = r"오후|저녁|下午|傍晚|晚上|午後|夕方"
_HALF_BEFORE = re.compile(rf"(?:(?P<a>{_MORNING})|(?P<p>{_AFTERNOON}))[의の的에]?\s?$")
_HALF_OF_DAY_AFTER = re.compile(r"\s?(?P<half>[AaPp])\.?[Mm](?![A-Za-z])")
_JOINT_FRACTION = re.compile(r"\s?(?:분의|分之|分の)\s?")
_ONE_OF = re.compile(
    r"\s?(?:명|개|가지|곳|사람|가구)?\s?(?:중|가운데)\s?(?:에\s?)?|[人つ社]?[に中]|[个個名家]人?[中里]就?有?"
)
"""Between the numbers of a share: 셋 중 하나, 3人に1人."""

_HALVES = {
    language: re.compile(
        rf"(?<![가-힣])(?:절반|반반|반(?=[은을이도만 ]|$|{unit.pattern}))"
        r"|一半|半(?![径导導])|过半|五五"
    )
    for language, unit in _UNIT.items()
}
_RANGE = re.compile(r"\s?(?:[~～〜、-]|至|到|から|에서)\s?")
_SIZE = re.compile(r"[십백천만억조十百千万萬亿億兆]+$")
_SIZE_SIGNS = str.maketrans("십백천만억조萬億", "十百千万亿兆万亿")
_SHORT_RANGE = re.compile(r"(?<![\d、])(?P<tens>[1-9])[、,](?=[1-9]0(?!\d))")  # 2、30個
_ALL = re.compile(r"전[액부체원]|모[두든]|[所全]有|全[部额員员額体]|すべて|全て")
_MEASURES = (
    (re.compile(r"반나절"), NOON, Unit.HOUR),
    (re.compile(r"四半世紀|사반세기"), 25, Unit.YEAR),
    (_ALL, HUNDRED, Unit.PERCENT),
    (re.compile(r"元[旦日](?!本)"), 1, Unit.CALENDAR_MONTH),
    (re.compile(r"元[旦日](?!本)"), 1, Unit.DAY),
    (re.compile(r"一刻钟?"), 15, Unit.MINUTE),
    (re.compile(r"정오|正午|中午"), NOON * 60, Unit.CLOCK),
    (re.compile(r"자정|午夜|零点(?![一二三四五六七八九])|真夜中"), 0, Unit.CLOCK),
    (
        re.compile(
            r"갑절|곱절|(?<![가-힣\d])(?<![한세네섯곱덟홉열십백천] )배(?:로|가|나)"
            r"|더블|翻番|翻了?一番|翻倍|翻了倍|加倍|双倍|倍增|(?<!\d)倍"
        ),
        2,
        Unit.NONE,
    ),
    (re.compile(r"二八"), 20, Unit.NONE),
    (re.compile(r"二八"), 80, Unit.NONE),
)
_WEEKDAYS = (
    (re.compile(r"(?P<day>[월화수목금토일])요일"), "월화수목금토일"),
    (re.compile(r"(?:星期|周|礼拜)(?P<day>[一二三四五六日天])"), "一二三四五六日天"),
    (re.compile(r"(?P<day>[月火水木金土日])曜"), "月火水木金土日"),
)
_TO_THE_HOUR = re.compile(r"\s?(?:전|前)")  # 10시 15분 전
_BEFORE = re.compile(
    r"(?:(?P<CELSIUS>섭씨|摄氏|摂氏)|(?P<FAHRENHEIT>화씨|华氏|華氏))?\s?"
    r"(?P<minus>(?:영하|마이너스|零下|负|負|氷点下|マイナス)\s?|(?<![\w.)])(?<!\d )-)?$"
)
_A_SECOND = re.compile("[초풍]속|秒速|風速|每秒|风速")
_DIGITS_ALIKE = str.maketrans("两", "二")
_SHORTENED = re.compile(
    r"(?P<whole>[一二两]|(?<!\d)\d{1,2})(?:(?P<SECOND>초|秒)|(?P<METRE>米|m|미터|メートル))"
    r"(?P<rest>[一二三四五六七八九]{1,2}(?![十百千万])|\d{2,3}|[1-9](?=$|[^\d万]))(?!\d)"
)
_KO_DAYS = frozenset(["하루", "이틀", "사흘", "나흘", "닷새", "엿새", "열흘", "보름"])
_DOZENS = re.compile(r"\s?(?:다스|打|ダース)")
_NEAR = 8
"""Letters before a number in which a word that belongs to it is looked for."""

_LONGEST_NAME = 40
_LATIN_SIZE = re.compile(r"(?P<size>[kKMBT])(?![A-Za-z])")
_LATIN_SIZES = {"k": 10**3, "K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}
_SHARE_TENTHS = frozenset("성成割折할")
_GROWN = re.compile(r"[增加长升涨高大多]了?[近约]?$")  # 增长两倍: to three times
_LATIN_NAME = re.compile(r"(?P<name>[A-Z][A-Za-z]*)[ -]?$")


@lru_cache(maxsize=64)  # a row is asked about for what it lost, and for what it made up
def numbers_of_target(text: str, language: Language) -> tuple[Amount, ...]:
    """Return every number that the text may hold.

    Args:
        text: Normalised: see `translation.numbers.row_numbers.normalised`.
        language: Korean, Chinese or Japanese.
    """
    readings = read_numerals(text, language)
    clocks = dict(_clocks(text, readings, language))
    fractions = tuple(_fractions(text, readings))
    used = {reading for first, second, _ in fractions for reading in (first, second)}
    counted = {reading: _amount(text, reading, language) for reading in readings}
    counted |= _ranges(text, counted)
    amounts = [
        clocks.get(reading) or counted[reading] for reading in readings if reading not in used
    ]
    return (
        *amounts,
        *(amount for _, _, amount in fractions),
        *_compounds(text, counted),
        *_shortened(text),
        *_words(text, language),
    )


def _amount(text: str, reading: Reading, language: Language) -> Amount:
    unit_match = _UNIT[language].match(text, reading.end)
    unit = Unit[str(unit_match.lastgroup)] if unit_match else Unit.NONE
    before = text[max(reading.start - 2, 0) : reading.start].rstrip()[-1:]
    if unit is Unit.NONE and before in CURRENCY_SIGNS:
        unit = CURRENCY_SIGNS[before]
    about = _BEFORE.search(text, max(reading.start - _NEAR, 0), reading.start)
    if about and about["CELSIUS"]:
        unit = Unit.CELSIUS
    elif about and about["FAHRENHEIT"]:
        unit = Unit.FAHRENHEIT
    elif unit is Unit.METRE and _A_SECOND.search(
        text, max(reading.start - _NEAR, 0), reading.start
    ):
        unit = Unit.METRE_A_SECOND
    elif text[reading.start : reading.end] in _KO_DAYS:
        unit = Unit.DAY
    name = _LATIN_NAME.search(text, max(reading.start - _LONGEST_NAME, 0), reading.start)
    end = unit_match.end() if unit_match else reading.end
    values = tuple(_values(text, reading, text[reading.end : end][-1:]))
    if about and about["minus"]:
        values = tuple(-value for value in values)
    return Amount(text[reading.start : end], values, unit, name=name["name"] if name else "")


def _values(text: str, reading: Reading, unit: str) -> Iterator[Decimal]:
    """Return what a numeral may be worth with what stands behind it."""
    if unit in _SHARE_TENTHS:
        yield from (value * 10 for value in reading.values)
        if unit == "折":  # 八折 is what remains after 20 % off.
            yield from (HUNDRED - value * 10 for value in reading.values)
        return
    yield from reading.values
    if size := _LATIN_SIZE.match(text, reading.end):
        yield from (value * _LATIN_SIZES[size["size"]] for value in reading.values)
    if _DOZENS.match(text, reading.end):
        yield from (value * 12 for value in reading.values)
    if text.startswith("倍", reading.end) and _GROWN.search(text, 0, reading.start):
        yield from (value + 1 for value in reading.values)
    if _HALF_AFTER.match(text, reading.end):
        yield from (value + HALF for value in reading.values)


def _words(text: str, language: Language) -> Iterator[Amount]:
    """Read the words for a half, for measures that have one, for noon and for weekdays."""
    yield from _halves(text, language)
    for pattern, value, unit in _MEASURES:
        for match in pattern.finditer(text):
            yield Amount(match[0], (Decimal(value),), unit)
    for pattern, days in _WEEKDAYS:
        for match in pattern.finditer(text):
            yield Amount(match[0], (Decimal(min(days.index(match["day"]), 6) + 1),), Unit.WEEKDAY)
    if language.profile.numbers.numerals is Numerals.HAN:
        for match in _SHORT_RANGE.finditer(text):
            yield Amount(match[0], (Decimal(match["tens"]) * 10,))


def _halves(text: str, language: Language) -> Iterator[Amount]:
    """Read a half of a measure, 半小时, and a half that stands alone."""
    for match in _HALVES[language].finditer(text):
        if unit := _UNIT[language].match(text, match.end()):
            yield Amount(match[0] + unit[0], (HALF,), Unit[str(unit.lastgroup)])
        yield Amount(match[0], (HALF, Decimal(HUNDRED // 2)), Unit.PERCENT)


def _ranges(text: str, counted: Mapping[Reading, Amount]) -> Iterator[tuple[Reading, Amount]]:
    """Read the first number of a range with the size and unit of the second: 200～300万, 8～9割."""
    for (first, low), (second, high) in pairwise(counted.items()):
        if not _RANGE.fullmatch(text[first.end : second.start]):
            continue
        size = _SIZE.search(text, second.start, second.end)
        if size is None or _SIZE.search(text, first.start, first.end):
            factor = Decimal(1)
        else:
            factor = evaluate(size[0].translate(_SIZE_SIGNS))[0]
        if high.text[-1:] in _SHARE_TENTHS:
            factor *= 10
        scaled = tuple(value * factor for value in first.values)
        yield first, replace(low, values=(*low.values, *scaled), unit=high.unit)


def _compounds(text: str, counted: Mapping[Reading, Amount]) -> Iterator[Amount]:
    """Read two hours and thirty minutes as two hours and a half as well."""
    for (first, large), (second, small) in pairwise(counted.items()):
        is_one = not text[first.start + len(large.text) : second.start].strip()
        if is_one and (parts := PARTS.get((large.unit, small.unit))):
            value = large.values[0] + small.values[0] / parts
            yield Amount(text[first.start : second.end], (value,), large.unit)


def _shortened(text: str) -> Iterator[Amount]:
    """Read 一米八三 and 10秒72, which leave out what the decimals are called."""
    for match in _SHORTENED.finditer(text):
        whole, rest = (
            evaluate(part.translate(_DIGITS_ALIKE))[0] for part in (match["whole"], match["rest"])
        )
        unit = Unit.SECOND if match["SECOND"] else Unit.METRE
        yield Amount(match[0], (whole + rest.scaleb(-len(match["rest"])),), unit)


def _fractions(text: str, readings: Sequence[Reading]) -> Iterator[tuple[Reading, Reading, Amount]]:
    """Read what is written with two numbers: 三分之二, 3분의 2, 2/3 and 百分之五十."""
    for first, second in pairwise(readings):
        joint, whole = text[first.end : second.start], text[first.start : second.end]
        a, b = first.values[0], second.values[0]
        if _JOINT_FRACTION.fullmatch(joint) and a == HUNDRED:
            yield first, second, Amount(whole, second.values, Unit.PERCENT)
        elif _JOINT_FRACTION.fullmatch(joint) and a:
            yield first, second, Amount(whole, (b / a,), parts=(b, a))
            yield first, second, Amount(whole, (b / a * HUNDRED,), Unit.PERCENT)
        elif _ONE_OF.fullmatch(joint) and a:
            yield first, second, Amount(whole, (b / a,), parts=(b, a))
        elif joint == "/" and b:
            yield first, second, Amount(whole, (a / b,), parts=(a, b))


def _clocks(
    text: str, readings: Sequence[Reading], language: Language
) -> Iterator[tuple[Reading, Amount]]:
    for hour, follower in zip_longest(readings, readings[1:]):
        if hour.values[0] > LAST_HOUR:
            continue
        if follower is not None and text[hour.end : follower.start] == ":":
            yield hour, _clock(text, hour, follower.values[0], follower.end)
        elif language in _HOUR and (sign := _HOUR[language].match(text, hour.end)):
            minute, end = _minutes(text, sign.end(), follower, language)
            yield hour, _clock(text, hour, minute, end)


def _minutes(
    text: str, start: int, follower: Reading | None, language: Language
) -> tuple[Decimal, int]:
    """Return the minutes that follow an hour, and where they end; none are the full hour.

    Some languages leave the sign for minutes out: 六点三十.
    """
    if half := _HALF_HOUR.match(text, start):
        return Decimal(30), half.end()
    if follower is None or text[start : follower.start].strip():
        return Decimal(0), start
    if sign := _MINUTE.match(text, follower.end):
        return follower.values[0] * (15 if sign[0].endswith("刻") else 1), sign.end()
    is_bare = language.profile.numbers.is_shorthand
    return (follower.values[0], follower.end) if is_bare else (Decimal(0), start)


def _clock(text: str, hour: Reading, minute: Decimal, end: int) -> Amount:
    before = _HALF_BEFORE.search(text, max(hour.start - _NEAR, 0), hour.start)
    after = _HALF_OF_DAY_AFTER.match(text, end)
    half = (before.lastgroup or "") if before else after["half"].lower() if after else ""
    if _TO_THE_HOUR.match(text, end):
        minute = -minute
    elif text.endswith("差一刻", 0, hour.start):
        minute = Decimal(-15)
    values = tuple(v for value in hour.values for v in clock_values(value, minute, half))
    return Amount(text[hour.start : end], values, Unit.CLOCK, (*hour.values, minute))

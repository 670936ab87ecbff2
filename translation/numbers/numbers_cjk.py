"""Find the numbers of a Korean, Chinese or Japanese row, with what they count. Generous."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise, zip_longest

from podcast.language import Language
from translation.numbers.amounts import CURRENCY_SIGNS, HALF, Amount, Reading, Unit, clock_values
from translation.numbers.numerals_cjk import read_numerals

_UNITS = {
    Language.KO: {
        Unit.PERCENT: r"%|퍼센트|프로(?!그|젝|세|토|덕|필)|퍼(?![가-힣])|할(?![가-힣])",
        Unit.USD: r"미국\s?달러|달러|불(?![가-힣])|USD",
        Unit.CENT: r"센트",
        Unit.EUR: r"유로",
        Unit.JPY: r"엔(?![진드지터비])",
        Unit.KRW: r"원(?![칙인격소동])",
        Unit.CNY: r"위안",
        Unit.SECOND: r"초(?![등중고반])",
        Unit.MINUTE: r"분(?![의기야석위류포])",
        Unit.HOUR: r"시간",
        Unit.WEEK: r"주(?![년요제장된자])",
        Unit.MONTH: r"개월|달(?!러)",
        Unit.CALENDAR_MONTH: r"월",
        Unit.YEAR: r"주년|년(?!대)|살|세(?![기대트])",
        Unit.DAY: r"일(?![본반부등])",
    },
    Language.ZH: {
        Unit.PERCENT: r"%|个?百分点|成(?![功为员本立果])|折",
        Unit.USD: r"美元|美金|美刀|刀|USD",
        Unit.CENT: r"美分",
        Unit.EUR: r"欧元",
        Unit.GBP: r"英镑",
        Unit.JPY: r"日元",
        Unit.KRW: r"韩元",
        Unit.CNY: r"元|人民币",
        Unit.HOUR: r"个?半?(?:小时|钟头)",
        Unit.MINUTE: r"分钟?(?![之享别析类布数])",
        Unit.SECOND: r"秒",
        Unit.WEEK: r"个?(?:星期|礼拜)|周(?![年边围末])",
        Unit.MONTH: r"个半?月",
        Unit.CALENDAR_MONTH: r"月",
        Unit.YEAR: r"周年|年(?![代级龄])|岁",
        Unit.DAY: r"天|日|号",
    },
    Language.JA: {
        Unit.PERCENT: r"%|パーセント|割",
        Unit.USD: r"米?ドル|USD",
        Unit.CENT: r"セント",
        Unit.EUR: r"ユーロ",
        Unit.GBP: r"ポンド",
        Unit.JPY: r"円",
        Unit.KRW: r"ウォン",
        Unit.CNY: r"人民元|元",
        Unit.HOUR: r"時間",
        Unit.MINUTE: r"分(?![のか野類析散割配岐])",
        Unit.SECOND: r"秒",
        Unit.WEEK: r"週",
        Unit.MONTH: r"[ヶか箇カケヵ]月",
        Unit.CALENDAR_MONTH: r"月",
        Unit.YEAR: r"周年|年(?![代生齢])|歳|才",
        Unit.DAY: r"日(?!本)",
    },
}
_UNIT = {
    language: re.compile(
        r"\s?[여多来余]?\s?(?:" + "|".join(f"(?P<{u.name}>{p})" for u, p in units.items()) + ")"
    )
    for language, units in _UNITS.items()
}
_HALF_AFTER = re.compile(
    r"\s?(?:개월|달|시간|[년시배]|个|個|年間?|時間?|小时|[点點倍岁天日歳]|[ヶか]月)?\s?(?:半|반)"
    r"(?![径导導数복응면])"
)
_HOUR = {
    Language.KO: re.compile(r"\s?시(?![간작리스즌도장설])"),
    Language.ZH: re.compile(r"\s?(?:[点點]|[时時](?![间間]))钟?"),
    Language.JA: re.compile(r"\s?時(?!間)"),
}
_HALF_HOUR = re.compile(r"\s?(?:半|반)")
LAST_HOUR = 24
_MINUTE = re.compile(r"\s?(?:분|分|刻)")
_MORNING = r"오전|새벽|아침|上午|早上|早晨|清晨|凌晨|午前|早朝|朝"
_AFTERNOON = r"오후|저녁|下午|傍晚|晚上|午後|夕方"
_HALF_BEFORE = re.compile(rf"(?:(?P<a>{_MORNING})|(?P<p>{_AFTERNOON}))[의の的에]?\s?$")
_HALF_OF_DAY_AFTER = re.compile(r"\s?(?P<half>[AaPp])\.?[Mm](?![A-Za-z])")
_JOINT_FRACTION = re.compile(r"\s?(?:분의|分之|分の)\s?")
_HALVES = re.compile(r"(?<![가-힣])(?:절반|반반|반(?=[은을이도만 ]|$))|一半|半分|半数|过半|五五")
_MEASURES = (
    (re.compile(r"半年|반년"), Decimal(6), Unit.MONTH),
    (re.compile(r"半个?小时|半个?钟头|半時間|반\s?시간"), Decimal(30), Unit.MINUTE),
    (re.compile(r"一刻钟?"), Decimal(15), Unit.MINUTE),
)
HUNDRED = 100
_LATIN_SIZE = re.compile(r"(?P<size>[kKMBT])(?![A-Za-z])")
_LATIN_SIZES = {"k": 10**3, "K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}
_SHARE_TENTHS = frozenset("성成割折할")
_LATIN_NAME = re.compile(r"(?P<name>[A-Z][A-Za-z]*)[ -]?$")


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
    amounts = [
        clocks.get(reading) or _amount(text, reading, language)
        for reading in readings
        if reading not in used
    ]
    return (*amounts, *(amount for _, _, amount in fractions), *_words(text))


def _amount(text: str, reading: Reading, language: Language) -> Amount:
    unit_match = _UNIT[language].match(text, reading.end)
    unit = Unit[str(unit_match.lastgroup)] if unit_match else Unit.NONE
    before = text[: reading.start].rstrip()[-1:]
    if unit is Unit.NONE and before in CURRENCY_SIGNS:
        unit = CURRENCY_SIGNS[before]
    values = list(reading.values)
    if size := _LATIN_SIZE.match(text, reading.end):
        values += [value * _LATIN_SIZES[size["size"]] for value in reading.values]
    if _HALF_AFTER.match(text, reading.end):
        values += [value + HALF for value in reading.values]
    if unit_match and unit_match[0][-1] in _SHARE_TENTHS:
        values = [value * 10 for value in reading.values]
        # 八折 is what remains after 20 % off.
        values += [HUNDRED - value for value in values] if unit_match[0].endswith("折") else []
    name = _LATIN_NAME.search(text, 0, reading.start)
    end = unit_match.end() if unit_match else reading.end
    return Amount(text[reading.start : end], tuple(values), unit, name=name["name"] if name else "")


def _words(text: str) -> Iterator[Amount]:
    """Read the words for a half, and for the measures that have one: half a year is six months."""
    for match in _HALVES.finditer(text):
        yield Amount(match[0], (HALF, Decimal(HUNDRED // 2)), Unit.PERCENT)
    for pattern, value, unit in _MEASURES:
        for match in pattern.finditer(text):
            yield Amount(match[0], (value,), unit)


def _fractions(text: str, readings: Sequence[Reading]) -> Iterator[tuple[Reading, Reading, Amount]]:
    """Read what is written with two numbers: 三分之二, 3분의 2, 2/3 and 百分之五十."""
    for first, second in pairwise(readings):
        joint, whole = text[first.end : second.start], text[first.start : second.end]
        a, b = first.values[0], second.values[0]
        if _JOINT_FRACTION.fullmatch(joint) and a == HUNDRED:
            yield first, second, Amount(whole, second.values, Unit.PERCENT)
        elif _JOINT_FRACTION.fullmatch(joint) and a:
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
        elif sign := _HOUR[language].match(text, hour.end):
            minute, end = _minutes(text, sign.end(), follower, language)
            yield hour, _clock(text, hour, minute, end)


def _minutes(
    text: str, start: int, follower: Reading | None, language: Language
) -> tuple[Decimal, int]:
    """Return the minutes that follow an hour, and where they end; none are the full hour.

    Chinese leaves the sign for minutes out: 六点三十.
    """
    if half := _HALF_HOUR.match(text, start):
        return Decimal(30), half.end()
    if follower is None or text[start : follower.start].strip():
        return Decimal(0), start
    if sign := _MINUTE.match(text, follower.end):
        return follower.values[0] * (15 if sign[0].endswith("刻") else 1), sign.end()
    return (follower.values[0], follower.end) if language is Language.ZH else (Decimal(0), start)


def _clock(text: str, hour: Reading, minute: Decimal, end: int) -> Amount:
    before = _HALF_BEFORE.search(text, 0, hour.start)
    after = _HALF_OF_DAY_AFTER.match(text, end)
    half = (before.lastgroup or "") if before else after["half"].lower() if after else ""
    values = tuple(v for value in hour.values for v in clock_values(value, minute, half))
    return Amount(text[hour.start : end], values, Unit.CLOCK, (*hour.values, minute))

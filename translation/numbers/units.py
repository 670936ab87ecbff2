"""What a number may count, what the units are worth, and their words in each language."""

from decimal import Decimal
from enum import StrEnum

from podcast.language import Language


class Unit(StrEnum):
    """What a number counts, as far as it matters when two languages are compared."""

    NONE = ""
    PERCENT = "percent"
    USD = "US dollar"
    CENT = "cent"
    EUR = "euro"
    GBP = "pound sterling"
    JPY = "yen"
    KRW = "won"
    CNY = "yuan"
    MILLISECOND = "millisecond"
    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    CALENDAR_MONTH = "month of the year"
    WEEKDAY = "day of the week"
    CLOCK = "time of day"
    VERSION = "version"
    NANOMETRE = "nanometre"
    MILLIMETRE = "millimetre"
    CENTIMETRE = "centimetre"
    INCH = "inch"
    FOOT = "foot"
    YARD = "yard"
    METRE = "metre"
    KILOMETRE = "kilometre"
    MILE = "mile"
    SQUARE_FOOT = "square foot"
    SQUARE_METRE = "square metre"
    ACRE = "acre"
    HECTARE = "hectare"
    SQUARE_KILOMETRE = "square kilometre"
    SQUARE_MILE = "square mile"
    MILLIGRAM = "milligram"
    GRAM = "gram"
    OUNCE = "ounce"
    POUND = "pound"
    KILOGRAM = "kilogram"
    TON = "ton"
    KILO = "kilo"
    MILLILITRE = "millilitre"
    LITRE = "litre"
    GALLON = "gallon"
    BYTE = "byte"
    KILOBYTE = "kilobyte"
    MEGABYTE = "megabyte"
    GIGABYTE = "gigabyte"
    TERABYTE = "terabyte"
    PETABYTE = "petabyte"
    DEGREE = "degree"
    CELSIUS = "degree Celsius"
    FAHRENHEIT = "degree Fahrenheit"


CURRENCY_SIGNS = {"$": Unit.USD, "€": Unit.EUR, "£": Unit.GBP, "₩": Unit.KRW, "¥": Unit.JPY}

_DAY = 24 * 60 * 60
_YEAR = _DAY * 36525 // 100
_WORTH: dict[str, dict[Unit, str | int]] = {
    "time": {
        Unit.MILLISECOND: "0.001", Unit.SECOND: 1, Unit.MINUTE: 60, Unit.HOUR: 3600,
        Unit.DAY: _DAY, Unit.WEEK: 7 * _DAY, Unit.MONTH: _YEAR // 12, Unit.YEAR: _YEAR,
        Unit.DECADE: 10 * _YEAR, Unit.CENTURY: 100 * _YEAR,
    },
    "length": {
        Unit.NANOMETRE: "0.000000001", Unit.MILLIMETRE: "0.001", Unit.CENTIMETRE: "0.01",
        Unit.INCH: "0.0254", Unit.FOOT: "0.3048", Unit.YARD: "0.9144", Unit.METRE: 1,
        Unit.KILOMETRE: 1000, Unit.MILE: "1609.344",
    },
    "area": {
        Unit.SQUARE_FOOT: "0.0929", Unit.SQUARE_METRE: 1, Unit.ACRE: "4046.86",
        Unit.HECTARE: 10_000, Unit.SQUARE_KILOMETRE: 10**6, Unit.SQUARE_MILE: 2_589_988,
    },
    "weight": {
        Unit.MILLIGRAM: "0.001", Unit.GRAM: 1, Unit.OUNCE: "28.35", Unit.POUND: "453.59",
        Unit.KILOGRAM: 1000, Unit.TON: 10**6,
    },
    "volume": {Unit.MILLILITRE: "0.001", Unit.LITRE: 1, Unit.GALLON: "3.785"},
    "data": {
        Unit.BYTE: 1, Unit.KILOBYTE: 10**3, Unit.MEGABYTE: 10**6, Unit.GIGABYTE: 10**9,
        Unit.TERABYTE: 10**12, Unit.PETABYTE: 10**15,
    },
}  # fmt: skip
_SIZES = {
    unit: (dimension, Decimal(size))
    for dimension, sizes in _WORTH.items()
    for unit, size in sizes.items()
}

TOLERANCE = Decimal("0.05")
"""Of a converted amount, the share by which translators round it: 3,000 miles is 4,800 km."""

_SAME = (
    {Unit.POUND, Unit.GBP},
    {Unit.DEGREE, Unit.CELSIUS},
    {Unit.DEGREE, Unit.FAHRENHEIT},
    {Unit.KILO, Unit.KILOMETRE},
    {Unit.KILO, Unit.KILOGRAM},
)
"""Units that have one word in some language."""


def agree(wanted: Unit, found: Unit) -> bool:
    """Say whether a number may stand for another one, as far as it can be seen what they count."""
    if wanted in {Unit.NONE, found} or {wanted, found} in _SAME:
        return True
    return found is Unit.NONE and wanted not in {Unit.PERCENT, Unit.WEEKDAY}


def is_converted(value: Decimal, unit: Unit, into: Decimal, other: Unit) -> bool:
    """Say whether two amounts in different units are about the same: 24 hours, one day."""
    if unit is other:
        return False
    if other is Unit.KILO:
        kilos = (Unit.KILOMETRE, Unit.KILOGRAM)
        return any(is_converted(value, unit, into, kilo) for kilo in kilos)
    if {unit, other} == {Unit.CELSIUS, Unit.FAHRENHEIT}:
        celsius, fahrenheit = (value, into) if unit is Unit.CELSIUS else (into, value)
        return abs(celsius * Decimal("1.8") + 32 - fahrenheit) <= 2  # noqa: PLR2004  half a degree
    (dimension, size), (same, other_size) = _SIZES.get(unit, ("", 0)), _SIZES.get(other, ("", 0))
    if not dimension or dimension != same:
        return False
    return abs(value * size - into * other_size) <= TOLERANCE * abs(value * size)


_SYMBOLS = {
    Unit.MILLISECOND: r"ms(?![A-Za-z])",
    Unit.NANOMETRE: r"nm(?![A-Za-z])",
    Unit.MILLIMETRE: r"mm(?![A-Za-z\d])",
    Unit.CENTIMETRE: r"cm(?![A-Za-z\d])",
    Unit.SQUARE_KILOMETRE: r"km2",
    Unit.SQUARE_METRE: r"m2",
    Unit.KILOMETRE: r"km(?![A-Za-z\d])|kph(?![A-Za-z])",
    Unit.MILE: r"mi(?![A-Za-z])|mph(?![A-Za-z])",
    Unit.KILOGRAM: r"[kK][gG](?![A-Za-z])",
    Unit.MILLIGRAM: r"mg(?![A-Za-z])",
    Unit.POUND: r"lbs?(?![A-Za-z])",
    Unit.OUNCE: r"oz(?![A-Za-z])",
    Unit.FOOT: r"ft(?![A-Za-z])",
    Unit.KILOBYTE: r"[kK]B(?![A-Za-z])",
    Unit.MEGABYTE: r"MB(?![A-Za-z])",
    Unit.GIGABYTE: r"GB(?![A-Za-z])",
    Unit.TERABYTE: r"TB(?![A-Za-z])",
    Unit.PETABYTE: r"PB(?![A-Za-z])",
    Unit.CELSIUS: r"°\s?C(?![A-Za-z])",
    Unit.FAHRENHEIT: r"°\s?F(?![A-Za-z])",
}
_ENGLISH = {
    Unit.PERCENT: r"%|percent(?:age points?)?\b|per cent\b",
    Unit.USD: r"(?:US )?dollars?\b|bucks?\b|USD\b",
    Unit.CENT: r"cents?\b",
    Unit.EUR: r"euros?\b",
    Unit.GBP: r"pounds? sterling\b",
    Unit.JPY: r"yen\b",
    Unit.KRW: r"won\b(?= |[.,?!]|$)",
    Unit.CNY: r"yuan\b|RMB\b",
    Unit.MILLISECOND: r"milliseconds?\b|millis\b",
    Unit.SECOND: r"seconds?\b|secs?\b",
    Unit.MINUTE: r"minutes?\b|mins?\b",
    Unit.HOUR: r"hours?\b|hrs?\b",
    Unit.DAY: r"days?\b",
    Unit.WEEK: r"weeks?\b",
    Unit.MONTH: r"months?\b",
    Unit.YEAR: r"years?\b|yrs?\b",
    Unit.DECADE: r"decades?\b",
    Unit.CENTURY: r"centur(?:y|ies)\b",
    Unit.SQUARE_FOOT: r"(?:square|sq\.?)[- ](?:feet|foot|ft)\b",
    Unit.SQUARE_KILOMETRE: r"(?:square|sq\.?)[- ](?:kilomet(?:er|re)s?|km)\b",
    Unit.SQUARE_METRE: r"(?:square|sq\.?)[- ](?:met(?:er|re)s?|m)\b",
    Unit.SQUARE_MILE: r"(?:square|sq\.?)[- ](?:miles?|mi)\b",
    Unit.ACRE: r"acres?\b",
    Unit.HECTARE: r"hectares?\b",
    Unit.NANOMETRE: r"nanomet(?:er|re)s?\b",
    Unit.MILLIMETRE: r"millimet(?:er|re)s?\b",
    Unit.CENTIMETRE: r"centimet(?:er|re)s?\b",
    Unit.KILOMETRE: r"kilomet(?:er|re)s?\b|km/h\b|kmh\b",
    Unit.METRE: r"met(?:er|re)s?\b",
    Unit.MILE: r"miles?\b",
    Unit.YARD: r"yards?\b",
    Unit.FOOT: r"feet\b|foot\b",
    Unit.INCH: r"inch(?:es)?\b",
    Unit.MILLIGRAM: r"milligrams?\b",
    Unit.KILOGRAM: r"kilograms?\b|kilos?\b",
    Unit.GRAM: r"grams?\b",
    Unit.OUNCE: r"ounces?\b",
    Unit.POUND: r"pounds?\b",
    Unit.TON: r"(?:metric )?ton(?:ne)?s?\b",
    Unit.MILLILITRE: r"millilit(?:er|re)s?\b|ml\b",
    Unit.LITRE: r"lit(?:er|re)s?\b",
    Unit.GALLON: r"gallons?\b",
    Unit.KILOBYTE: r"kilobytes?\b",
    Unit.MEGABYTE: r"megabytes?\b|megs?\b",
    Unit.GIGABYTE: r"gigabytes?\b|gigs?\b",
    Unit.TERABYTE: r"terabytes?\b",
    Unit.PETABYTE: r"petabytes?\b",
    Unit.BYTE: r"bytes?\b",
    Unit.CELSIUS: r"(?:degrees? )?(?:Celsius|centigrade)\b",
    Unit.FAHRENHEIT: r"(?:degrees? )?Fahrenheit\b",
    Unit.DEGREE: r"degrees?\b|°",
}
_KOREAN = {
    Unit.PERCENT: r"%|퍼센트|프로(?!그|젝|세|토|덕|필)|퍼(?![가-힣])|할(?![가-힣])",
    Unit.USD: r"미국\s?달러|달러|불(?![가-힣])|USD",
    Unit.CENT: r"센트",
    Unit.EUR: r"유로",
    Unit.JPY: r"엔(?![진드지터비])",
    Unit.KRW: r"원(?![칙인격소동])",
    Unit.CNY: r"위안",
    Unit.MILLISECOND: r"밀리\s?초",
    Unit.SECOND: r"초(?![등중고반])",
    Unit.MINUTE: r"분(?![의기야석위류포])",
    Unit.HOUR: r"시간",
    Unit.WEEK: r"주(?![년요제장된자])",
    Unit.MONTH: r"개월|달(?!러)",
    Unit.CALENDAR_MONTH: r"월",
    Unit.CENTURY: r"세기",
    Unit.YEAR: r"주년|년(?!대)|살|세(?![기대트])",
    Unit.DAY: r"일(?![본반부등])",
    Unit.SQUARE_KILOMETRE: r"(?:제곱|평방)\s?킬로미터",
    Unit.SQUARE_METRE: r"(?:제곱|평방)\s?미터",
    Unit.SQUARE_MILE: r"(?:제곱|평방)\s?마일",
    Unit.SQUARE_FOOT: r"(?:제곱|평방)\s?피트",
    Unit.ACRE: r"에이커",
    Unit.HECTARE: r"헥타르",
    Unit.NANOMETRE: r"나노미터",
    Unit.MILLIMETRE: r"밀리미터",
    Unit.CENTIMETRE: r"센티미터|센티",
    Unit.KILOMETRE: r"킬로미터",
    Unit.METRE: r"미터",
    Unit.MILE: r"마일(?![스리])",
    Unit.YARD: r"야드",
    Unit.FOOT: r"피트|풋",
    Unit.INCH: r"인치",
    Unit.MILLIGRAM: r"밀리그램",
    Unit.KILOGRAM: r"킬로그램",
    Unit.KILO: r"킬로(?![가-힣])",
    Unit.GRAM: r"그램",
    Unit.OUNCE: r"온스",
    Unit.POUND: r"파운드",
    Unit.TON: r"톤",
    Unit.MILLILITRE: r"밀리리터",
    Unit.LITRE: r"리터",
    Unit.GALLON: r"갤런",
    Unit.KILOBYTE: r"킬로바이트",
    Unit.MEGABYTE: r"메가바이트|메가(?![가-힣])",
    Unit.GIGABYTE: r"기가바이트|기가(?![가-힣])",
    Unit.TERABYTE: r"테라바이트|테라(?![가-힣])",
    Unit.PETABYTE: r"페타바이트",
    Unit.BYTE: r"바이트",
    Unit.DEGREE: r"도(?![시로서])",
}
_CHINESE = {
    Unit.PERCENT: r"%|个?百分点|成(?![功为员本立果])|折",
    Unit.USD: r"美元|美金|美刀|刀|USD",
    Unit.CENT: r"美分",
    Unit.EUR: r"欧元",
    Unit.GBP: r"英镑",
    Unit.JPY: r"日元",
    Unit.KRW: r"韩元",
    Unit.CNY: r"元|人民币",
    Unit.MILLISECOND: r"毫秒",
    Unit.HOUR: r"个?半?(?:小时|钟头)",
    Unit.MINUTE: r"分钟?(?![之享别析类布数])",
    Unit.SECOND: r"秒",
    Unit.WEEK: r"个?(?:星期|礼拜)|周(?![年边围末])",
    Unit.MONTH: r"个半?月",
    Unit.CALENDAR_MONTH: r"月",
    Unit.DECADE: r"个十年",
    Unit.CENTURY: r"个?世纪",
    Unit.YEAR: r"周年|年(?![代级龄])|岁",
    Unit.DAY: r"天|日|号",
    Unit.SQUARE_KILOMETRE: r"平方(?:公里|千米)",
    Unit.SQUARE_METRE: r"平方米|平米",
    Unit.SQUARE_MILE: r"平方英里",
    Unit.SQUARE_FOOT: r"平方英尺",
    Unit.ACRE: r"英亩",
    Unit.HECTARE: r"公顷",
    Unit.NANOMETRE: r"纳米",
    Unit.MILLIMETRE: r"毫米",
    Unit.CENTIMETRE: r"厘米|公分",
    Unit.KILOMETRE: r"公里|千米",
    Unit.METRE: r"米(?![粒饭])",
    Unit.MILE: r"英里",
    Unit.FOOT: r"英尺",
    Unit.INCH: r"英寸",
    Unit.YARD: r"码",
    Unit.MILLIGRAM: r"毫克",
    Unit.KILOGRAM: r"公斤|千克",
    Unit.GRAM: r"克(?!拉)",
    Unit.OUNCE: r"盎司",
    Unit.POUND: r"磅",
    Unit.TON: r"吨",
    Unit.MILLILITRE: r"毫升",
    Unit.LITRE: r"升(?!级)",
    Unit.GALLON: r"加仑",
    Unit.MEGABYTE: r"兆字节",
    Unit.GIGABYTE: r"吉字节",
    Unit.TERABYTE: r"太字节",
    Unit.BYTE: r"个?字节",
    Unit.CELSIUS: r"摄氏度",
    Unit.FAHRENHEIT: r"华氏度",
    Unit.DEGREE: r"度(?![假过])",
}
_JAPANESE = {
    Unit.PERCENT: r"%|パーセント|割",
    Unit.USD: r"米?ドル|USD",
    Unit.CENT: r"セント",
    Unit.EUR: r"ユーロ",
    Unit.JPY: r"円",
    Unit.KRW: r"ウォン",
    Unit.CNY: r"人民元|元",
    Unit.MILLISECOND: r"ミリ秒",
    Unit.HOUR: r"時間",
    Unit.MINUTE: r"分(?![のか野類析散割配岐])",
    Unit.SECOND: r"秒",
    Unit.WEEK: r"週",
    Unit.MONTH: r"[ヶか箇カケヵ]月",
    Unit.CALENDAR_MONTH: r"月",
    Unit.CENTURY: r"世紀",
    Unit.YEAR: r"周年|年(?![代生齢])|歳|才",
    Unit.DAY: r"日(?!本)",
    Unit.SQUARE_KILOMETRE: r"平方キロ(?:メートル)?",
    Unit.SQUARE_METRE: r"平方メートル|平米",
    Unit.SQUARE_MILE: r"平方マイル",
    Unit.SQUARE_FOOT: r"平方フィート",
    Unit.ACRE: r"エーカー",
    Unit.HECTARE: r"ヘクタール",
    Unit.NANOMETRE: r"ナノメートル",
    Unit.MILLIMETRE: r"ミリメートル",
    Unit.CENTIMETRE: r"センチ(?:メートル)?",
    Unit.KILOMETRE: r"キロメートル",
    Unit.METRE: r"メートル",
    Unit.MILE: r"マイル",
    Unit.YARD: r"ヤード",
    Unit.FOOT: r"フィート|フット",
    Unit.INCH: r"インチ",
    Unit.MILLIGRAM: r"ミリグラム",
    Unit.KILOGRAM: r"キログラム",
    Unit.KILO: r"キロ(?![ァ-ヺ])",
    Unit.GRAM: r"グラム",
    Unit.OUNCE: r"オンス",
    Unit.POUND: r"ポンド",
    Unit.TON: r"トン",
    Unit.MILLILITRE: r"ミリリットル",
    Unit.LITRE: r"リットル",
    Unit.GALLON: r"ガロン",
    Unit.KILOBYTE: r"キロバイト",
    Unit.MEGABYTE: r"メガバイト",
    Unit.GIGABYTE: r"ギガバイト|ギガ(?![ァ-ヺ])",
    Unit.TERABYTE: r"テラバイト|テラ(?![ァ-ヺ])",
    Unit.PETABYTE: r"ペタバイト",
    Unit.BYTE: r"バイト",
    Unit.DEGREE: r"度(?![目々])",
}


def _words(own: dict[Unit, str]) -> dict[Unit, str]:
    """Return the patterns of a language with the symbols that all share; symbols go first."""
    both = [unit for unit in _SYMBOLS if unit in own]
    joined = {unit: f"{_SYMBOLS[unit]}|{own[unit]}" for unit in both}
    return {**_SYMBOLS, **own, **joined}


UNIT_WORDS = {
    Language.EN: _words(_ENGLISH),
    Language.KO: _words(_KOREAN),
    Language.ZH: _words(_CHINESE),
    Language.JA: _words(_JAPANESE),
}
"""What stands behind a number, as patterns; the first that fits counts."""

"""English, which is spoken in the recordings."""

import re

from podcast.languages import profile
from podcast.languages.letters import LATIN
from podcast.languages.line_breaks import NEVER, PHRASE, POOR, BreakRule, LineBreaks, any_of
from podcast.languages.units import Unit

_ARTICLES = any_of(
    "a an the my your his its our their this these those every each some any no "
    "mr. mrs. ms. dr. prof. st."
)
_JOINTS = any_of(
    # Conjunctions
    "and but or nor so because that which who whom whose when where while if unless until since "
    "although though whether than as "
    # and prepositions.
    "of in on at to for from with without by about into onto over under through between against "
    "during before after above below across behind toward towards within"
)
_LEANING = any_of(
    "i you he she it we they is are was were be will can could would not very billion million"
)
_OPENED = "^[\"'“‘(]*"

_LINE_BREAKS = LineBreaks(
    (
        BreakRule(NEVER, before=re.compile(f"{_OPENED}{_ARTICLES}$", re.IGNORECASE)),
        BreakRule(
            POOR,
            before=re.compile(rf"{_OPENED}(?:{_JOINTS}|{_LEANING})$|\d$", re.IGNORECASE),
        ),
        BreakRule(PHRASE, after=re.compile(rf"{_JOINTS}[.,?!]*(?!\S)", re.IGNORECASE)),
    )
)

_UNITS = {
    Unit.PERCENT: r"%|percent(?:age points?)?\b|per cent\b",
    Unit.USD: r"(?:US )?dollars?\b|bucks?\b|USD\b",
    Unit.CENT: r"cents?\b",
    Unit.EUR: r"euros?\b",
    Unit.GBP: r"pounds? sterling\b",
    Unit.JPY: r"yen\b",
    Unit.KRW: r"won\b(?= |[.,?!]|$)",
    Unit.CNY: r"yuan\b|RMB\b",
    Unit.NANOSECOND: r"nanoseconds?\b",
    Unit.MICROSECOND: r"microseconds?\b",
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
    Unit.WATT: r"watts?\b",
    Unit.KILOWATT: r"kilowatts?\b",
    Unit.MEGAWATT: r"megawatts?\b",
    Unit.GIGAWATT: r"gigawatts?\b",
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
_DECLINES = (
    "sorry|apolog|excuse|pardon|regret|afraid|forgiv|unfortunate|help|assist|support|provid|answer"
    r"|translat|language model|artificial|\bAI\b"
)
_HEADINGS = {
    profile.Heading.TRANSLATION: (
        r"translat|interpret|render|locali[sz]|subtitl|dubb|\bin(?:to)? (?:Korea|Chin|Japan|Engl)"
    ),
    profile.Heading.LANGUAGE: "Korea|Hangul|Chin|Mandarin|Japan",
    profile.Heading.ORIGINAL: "original|source|English",
    profile.Heading.ANSWER: r"answer|repl[iy]|respon|solution|\ba:",
    profile.Heading.SPEAKER: "speaker|host|moderator|presenter|guest",
}

ENGLISH = profile.LanguageProfile(
    code="en",
    tag="en",
    label="English",
    script=profile.Script(own=LATIN),
    punctuation=profile.Punctuation(),
    numbers=profile.Numbers(units=_UNITS),
    lengths=profile.Lengths(1.0, 1.0),
    doubts=profile.Doubts(declines=_DECLINES, headings=_HEADINGS),
    captions=profile.Captions(width=42.0, speed=20.0, has_half_widths=False),
    line_breaks=_LINE_BREAKS,
    fonts=profile.Fonts(
        office="Calibri",
        locale="en-US",
        video="Noto Sans",
        video_size=54.0,
    ),
)

"""What numbers look like in English, and the idioms that only look like them."""

import re

from podcast.language import Language
from translation.numbers.numerals_cjk import DIGITS
from translation.numbers.numerals_en import MAGNITUDES, NUMBER_WORD
from translation.numbers.row_units import UNIT_WORDS

IDIOMS = re.compile(
    r"""
    \b24/7\b | \btwenty[- ]four[- /]seven\b | \b20/20\b
    # Always, if said of the opening hours or as a complaint.
    | \b(?:24|twenty[- ]four)\ hours\ (?:a|per|each|every)\ day\b
    | \b(?:7|seven)\ days\ (?:a|per|each|every)\ week\b | \b365\ days\ a\ year\b
    | \b50[-/ ]50\b | \bfifty[- ]fifty\b
    | (?<!from\ )(?<![\d.,])\b9[- ]to[- ]5\b(?!\ ?(?:%|percent|[a-z]*illion|\w+s\b))
    | (?<!from\ )\bnine[- ]to[- ]five\b
    | \b(?:1|one)[- ](?:on|to)[- ](?:1|one)\b
    | \b1\ of\ (?:the|my|our|your|their|those|these|them|us)\b
    # A hundred percent is "fully", unless it is a share of something.
    | (?<![\d.,])\b(?:100|110|1000|(?:(?:a|one)\ )?hundred|a\ thousand)\ ?
      (?:%|percent\b)(?!\ of\b)
    | \b(?:No\.|number)\ ?(?:1|one)\b | \#1\b
    | \bcatch[- ]22\b | \bCOVID-19\b | \b7-Eleven\b
    | (?<=[a-z]\ )101(?=[.?!])
    | \b(?:1st|3rd)[- ]part(?:y|ies)\b
    | \bhigh[- ]five\w* | \btake\ five\b | \b(?:cloud|whole)\ nine\b | \bnine\ yards\b
    | \b(?:on|all)\ fours?\b | \bsix[- ]pack\w* | \bsix\ feet\ under\b | \bforty\ winks\b
    | \bin\ a\ million\b | \bthanks\ a\ million\b | \bfour[- ]letter\ word\w*
    | \bquarter\ of\ (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b
    | \b(?:five|six|seven|eight|nine)[- ]figures?\b
    | \b(?:fourth|4th)\ of\ July\b(?!,?\ \d)
    | \bin\ the\ eleventh\ hour\b | \b(?:two|three|four|five|six)\ nines\b
    | \b4x4\b | \bten\ out\ of\ ten\b
    | \b(?:eighteen|nineteen|twenty)\ oh[- ]\w+
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A good translation may say these without a number."""

_UNIT_WORDS = "|".join(f"(?P<{u.name}>{p})" for u, p in UNIT_WORDS[Language.EN].items())
UNIT = re.compile(rf"[\s-]*(?:{_UNIT_WORDS})", re.IGNORECASE)
_MAGNITUDE = "|".join(MAGNITUDES)
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
MONTHS = tuple(re.findall(r"\w+", _MONTH))
_PLAIN_MONTHS = "January|February|July|September|October|November|December"  # no names of people
CALENDAR = re.compile(
    rf"\b(?:(?i:in|last|next|this|since|until|by|early|late|mid|of|from|to|between|[a-z]+est)[ -]"
    rf"(?:{_MONTH})\b|(?:{_MONTH})(?=(?: the)? \d)|(?:{_PLAIN_MONTHS})\b"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?=\.? \d))"
)
_DAY = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
WEEKDAYS = tuple(_DAY.split("|"))
WEEKDAY = re.compile(
    rf"(?<!Ash )(?<!Fat )(?<!Good )(?<!Palm )(?<!Black )(?<!Cyber )(?<!Super )(?<!Easter )"
    rf"(?<!Bloody )\b(?P<day>{_DAY})(?:s|'s)?\b"
)
EXPRESSIONS = re.compile(
    rf"""
    (?P<season>\b(?P<since>(?:1[5-9]|20)\d\d)[-/](?P<till>\d\d)\b)
    |(?P<version>\b[A-Za-z]*\d+(?:\.\d+){{2,}}\b)
    |(?P<date>\b\d{{4}}-\d\d?-\d\d?\b|\b\d\d?/\d\d?/\d{{2,4}}\b)
    |(?P<zulu>\b(?P<zulu_hour>[01]\d|2[0-3])(?P<zulu_minute>[0-5]\d)(?=\ ?(?:GMT|UTC)\b))
    |(?P<height>\b(?P<feet>[3-8])(?:'\ ?|-foot-)(?P<inches>1[01]|\d)(?:"|''|\b(?!\d|,)))
    |(?P<race>\b\d\d?(?::[0-5]\d:[0-5]\d(?:\.\d+)?|:[0-5]\d\.\d+)\b)
    |(?P<relay>\b(?P<legs>\d+)\ ?[x×]\ ?(?P<leg>\d+)(?=\ ?m\b|-?\ ?met(?:er|re)))
    |(?P<clock>\b(?P<hour>\d\d?)(?:(?:[:.](?P<minute>\d\d))?\s?(?:(?P<half>[ap])\.?\s?m\b\.?
        |o'clock\b)|:(?P<plain_minute>[0-5]\d)\b(?![:\d])))
    |(?P<mixed>\b(?P<whole>\d+)
        (?:\s(?:and\s)?(?P<over>\d)/(?P<under>[1-9]\d*)\b|\sand\sa\s(?P<fraction>half|quarter)\b)
        (?:\s(?P<mixed_size>{_MAGNITUDE})\b)?)
    |(?P<ratio>\b(?P<above>\d+)/(?P<below>\d+)\b)
    |(?P<decade>(?<![\w.])'?(?P<years>\d{{2,4}})'?s\b)
    |(?P<ordinal>\b(?P<rank>\d+)(?:st|nd|rd|th)\b)
    |(?P<code>\b(?!(?:[ckm]?m[23]|CO2|H2O|Y2K)\b|(?:mid|pre|post|sub|late|early)-)[A-Za-z]+(?:-?[A-Za-z]+)*-?\d+(?:\.\d+)?[A-Za-z]*\b)
    |(?P<plain>(?:(?<![\w.)])(?P<minus>-))?(?P<sign>[$€£¥₩]\s?)?(?<![\w.])(?P<number>{DIGITS}|\.\d+)
        (?:[\s-]?(?P<size>{_MAGNITUDE})s?\b|\s?(?P<suffix>[bmt]n|[kKmMbBT]
            |grand(?!\s(?!(?:a|per|in|for|on|to|each)\b)))\b(?!\.[A-Z]))?)
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Each has a digit in it."""

RANGE = re.compile(
    rf"\s?(?:to|or|and|-)\s?(?:[$€£¥₩]\s?)?(?:{DIGITS}|{NUMBER_WORD})"
    rf"(?:[\s-]?(?P<size>{_MAGNITUDE})s?\b|(?P<suffix>[bmt]n|[kmb])\b)",
    re.IGNORECASE,
)
SPAN = re.compile(
    rf"\s?(?:to|or|and|-)\s?(?:{DIGITS}|(?:{NUMBER_WORD})(?:-(?:{NUMBER_WORD}))?)", re.IGNORECASE
)
"""What follows the first number of a range up to its unit: eight to nine inches."""

WEATHER = re.compile(
    r"\b(?:temperatures?|highs?|lows?|degrees?|heat|hot|warm|cool|cold|weather|thermometer|mercury"
    r"|Fahrenheit)\b",
    re.IGNORECASE,
)
MINUS = re.compile(r"\b(?:minus|negative) $", re.IGNORECASE)
PART_OF_DECADE = re.compile(
    r"\b(?:early|mid|middle|late|low|lower|high|upper)[- ](?:to[- ]late[- ])?(?:the )?'?$",
    re.IGNORECASE,
)
FALSE_START = re.compile(r"(?P<number>\d+) (?P=number) (?:and )?(?:\d/\d|a half)")
"""A number said twice: "1 1 and 1/2"."""

NAME = re.compile(r"(?:^|[\s(\"])(?P<name>[A-Z][A-Za-z]*)(?:[ -](?:uh|um),?)?[ -]$")

_LITTLE_WORDS = """
    A An And At But By For From If In Is It Its Like My No Of On Or Our So That The Then They This
    Those To We What When Which With Yeah You About Almost All Around Just Maybe Only Over Okay
    Under January February March April May June July August September October November December
"""
NO_NAMES = frozenset(_LITTLE_WORDS.split())
"""Words that may stand with a capital before a number that is not part of their name."""

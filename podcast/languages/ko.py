"""Korean."""

import re

from podcast.languages.line_breaks import (
    PHRASE,
    PLAIN,
    POOR,
    TIED,
    BreakRule,
    LineBreaks,
    any_of,
)
from podcast.languages.profile import Captions, Fonts, LanguageProfile, Lengths, Punctuation

_MODIFIERS = any_of(
    "이 그 저 한 두 세 네 몇 안 못 더 이런 그런 저런 어떤 모든 각 새 첫 여러 다음 지난 이번"
)
_BOUND = re.compile(
    r"(?:것|거|수|때|줄|적|등|뿐|데|만큼|대로)(?![가-힣]{2})"
    r"|(?:대[해한]|관[해한]|위[해한]|통[해한]|따라|비해|있|없|않|싶|주세)"
)
_CLAUSE = "(?:고|며|면|서|는데|은데|지만|니까|려고|도록)"
_ENDED = "[.?!。！？…⋯,;:、，；：—–-][\"'”’)」』）]*"
_TIED = "(?:의|있는|없는|하는|되는|않는|같은|작은|좋은|많은|높은|낮은|새로운)"
_SYLLABLES, _FINALS, _N, _L = range(ord("가"), ord("힣") + 1), 28, 4, 8
_ADNOMINAL = "".join(
    chr(code) for code in _SYLLABLES if (code - ord("가")) % _FINALS in {_N, _L}
).translate(dict.fromkeys(map(ord, "은는")))
"""Syllables that end in n or l, with which verbs and adjectives describe the next word."""

_LINE_BREAKS = LineBreaks(
    (
        BreakRule(POOR, before=re.compile(f"^{_MODIFIERS}$")),
        BreakRule(POOR, after=_BOUND),
        BreakRule(POOR, before=re.compile(r"^[\0-\x7f]+$"), after=re.compile(r"[\0-\x7f]")),
        BreakRule(PHRASE, before=re.compile(f"{_CLAUSE}$")),
        BreakRule(TIED, before=re.compile(f"{_TIED}$")),
        # The object of a verb that ends here.
        BreakRule(
            TIED,
            before=re.compile("[을를]$"),
            after=re.compile(rf"\S*(?:{_CLAUSE}|{_ENDED})(?!\S)"),
        ),
        BreakRule(PLAIN, before=re.compile("[을를]$")),
        BreakRule(TIED, before=re.compile(f"[{_ADNOMINAL}]$")),
    )
)

_WEB = """\
font-family: system-ui, -apple-system, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR",
    "Noto Sans CJK KR", sans-serif;
  word-break: keep-all; overflow-wrap: anywhere;"""

KOREAN = LanguageProfile(
    code="ko",
    tag="ko",
    label="Korean",
    punctuation=Punctuation(
        marks={"…": "...", ";": ",", "–": "—"},
        sentence_end=r"\s\S*(?:요|다|죠|까)$",  # a polite predicate
    ),
    lengths=Lengths(0.20, 1.0),  # published translations of talk: 0.23 to 0.8
    captions=Captions(width=16.0, speed=12.0),
    line_breaks=_LINE_BREAKS,
    fonts=Fonts(
        office="Malgun Gothic",
        locale="ko-KR",
        video="Noto Sans CJK KR",
        video_size=64.0,
        web=_WEB,
    ),
)

"""Japanese."""

import re

from podcast.languages.line_breaks import PHRASE, POOR, TIED, BreakRule, LineBreaks
from podcast.languages.profile import Captions, Fonts, LanguageProfile, Lengths, Punctuation

_MARKS = {
    ".": "。",
    ",": "、",
    "?": "？",
    "!": "！",
    "…": "……",
    ";": "。",
    ":": "：",
    "—": "――",
    "–": "――",
}

_BOUND = re.compile(
    r"(?:つい[てた]|よ[りっ]て|とって|対[しす]|関[しす]|おい[てた]|い[るたまな]|ください|くださ|くれ|ほし|もら"
    r"|こと|もの|ため|とき|よう|ので|しま|おき|みた|です|ます|ない)"
)
_NOUN = re.compile(r"[A-Za-z0-9\u3005\u30a1-\u30fa\u4e00-\u9fff]")
_LINE_BREAKS = LineBreaks(
    (
        BreakRule(POOR, after=_BOUND),
        BreakRule(TIED, before=re.compile("[のなを]$")),
        # Adjectives and verbs, which describe the noun that follows.
        BreakRule(TIED, before=re.compile("[いたるうくすつぬむぶぐ]$"), after=_NOUN),
        BreakRule(PHRASE, before=re.compile("[はも]$")),
    ),
    phrases="japanese",
)

_WEB = """\
font-family: system-ui, -apple-system, "Hiragino Sans", "Yu Gothic UI", "Meiryo",
    "Noto Sans JP", "Noto Sans CJK JP", sans-serif;
  line-break: strict;"""

JAPANESE = LanguageProfile(
    code="ja",
    tag="ja",
    label="Japanese",
    punctuation=Punctuation(
        marks=_MARKS,
        is_spaced=False,
        quotes=("「", "」"),
        inner_quotes=("『", "』"),
        has_single_quotes=False,
        sentence_end=".(?:です|ます|ました|ません|でした|ください|しょう|[ねよか])$",
    ),
    lengths=Lengths(0.20, 1.2),
    captions=Captions(width=13.0, speed=4.0),
    line_breaks=_LINE_BREAKS,
    fonts=Fonts(
        office="Yu Gothic",
        locale="ja-JP",
        video="Noto Sans CJK JP",
        video_size=64.0,
        web=_WEB,
    ),
)

"""Chinese, in simplified characters, which the code "zh" leaves open."""

import re

from podcast.languages.line_breaks import NEVER, TIED, BreakRule, LineBreaks
from podcast.languages.profile import Captions, Fonts, LanguageProfile, Lengths, Punctuation

_MARKS = {
    ".": "。",
    ",": "，",
    "?": "？",
    "!": "！",
    "…": "……",
    ";": "；",
    ":": "：",
    "—": "——",
    "–": "——",
}

_LINE_BREAKS = LineBreaks(
    (
        BreakRule(NEVER, after=re.compile(r"[的地得了着过吗呢吧啊们]|(?<=[一两几每这那])\w")),
        BreakRule(TIED, before=re.compile("[的最很更太不没都也再把被和与在]$")),
    ),
    phrases="simplified_chinese",
)

_WEB = """\
font-family: system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans SC",
    "Noto Sans CJK SC", sans-serif;"""

CHINESE = LanguageProfile(
    code="zh",
    tag="zh-Hans",
    label="Chinese",
    punctuation=Punctuation(
        marks=_MARKS,
        is_spaced=False,
        dash="——",
    ),
    lengths=Lengths(0.13, 0.7),  # published translations of talk: 0.14 to 0.67
    captions=Captions(width=16.0, speed=9.0),
    line_breaks=_LINE_BREAKS,
    fonts=Fonts(
        office="Microsoft YaHei",
        locale="zh-CN",
        video="Noto Sans CJK SC",
        video_size=64.0,
        web=_WEB,
    ),
)

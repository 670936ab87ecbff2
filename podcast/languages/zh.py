"""Chinese, in simplified characters, which the code "zh" leaves open."""

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
    fonts=Fonts(
        office="Microsoft YaHei",
        locale="zh-CN",
        video="Noto Sans CJK SC",
        video_size=64.0,
        web=("PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC"),
    ),
)

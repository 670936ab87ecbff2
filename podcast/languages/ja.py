"""Japanese."""

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
    fonts=Fonts(
        office="Yu Gothic",
        locale="ja-JP",
        video="Noto Sans CJK JP",
        video_size=64.0,
        web=("Hiragino Sans", "Yu Gothic UI", "Meiryo", "Noto Sans JP", "Noto Sans CJK JP"),
        web_rules="line-break: strict;",
    ),
)

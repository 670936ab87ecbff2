"""Korean."""

from podcast.languages.profile import Captions, Fonts, LanguageProfile, Lengths, Punctuation

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
    fonts=Fonts(
        office="Malgun Gothic",
        locale="ko-KR",
        video="Noto Sans CJK KR",
        video_size=64.0,
        web=("Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR"),
        web_rules="word-break: keep-all; overflow-wrap: anywhere;",
    ),
)

"""English, which is spoken in the recordings."""

from podcast.languages.profile import Captions, Fonts, LanguageProfile, Lengths, Punctuation

ENGLISH = LanguageProfile(
    code="en",
    tag="en",
    label="English",
    punctuation=Punctuation(),
    lengths=Lengths(1.0, 1.0),
    captions=Captions(width=42.0, speed=20.0, has_half_widths=False),
    fonts=Fonts(
        office="Calibri",
        locale="en-US",
        video="Noto Sans",
        video_size=54.0,
        web=("Segoe UI", "Noto Sans"),
        web_rules="word-break: normal;",
    ),
)

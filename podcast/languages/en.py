"""English, which is spoken in the recordings."""

import re

from podcast.languages.line_breaks import NEVER, PHRASE, POOR, BreakRule, LineBreaks, any_of
from podcast.languages.profile import Captions, Fonts, LanguageProfile, Lengths, Punctuation

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

ENGLISH = LanguageProfile(
    code="en",
    tag="en",
    label="English",
    punctuation=Punctuation(),
    lengths=Lengths(1.0, 1.0),
    captions=Captions(width=42.0, speed=20.0, has_half_widths=False),
    line_breaks=_LINE_BREAKS,
    fonts=Fonts(
        office="Calibri",
        locale="en-US",
        video="Noto Sans",
        video_size=54.0,
    ),
)

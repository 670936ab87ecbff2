"""Write a transcript in one language as the HTML of Podcasting 2.0: cite, time and paragraph."""

from html import escape

from outputs.markup.timestamps import clock
from outputs.record.record_lines import SaidLine, said_in, title_in
from outputs.record.record_types import EpisodeRecord
from podcast.language import Language

# Podcast apps know the format by its first characters, and a document type is not among those
# that they know; HTML lets a comment stand before it.
_HEAD = """\
<!-- Transcript -->
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
</head>
<body>
"""
_FOOT = "</body>\n</html>\n"


def render_podcast_html(record: EpisodeRecord, language: Language) -> str:
    """Write the lines of an episode in one language as HTML.

    Every line has its name: apps drop a line without one. The elements follow each other in the
    body, for apps do not look for them any deeper.

    Raises:
        BadInputError: The record does not hold that language.
    """
    title = _escape(title_in(record, language))
    lines = "".join(_line(line) for line in said_in(record, language))
    return _HEAD.format(language=language.tag, title=title) + lines + _FOOT


def _line(line: SaidLine) -> str:
    cite = f"<cite>{_escape(line.speaker)}:</cite>\n" if line.speaker else ""
    return f"{cite}<time>{clock(line.start)}</time>\n<p>{_escape(line.text)}</p>\n"


def _escape(text: str) -> str:
    return escape(text, quote=False)

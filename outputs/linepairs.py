"""The line-pair text: a header, then one line of English and under it one of the translation.

A page has two header lines, the show (with an optional label glued before it) and the title, or
the title alone. Every line after it belongs to a pair, none is empty, and the last one ends the
file without a line feed, as on the pages that publishing sites serve.
"""

import re
from dataclasses import dataclass

from podcast.errors import BadInputError
from podcast.transcript import BilingualTranscript, LinePair

FULL_HEADER = 2

MARK = "\ufeff"
"""A byte order mark, which editors put before the first line of a text."""
_ASIAN = re.compile("[^A-Za-z]*[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""A row whose first letter is Korean, Chinese or Japanese."""


@dataclass(frozen=True, slots=True)
class Page:
    """A line-pair text, read.

    Attributes:
        header: The show line and the title line, or the title line alone.
        pairs: (English, translation).
        ends_with_newline: Whether a line feed follows the last line.
        newline: What ends a line, where that is not a line feed alone.
        mark: A byte order mark before the first line, or nothing.
    """

    header: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    ends_with_newline: bool = False
    newline: str = "\n"
    mark: str = ""


def page_of(show: str, label: str, transcript: BilingualTranscript) -> Page:
    """Lay out a bilingual transcript as a page."""
    return Page(
        header=(f"{label}{show}", transcript.title.text),
        pairs=tuple((pair.source.text, pair.target.text) for pair in transcript.pairs),
    )


def render_page(page: Page) -> str:
    """Write a page; the inverse of `parse_page`, byte for byte, if all its lines end alike."""
    lines = [*page.header, *(line for pair in page.pairs for line in pair)]
    return page.mark + page.newline.join(lines) + (page.newline if page.ends_with_newline else "")


def parse_page(text: str, name: str = "the page") -> Page:
    """Read a page.

    Pairs take an even number of lines, so an odd total means that the header is the title alone.

    Args:
        text: The page.
        name: What to call it in an error.

    Raises:
        BadInputError: A line is empty, or there is no pair.
    """
    unmarked = text.removeprefix(MARK)
    newline = "\r\n" if "\r\n" in unmarked else "\n"
    content = unmarked.replace("\r\n", "\n")
    body = content.removesuffix("\n")
    lines = body.split("\n")
    if "" in lines:
        raise BadInputError(
            f"{name}: line {lines.index('') + 1} is empty. "
            "A line-pair text alternates English and translation without empty lines."
        )
    n_header = FULL_HEADER - len(lines) % 2
    if len(lines) <= n_header:
        raise BadInputError(f"{name} holds {len(lines)} lines, which is a header without a pair.")
    rest = lines[n_header:]
    return Page(
        header=tuple(lines[:n_header]),
        pairs=tuple(zip(rest[::2], rest[1::2], strict=True)),
        ends_with_newline=body != content,
        newline=newline,
        mark=text[: len(text) - len(unmarked)],
    )


def doubts_about(page: Page, name: str) -> tuple[str, ...]:
    """Say what looks as if a line were missing, in plain sentences."""
    first = next((n for n, (english, _) in enumerate(page.pairs) if _ASIAN.match(english)), None)
    doubts = []
    if len(page.header) < FULL_HEADER:
        doubts.append(
            f"{name} has an odd number of lines and is read with the title alone above the pairs. "
            "If it has a show's name as well, a line is missing, and the pairs are shifted."
        )
    if first is not None:
        line = len(page.header) + 2 * first + 1
        doubts.append(
            f"Line {line} of {name} should be English and is not: {page.pairs[first][0]!r}. "
            "A line is missing or too many before it."
        )
    return tuple(doubts)


def render_annotated(show: str, label: str, transcript: BilingualTranscript) -> str:
    """Write the page with a line of times and speaker above every pair, and a gap after it.

    Returns:
        Text whose pairs look like this::

            [00:00:04.120 --> 00:00:07.480] Speaker 1
            English
            Translation
    """
    header = f"{label}{show}\n{transcript.title.text}\n"
    return header + "".join(f"\n{_annotated(pair)}" for pair in transcript.pairs)


def _annotated(pair: LinePair) -> str:
    line = pair.source
    times = f"[{timestamp(line.start)} --> {timestamp(line.end)}] {line.speaker}"
    return f"{times}\n{line.text}\n{pair.target.text}\n"


def timestamp(seconds: float) -> str:
    """Format seconds as HH:MM:SS.mmm."""
    total_ms = round(seconds * 1000)
    minutes, ms = divmod(total_ms, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{ms // 1000:02d}.{ms % 1000:03d}"

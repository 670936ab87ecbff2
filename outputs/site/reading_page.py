"""Write the reading page: an episode in two languages as one HTML file that needs nothing else.

The page carries its style, its script and the times of its words, names no other address than
that of the audio, and opens from a disk as well as from a server. Without a script it can still
be read and heard. The same record gives the same bytes.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from urllib.parse import quote, urlsplit

from outputs.markup.page_labels import PageLabels, page_labels
from outputs.markup.timestamps import clock
from outputs.record.episode_record import transcript_in
from outputs.record.record_types import EpisodeRecord
from outputs.site.foreign_gaps import gaps_by_line, render_gaps
from outputs.site.html import asset, content_policy, html_text, json_text, page_head, shared_style
from outputs.site.page_links import render_downloads, render_languages, render_way_up
from outputs.site.reading_tools import (
    floating_menu,
    render_tools,
    side_names,
    speaker_numbers,
    tool_button,
)
from podcast.errors import BadInputError
from podcast.language import Language
from podcast.transcript import BilingualTranscript, Line, LinePair

N_COLOURS = 8
"""How many speaker colours the style has; more speakers share them in turn."""

LIST = 20
"""Lines of one list. What is not on the screen is left out by lists: the browser looks at each one
in each frame."""

SPEEDS = ("0.75", "1", "1.25", "1.5", "1.75", "2")

COPY_SIGN = (
    '<svg width="16" height="16" aria-hidden="true" fill="none" stroke="currentColor">'
    '<path d="M5.5 5v-3.5h9v9h-3.5M1.5 5.5h9v9h-9z"/></svg>'
)
"""Two sheets; no font is sure to have one."""

SCRIPTS = ("lines.js", "search.js", "player.js", "copying.js", "tools.js")
"""The parts of the page's script, in the order in which they lean on each other."""


def render_reading_page(
    record: EpisodeRecord,
    target: Language,
    labels: str = "en",
    audio: str = "",
    downloads: Sequence[str] = (),
) -> str:
    """Write the page of an episode in one language.

    Args:
        record: The episode.
        target: The language beside the English.
        labels: The language of the page's own words, by its code; see `page_labels`.
        audio: The URL of the recording, or its path relative to the page, percent-encoded where
            a URL has to be; empty for a page whose reader opens the file.
        downloads: Names of the files beside the page that it offers.

    Raises:
        BadInputError: The record holds no such language, there are no such labels, or the audio
            is neither a web address nor a relative path.
    """
    words = page_labels(labels)
    transcript = transcript_in(record, target)
    gaps = gaps_by_line(record)
    after = {n: render_gaps(of, words) for n, of in gaps.items()}
    style = shared_style() + asset("page.css") + (asset("gap.css") if gaps else "")
    script = page_script()
    title = f"{transcript.title.text} – {record.show}"
    policy = content_policy(style, script, f"media-src {_media_source(audio)}")
    parts = (
        page_head(words.tag, title, style, policy),
        f'<body class="view-both main-target{" has-audio" if audio else ""}">',
        f'<a class="skip" href="#page-transcript">{html_text(words.skip)}</a>',
        _head(record, transcript, words, audio, downloads),
        render_tools(record, target, words),
        f'<main id="page-transcript" tabindex="-1" aria-label="{html_text(words.transcript)}">',
        after.get(-1, ""),
        f'<div class="lines wide" id="page-lines" lang="{transcript.source.tag}">',
        *_lists(tuple(_lines(record, transcript, after))),
        "</div>\n</main>",
        _copying(target, words),
        _player(audio, words),
        _data(record, transcript, words),
        f"<script>{script}</script>\n</body>\n</html>",
    )
    return "\n".join(parts) + "\n"


@cache
def page_script() -> str:
    """Return the script of the page, whose parts share one scope of their own."""
    return f'(() => {{\n"use strict";\n{"".join(map(asset, SCRIPTS))}}})();\n'


def check_audio(audio: str) -> None:
    """Look whether a page could play this.

    Raises:
        BadInputError: It is neither a web address nor a relative path.
    """
    _media_source(audio)


def _media_source(audio: str) -> str:
    """Say from where the audio may come; a web address may lead on to another host.

    A file that the reader opens is a "blob:" to the page.

    Raises:
        BadInputError: It is neither a web address nor a relative path.
    """
    if not audio:
        return "blob:"
    parts = urlsplit(audio)
    if parts.scheme == "https":
        return "https:"
    if parts.scheme == "http" or (not parts.scheme and parts.netloc):
        return "http: https:"
    if parts.scheme:
        raise BadInputError(
            f"The page cannot play {audio!r}. Give a web address or a path relative to the page."
        )
    # A page from a disk is nobody's "self" to some browsers.
    return "'self' file:"


def _head(
    record: EpisodeRecord,
    transcript: BilingualTranscript,
    words: PageLabels,
    audio: str,
    downloads: Sequence[str],
) -> str:
    source, target = transcript.source.tag, transcript.target.tag
    hint = f'<span class="hint"> · {html_text(words.hint)}</span>' if audio else ""
    languages = render_languages(record, transcript.target, words)
    label = html_text(words.languages)
    return (
        f'<header class="head wide">\n{render_way_up(record, words)}\n'
        f'<h1 lang="{target}">{html_text(transcript.title.text)}</h1>\n'
        f'<p lang="{source}">{html_text(record.title)}</p>\n'
        f'<p class="facts">{clock(record.recording.duration)}{hint}</p>\n<div class="beside">'
        + (f'<nav class="languages" aria-label="{label}">{languages}</nav>' if languages else "")
        + f"{render_downloads(record, downloads, words)}</div>\n</header>"
    )


def _lists(lines: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(lines), LIST):
        yield "\n".join(("<ol>", *lines[start : start + LIST], "</ol>"))


def _lines(
    record: EpisodeRecord, transcript: BilingualTranscript, after: Mapping[int, str]
) -> Iterator[str]:
    """Lay out the lines; what stands after one is in its element: the script counts those."""
    numbers = speaker_numbers(record)
    before = ""
    for n, pair in enumerate(transcript.pairs):
        yield _line(pair, transcript, numbers, before) + after.get(n, "") + "</li>"
        before = pair.source.speaker


def _line(
    pair: LinePair, transcript: BilingualTranscript, numbers: Mapping[str, int], before: str
) -> str:
    line = pair.source
    nth = numbers[line.speaker]
    classes = f"p{nth} s{nth % N_COLOURS}" if line.speaker else f"p{nth}"
    same = " same" if line.speaker == before else ""
    name = f'<bdi class="name">{html_text(line.speaker)}</bdi>' if line.speaker else ""
    link = html_text(quote(line.id, safe=""))
    return (
        f'<li id="{html_text(line.id)}" class="{classes}{same}">'
        f'<a class="time" href="#{link}">{clock(line.start)}</a>{name}'
        f'<div class="text"><p class="source">{html_text(line.text)}</p>'
        f'<p class="target" lang="{transcript.target.tag}">{html_text(pair.target.text)}</p></div>'
    )


def _copying(target: Language, words: PageLabels) -> str:
    """Write the buttons that copy a line; the script puts them beside one."""
    texts = side_names(target, words) | {"link": words.link}
    buttons = "".join(
        f'<button type="button" value="{what}">{html_text(text)}</button>'
        for what, text in texts.items()
    )
    more = f' lang="{words.tag}" hidden'
    menu = floating_menu("copying", words.copy, COPY_SIGN, buttons, more)
    return f'{menu}<output class="said" id="page-said"></output>'


def _player(audio: str, words: PageLabels) -> str:
    source = f' src="{html_text(audio)}"' if audio else " hidden"
    opener = (
        '<label class="open"><input type="file" id="page-file" accept="audio/*,video/*">'
        f"<span>{html_text(words.open_file)}</span></label>"
    )
    return (
        f'<section class="player" id="page-player" aria-label="{html_text(words.player)}"'
        f'{"" if audio else " hidden"}><div class="wide">'
        f'<p id="page-silent" role="alert" hidden>{html_text(words.silent)}</p>'
        f"{'' if audio else opener}"
        f'<audio id="page-audio" controls preload="metadata"{source}></audio>{_pace(words)}'
        "</div></section>"
    )


def _pace(words: PageLabels) -> str:
    speeds = "".join(
        f'<option value="{speed}"{" selected" if speed == "1" else ""}>{speed}×</option>'
        for speed in SPEEDS
    )
    return (
        '<div class="pace" id="page-pace" hidden>'
        f"{tool_button('page-back', words.back, '−15')}"
        f"{tool_button('page-ahead', words.ahead, '+15')}"
        f'<select id="page-speed" aria-label="{html_text(words.speed)}">{speeds}</select></div>'
    )


def _data(record: EpisodeRecord, transcript: BilingualTranscript, words: PageLabels) -> str:
    """Write what the script knows, such that no text in it can end the element that it is in."""
    data = {
        "key": f"interlinear:{record.recording.sha256[:16]}:{transcript.target.value}",
        "nothing": words.nothing,
        "copied": words.copied,
        "times": [_times(pair.source) for pair in transcript.pairs],
    }
    return f'<script type="application/json" id="page-data">{json_text(data)}</script>'


def _times(line: Line) -> list[int]:
    """Lay out the times of a line in hundredths of a second.

    Returns:
        Start and end, then for each word the way from the start of the word before it (of the
        line, for the first) and its duration. No words where the text does not tell them apart
        by its spaces, which is so for some corrected lines.
    """
    start = _hundredths(line.start)
    times = [start, _hundredths(line.end)]
    if len(line.text.split(" ")) == len(line.words):
        before = start
        for word in line.words:
            begin = _hundredths(word.start)
            times += [begin - before, _hundredths(word.end) - begin]
            before = begin
    return times


def _hundredths(seconds: float) -> int:
    return round(seconds * 100)

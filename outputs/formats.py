"""Which files an episode is published in besides its record, and who renders each. Pure."""

from collections.abc import Callable, Iterator

from outputs.captions.lyrics import render_lyrics
from outputs.captions.subrip import render_pair_subrip, render_subrip
from outputs.captions.substation import render_pair_ass
from outputs.captions.ttml import render_pair_ttml, render_ttml
from outputs.captions.webvtt import render_pair_webvtt, render_webvtt
from outputs.feed_tags.feed_fragment import FRAGMENT_NAME, render_fragment
from outputs.markup.pair_order import PairOrder
from outputs.quality.report import render_report
from outputs.quality.timeline_svg import render_timeline
from outputs.record.record_types import EpisodeRecord
from outputs.site.reading_page import render_reading_page
from outputs.text.pair_tables import render_pair_csv, render_pair_markdown
from outputs.text.plain_text import render_plain_text
from outputs.text.podcast_html import render_podcast_html
from outputs.text.podcast_json import render_podcast_json
from outputs.text.word_document import render_word_document
from podcast.language import Language

REPORT_NAME = "report.md"
TIMELINE_NAME = "timeline.svg"

Render = Callable[[EpisodeRecord, Language], str]

IN_FEED: tuple[tuple[str, Render], ...] = (
    ("vtt", render_webvtt),
    ("podcast.html", render_podcast_html),
    ("podcast.json", render_podcast_json),
    ("srt", render_subrip),
    ("plain.txt", render_plain_text),
)
"""One language each, the recommended formats of the podcast namespace first."""

PAIRED: tuple[tuple[str, Render], ...] = (
    ("vtt", lambda record, target: render_pair_webvtt(record, target, _order(record))),
    ("srt", lambda record, target: render_pair_subrip(record, target, _order(record))),
    ("ass", lambda record, target: render_pair_ass(record, target, _order(record))),
    ("lrc", render_lyrics),
    ("ttml", render_pair_ttml),
    ("md", render_pair_markdown),
    ("csv", render_pair_csv),
)
"""English and another language together."""


def render_formats(record: EpisodeRecord) -> Iterator[tuple[str, bytes]]:
    """Render all that sites, players and people read.

    Args:
        record: With its quality.

    Yields:
        File name and content: `<code>.*` in one language, `en-<code>.*` in two, `<code>.html` the
        reading page, the tags for a feed, the report of the quality and the picture of who speaks.
    """
    yield REPORT_NAME, render_report(record).encode()
    yield TIMELINE_NAME, render_timeline(record).encode()
    source, targets = Language(record.language), [Language(code) for code in record.titles]
    for language in (source, *targets):
        for ending, render in (*IN_FEED, ("ttml", render_ttml)):
            yield f"{language.value}.{ending}", render(record, language).encode()
    for target in targets:
        yield from _paired(record, f"{source.value}-{target.value}", target)
    names = [f"{x.value}.{ending}" for x in (source, *targets) for ending, _ in IN_FEED]
    yield FRAGMENT_NAME, render_fragment(record, "", names).encode()


def _paired(record: EpisodeRecord, name: str, target: Language) -> Iterator[tuple[str, bytes]]:
    for ending, render in PAIRED:
        yield f"{name}.{ending}", render(record, target).encode()
    yield f"{name}.docx", render_word_document(record, target)
    sound = record.recording.source
    known = sound if "://" in sound else ""  # a file's place on the machine is nobody's business
    audio = record.rendering.audio or known
    endings = ("docx", *(ending for ending, _ in PAIRED))
    downloads = (f"{target.value}.txt", *(f"{name}.{ending}" for ending in endings))
    page = render_reading_page(record, target, record.rendering.interface, audio, downloads)
    yield f"{target.value}.html", page.encode()


def _order(record: EpisodeRecord) -> PairOrder:
    return PairOrder(record.rendering.order)

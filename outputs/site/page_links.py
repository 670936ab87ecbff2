"""Write where the reading page leads: its show, the other languages, and the files beside it."""

from collections.abc import Sequence
from urllib.parse import quote

from outputs.markup.page_labels import PageLabels
from outputs.record.record_types import EpisodeRecord
from outputs.site.html import html_text
from podcast.language import Language

SHOW_PAGE = "../index.html"
INDEX_PAGE = "../../index.html"


def render_way_up(record: EpisodeRecord, words: PageLabels) -> str:
    """Write the links to the page of the show and to that of all shows."""
    tag = Language(record.language).tag
    return (
        f'<nav class="way" aria-label="{html_text(words.shows)}">'
        f'<a class="show" href="{SHOW_PAGE}"><bdi lang="{tag}">{html_text(record.show)}</bdi></a>'
        f'<a href="{INDEX_PAGE}">{html_text(words.all_shows)}</a></nav>'
    )


def render_languages(record: EpisodeRecord, target: Language, words: PageLabels) -> str:
    """Write the links to the other languages, which the script makes lead to the same line."""
    others = [Language(code) for code in record.titles if code != target.value]
    return "".join(
        f'<a class="same-line" href="{other.value}.html" hreflang="{other.tag}">'
        f"{html_text(words.names[other.value])}</a>"
        for other in others
    )


def render_downloads(record: EpisodeRecord, names: Sequence[str], words: PageLabels) -> str:
    """Write the list of files to take along, which a browser saves under the episode's name."""
    links = "".join(
        f'<li><a href="{html_text(quote(name))}" download="{html_text(record.title)}.{name}">'
        f"{html_text(_ending(name).upper())}</a></li>"
        for name in names
    )
    heading = f"<summary>{html_text(words.downloads)}</summary>"
    return f'<details class="downloads">{heading}<ul>{links}</ul></details>' if names else ""


def _ending(name: str) -> str:
    return name.rpartition(".")[2]

"""All the files of one episode, rendered from its record. Pure."""

from dataclasses import replace
from itertools import chain

from outputs.formats import render_formats
from outputs.linepairs import MARK, Page, page_of, render_annotated, render_page
from outputs.quality.measures import quality_of
from outputs.record.episode_record import (
    RECORD_NAME,
    check_record,
    dump_record,
    transcript_in,
)
from outputs.record.record_types import EpisodeRecord
from podcast.errors import InvariantError
from podcast.language import Language


def render_bundle(record: EpisodeRecord) -> dict[str, bytes]:
    """Render every file of an episode.

    Args:
        record: Its quality is measured where it has none; after a change, measure it anew.

    Returns:
        File name -> content: for each language `<code>.txt` (the line-pair text) and
        `<code>.annotated.txt`; the record itself; and what `outputs.formats` renders.

    Raises:
        InvariantError: A page or the record does not read back as it was written.
    """
    record = replace(record, quality=quality_of(record))
    files = {RECORD_NAME: dump_record(record), **dict(render_formats(record))}
    for code in record.titles:
        transcript = transcript_in(record, Language(code))
        page = page_of(record.show, record.label, transcript)
        text = render_page(page)
        _check_reads_back(page, text, f"{code}.txt of {record.title!r}")
        files[f"{code}.txt"] = text.encode()
        annotated = render_annotated(record.show, record.label, transcript)
        files[f"{code}.annotated.txt"] = annotated.encode()
    check_record(record)
    return files


def _check_reads_back(page: Page, text: str, name: str) -> None:
    """Refuse a page with a line that readers would take for another one, or for two."""
    written = [*page.header, *chain.from_iterable(page.pairs)]
    read = text.removeprefix(MARK).replace("\r\n", "\n").split("\n")
    pairs = enumerate(zip(read, written, strict=False), start=1)
    line = next((n for n, (found, cell) in pairs if found != cell or not cell), 0)
    if line:
        raise InvariantError(
            f"{name} would not read back: line {line} is {written[line - 1]!r}. Put it right in "
            f"{RECORD_NAME}, or process the episode again."
        )

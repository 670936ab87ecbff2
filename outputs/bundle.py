"""All the files of one episode, rendered from its record. Pure."""

from dataclasses import replace

from outputs.formats import render_formats
from outputs.linepairs import page_of, parse_page, render_annotated, render_page
from outputs.quality import quality_of
from outputs.record import RECORD_NAME, dump_record, transcript_in
from outputs.recorded import EpisodeRecord
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
        InvariantError: A page does not read back as it was written.
    """
    record = replace(record, quality=quality_of(record))
    files = {RECORD_NAME: dump_record(record), **dict(render_formats(record))}
    for code in record.titles:
        transcript = transcript_in(record, Language(code))
        page = page_of(record.show, record.label, transcript)
        text = render_page(page)
        if parse_page(text) != page:
            raise InvariantError(
                f"{code}.txt of {record.title!r} would not read back. Look for a line break or a "
                f"sign that cannot be seen in {RECORD_NAME}, and process the episode again."
            )
        files[f"{code}.txt"] = text.encode()
        annotated = render_annotated(record.show, record.label, transcript)
        files[f"{code}.annotated.txt"] = annotated.encode()
    return files

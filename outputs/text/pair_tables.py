"""Write the pairs of an episode as tables: Markdown to read, CSV for spreadsheets."""

import csv
import re
from io import StringIO

from outputs.markup.escaping import escape_markdown, markdown_table
from outputs.markup.timestamps import clock
from outputs.record.episode_record import transcript_in
from outputs.record.record_types import EpisodeRecord
from podcast.language import Language
from podcast.transcript import LinePair

BYTE_ORDER_MARK = "\ufeff"

# Also with spaces and full-width: a spreadsheet may take either off before it looks.
_FORMULA = re.compile(r"['\s]*[=+\-@＝＋－＠]")


def render_pair_markdown(record: EpisodeRecord, target: Language) -> str:
    """Write the pairs as a Markdown table under the two titles.

    Raises:
        BadInputError: The record does not hold that language.
    """
    transcript = transcript_in(record, target)
    heads = ("Time", "Speaker", transcript.source.label, target.label)
    table = markdown_table(heads, map(_markdown_row, transcript.pairs), "r")
    subtitle = " · ".join(filter(None, map(escape_markdown, (transcript.title.text, record.show))))
    return f"# {escape_markdown(record.title)}\n\n{subtitle}\n\n{table}\n"


def render_pair_csv(record: EpisodeRecord, target: Language) -> str:
    """Write the pairs as CSV after RFC 4180, with a row of heads; times are in seconds.

    The text begins with a byte order mark: without one Excel reads a file as of the machine's
    own code page, which ruins every Korean, Chinese and Japanese character. Python reads it as
    "utf-8-sig".

    A cell that a spreadsheet would take for a formula gets an apostrophe in front, and so does
    one that begins with apostrophes before such a sign. Taking one apostrophe away from what
    matches that rule therefore gives every text back.

    Raises:
        BadInputError: The record does not hold that language.
    """
    transcript = transcript_in(record, target)
    table = StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(["line", "start", "end", "speaker", transcript.source.tag, target.tag])
    for pair in transcript.pairs:
        line = pair.source
        texts = map(_guard, (line.speaker, line.text, pair.target.text))
        writer.writerow([line.id, f"{line.start:.3f}", f"{line.end:.3f}", *texts])
    return BYTE_ORDER_MARK + table.getvalue()


def _markdown_row(pair: LinePair) -> tuple[str, ...]:
    texts = (pair.source.speaker, pair.source.text, pair.target.text)
    return clock(pair.source.start), *map(escape_markdown, texts)


def _guard(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell

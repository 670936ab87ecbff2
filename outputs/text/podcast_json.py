"""Write a transcript in one language as the JSON of Podcasting 2.0: one segment for each line."""

import json

from outputs.record.record_lines import SaidLine, said_in
from outputs.record.record_types import EpisodeRecord
from podcast.language import Language

VERSION = "1.0.0"

_DECIMALS = 3  # of a second


def render_podcast_json(record: EpisodeRecord, language: Language) -> str:
    """Write the lines of an episode in one language as JSON.

    Raises:
        BadInputError: The record does not hold that language.
    """
    segments = [_segment(line) for line in said_in(record, language)]
    document = {"version": VERSION, "segments": segments}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _segment(line: SaidLine) -> dict[str, str | float]:
    speaker: dict[str, str | float] = {"speaker": line.speaker} if line.speaker else {}
    return speaker | {
        "startTime": round(line.start, _DECIMALS),
        "endTime": round(line.end, _DECIMALS),
        "body": line.text,
    }

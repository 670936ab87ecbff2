"""Write a transcript in one language as plain text to read: a paragraph for each turn."""

from collections.abc import Iterable
from itertools import groupby

from outputs.record.record_lines import join_texts, said_in
from outputs.record.record_types import EpisodeRecord
from podcast.language import Language


def render_plain_text(record: EpisodeRecord, language: Language) -> str:
    """Write the lines of an episode in one language, the speaker's name before every turn.

    Raises:
        BadInputError: The record does not hold that language.
    """
    turns = groupby(said_in(record, language), key=lambda line: line.speaker)
    paragraphs = [_paragraph(name, (line.text for line in turn), language) for name, turn in turns]
    return "\n\n".join(paragraphs) + "\n" if paragraphs else ""


def _paragraph(name: str, texts: Iterable[str], language: Language) -> str:
    text = join_texts(texts, language)
    return f"{name}: {text}" if name else text

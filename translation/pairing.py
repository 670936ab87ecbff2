"""Put a transcript and its translations together, row by row. Pure."""

from collections.abc import Sequence

from podcast.errors import InvariantError
from podcast.language import Language
from podcast.transcript import BilingualTranscript, LinePair, Transcript, Translation

MODEL = "model"
GIVEN = "given"
SOURCE_KEPT = "source"

EMPTY_CHECK = "empty"
"""The model gave nothing back, so that the English stays in the cell."""


def pair_lines(
    transcript: Transcript, target: Language, title: Translation, texts: Sequence[str]
) -> BilingualTranscript:
    """Pair every line with its translation.

    Args:
        transcript: The lines.
        target: The language of the texts.
        title: The episode's title in that language.
        texts: One for each line, in order; an empty one leaves the English, flagged.

    Raises:
        InvariantError: There are more or fewer texts than lines.
    """
    if len(texts) != len(transcript.lines):
        raise InvariantError(
            f"{len(transcript.lines)} lines came back as {len(texts)} in {target.label}."
        )
    pairs = zip(transcript.lines, texts, strict=True)
    return BilingualTranscript(
        source=transcript.language,
        target=target,
        title=title,
        pairs=tuple(LinePair(line, translated(line.text, text)) for line, text in pairs),
    )


def translated(source: str, text: str) -> Translation:
    """Wrap what the model gave back; where it gave nothing, the source stays, flagged."""
    text = " ".join(text.split())
    if text:
        return Translation(text, made=MODEL)
    return Translation(source, made=SOURCE_KEPT, checks=(EMPTY_CHECK,))

"""Read captions with their times, WebVTT or SubRip: who says what, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from audio.transcripts.transcript_cues import is_captions, lines_of_captions
from audio.transcripts.transcript_headings import without_headings
from audio.transcripts.transcript_speech import spoken
from podcast.errors import BadInputError


@dataclass(frozen=True, slots=True)
class Caption:
    """What one person says in one cue.

    Attributes:
        start: Seconds, of the cue.
        end: Seconds, never before `start`.
        speaker: Empty where the captions do not say.
        text: In one line.
    """

    start: float
    end: float
    speaker: str
    text: str


def parse_captions(text: str, name: str) -> tuple[Caption, ...]:
    """Read captions, those that roll up once.

    Who speaks is told by voices, as WebVTT has them, or by names before colons or above the text;
    such a name holds until the next one.

    Args:
        text: The content of the file.
        name: What to call it in an error.

    Returns:
        In time order.

    Raises:
        BadInputError: There are no captions, or one ends before it starts.
    """
    if not is_captions(text):
        raise BadInputError(
            f"{name} holds no captions: no line is like 00:00:01,000 --> 00:00:02,500. Give WebVTT "
            "or SRT."
        )
    captions = sorted(_captions(text), key=lambda caption: caption.start)
    for one in captions:
        if one.end < one.start:
            raise BadInputError(
                f"{name}: the caption from {one.start:.3f} s to {one.end:.3f} s ends before it "
                "starts. Correct its times."
            )
    return tuple(captions)


def _captions(text: str) -> Iterator[Caption]:
    passages = map(spoken, without_headings(list(lines_of_captions(text))))
    said = (passage for passage in passages if passage.text)
    for (span, speaker), parts in groupby(
        said, key=lambda passage: (passage.span, passage.speaker)
    ):
        if span:
            yield Caption(span.start, span.end, speaker, " ".join(part.text for part in parts))

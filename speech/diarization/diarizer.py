"""What each diarizer does, whatever engine is in it: who speaks when."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from audio.waveforms.waveform import Waveform
from podcast.errors import BadInputError
from podcast.model_reference import ModelReference
from podcast.progress import Report
from podcast.timeline import Diarization, Span
from speech.diarization.chunk_outputs import ChunkOutputs


@dataclass(frozen=True, slots=True)
class DiarizationOptions:
    """How many people speak, where that is known.

    Attributes:
        num_speakers: Exactly this many.
        min_speakers: At least this many.
        max_speakers: At most this many.
    """

    num_speakers: int | None = None
    min_speakers: int | None = None
    max_speakers: int | None = None

    def __post_init__(self) -> None:
        """Refuse counts that contradict each other."""
        counts = (self.num_speakers, self.min_speakers, self.max_speakers)
        if any(count is not None and count < 1 for count in counts):
            raise BadInputError("The number of speakers must be 1 or more.")
        if self.num_speakers and (self.min_speakers or self.max_speakers):
            raise BadInputError("Give the exact number of speakers or a range, not both.")
        if self.min_speakers and self.max_speakers and self.min_speakers > self.max_speakers:
            raise BadInputError("The smallest number of speakers is above the largest one.")

    @property
    def is_count_open(self) -> bool:
        """Whether nobody has said how many people speak."""
        return not (self.num_speakers or self.min_speakers or self.max_speakers)


class Diarizer(Protocol):
    """Finds out who speaks when: first chunk by chunk, then who is who."""

    def padded_span(self, piece: Span, duration: float) -> Span:
        """Return the sound that a piece of a recording needs, in seconds.

        Args:
            piece: The part of the recording in which its chunks begin.
            duration: Of the recording, in seconds.
        """
        ...

    def segment_and_embed(self, waveform: Waveform, report: Report) -> ChunkOutputs:
        """Return who speaks in each chunk of a sound.

        Args:
            waveform: What `padded_span` says.
            report: Called as the work goes on.
        """
        ...

    def cluster(
        self, pieces: Sequence[ChunkOutputs], duration: float, options: DiarizationOptions
    ) -> Diarization:
        """Return the turns, overlaps and voices of a recording.

        Args:
            pieces: The chunks of all of its pieces, in time order.
            duration: Of the recording, in seconds.
            options: What is known about the number of speakers.
        """
        ...


class DiarizerReference(ModelReference[Diarizer], Protocol):
    """Says which diarizer."""

    def problems(self) -> tuple[str, ...]:
        """Say what is wrong with its files, without loading it."""
        ...

"""What each recogniser does, whatever engine is in it: what is said, word by word."""

from dataclasses import dataclass
from typing import Protocol

from audio.waveforms.waveform import Waveform
from podcast.model_reference import ModelReference
from podcast.progress import Report
from podcast.timeline import Segment, Span, Transcription


@dataclass(frozen=True, slots=True)
class TranscriptionOptions:
    """What is known of what is said.

    Attributes:
        language: Code of the spoken language.
        hotwords: Names and terms to expect, the most important first; a recogniser that takes none
            passes them over.
    """

    language: str = "en"
    hotwords: tuple[str, ...] = ()


class Recogniser(Protocol):
    """Finds out what is said."""

    def transcribe(
        self, waveform: Waveform, options: TranscriptionOptions, report: Report
    ) -> Transcription:
        """Return the recognised segments, and where there is speech.

        Args:
            waveform: The whole recording.
            options: What is known of what is said.
            report: Called as the work goes on.
        """
        ...

    def redecode(
        self, waveform: Waveform, span: Span, options: TranscriptionOptions
    ) -> tuple[Segment, ...]:
        """Decode one window again, with more care and other settings.

        Args:
            waveform: The whole recording.
            span: The stretch.
            options: What is known of what is said.

        Returns:
            Its segments in time order, timed in the whole recording.
        """
        ...

    def decode_alone(
        self, waveform: Waveform, span: Span, options: TranscriptionOptions
    ) -> tuple[Segment, ...]:
        """Decode one stretch in which somebody speaks: all of it, and as loud as speech is.

        Args:
            waveform: The whole recording.
            span: The stretch.
            options: What is known of what is said.

        Returns:
            Its segments in time order, timed in the whole recording.
        """
        ...

    def languages_of(self, waveform: Waveform, span: Span) -> dict[str, float]:
        """Say in which language a stretch of speech is, as far as the recogniser can tell.

        Args:
            waveform: The whole recording.
            span: The stretch.

        Returns:
            Code of a language -> its probability; unlikely ones are left out.
        """
        ...


class RecogniserReference(ModelReference[Recogniser], Protocol):
    """Says which recogniser."""

    def problems(self) -> tuple[str, ...]:
        """Say what is wrong with its files, without loading it."""
        ...

    def described(self) -> dict[str, str | int | None]:
        """Return how it is told to decode, as the record keeps it."""
        ...

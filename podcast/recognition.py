"""What was recognised in a recording: who speaks when, and what they say."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from podcast.coverage import Coverage
from podcast.recording import Recording
from podcast.timeline import Diarization, Segment, SpokenWord
from podcast.transcript import DroppedWord


@dataclass(frozen=True, slots=True)
class Recognition:
    """What was recognised in a recording.

    Attributes:
        recording: The sound.
        diarization: Who speaks when.
        segments: What is said, after all.
        dropped: Words that the recogniser wrote and that were not believed.
        labels: For every word of the segments who says it by the publisher's transcript, where
            that tells; empty without one.
        text: Where the words come from, in a sentence; empty if they are as recognised.
        coverage: How much of what is spoken has words; None if nobody has looked.
        words: The words of the segments with their speakers, in time order.
        written_names: Speaker -> name, as far as the publisher's transcript names them.
    """

    recording: Recording
    diarization: Diarization
    segments: tuple[Segment, ...]
    dropped: tuple[DroppedWord, ...] = ()
    labels: tuple[str, ...] = ()
    text: str = ""
    coverage: Coverage | None = None
    words: tuple[SpokenWord, ...] = ()
    written_names: Mapping[str, str] = field(default_factory=dict)

    def with_speakers(self, ids: Mapping[str, str]) -> "Recognition":
        """Return it with some speakers called otherwise: id -> new id."""
        words = (replace(w, speaker=ids.get(w.speaker, w.speaker)) for w in self.words)
        names = {ids.get(id_, id_): name for id_, name in self.written_names.items()}
        return replace(
            self,
            diarization=self.diarization.with_speakers(ids),
            coverage=self.coverage and self.coverage.with_speakers(ids),
            words=tuple(words),
            written_names=names,
        )

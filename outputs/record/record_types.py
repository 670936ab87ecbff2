"""What the record of an episode is made of.

`outputs.record.episode_record` builds, writes and reads it.
"""

from dataclasses import dataclass, fields
from typing import Self

from outputs.markup.pair_order import PairOrder
from outputs.record.quality_types import Quality
from podcast.coverage import Coverage
from podcast.recording import Episode
from podcast.timeline import Span, SpeakerTurn
from podcast.transcript import DroppedWord, Line, Translation


@dataclass(frozen=True, slots=True)
class RecordedSound:
    """What was listened to.

    Attributes:
        source: File name or URL, without credentials.
        sha256: Of the publisher's file.
        duration: Seconds.
        is_partial: The file ended early; this is what there was.
    """

    source: str
    sha256: str
    duration: float
    is_partial: bool


@dataclass(frozen=True, slots=True)
class RecordedSpeaker:
    """One voice of the episode.

    Attributes:
        id: The diarizer's name for the voice, which lines and turns refer to.
        name: As it stands above the lines.
        named: Where the name comes from: "hand", "feed", "voice", "guest", or "" for none.
    """

    id: str
    name: str
    named: str


@dataclass(frozen=True, slots=True)
class RecordedSegment:
    """A stretch as the recogniser cut it, with its confidence figures."""

    start: float
    end: float
    avg_logprob: float
    no_speech_prob: float
    compression_ratio: float


@dataclass(frozen=True, slots=True)
class RecordedBefore:
    """What a line was before a human corrected it."""

    text: str
    speaker: str


@dataclass(frozen=True, slots=True)
class RecordedLine(Line):
    """A line with all its translations, by language code; `speaker` is the id of a voice.

    The other fields are those of `podcast.transcript.Line`; `before` is what the models made of
    a line whose text or speaker a human has corrected.
    """

    translations: dict[str, Translation]
    before: RecordedBefore | None = None

    @classmethod
    def of(
        cls, line: Line, translations: dict[str, Translation], before: RecordedBefore | None
    ) -> Self:
        """Record a line; its other fields are as they are."""
        same = {one.name: getattr(line, one.name) for one in fields(Line)}
        return cls(**same, translations=translations, before=before)


@dataclass(frozen=True, slots=True)
class Rendering:
    """How the files of an episode are made where there is a choice.

    Attributes:
        interface: Language of the pages' own words, by its code.
        order: Which language stands above the other on cards with two: "source-first" or
            "target-first".
        audio: Where the pages find the recording: a web address, or a path relative to them; empty
            for the address that it came from.
    """

    interface: str = "en"
    order: str = PairOrder.SOURCE_FIRST.value
    audio: str = ""


Option = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made the record.

    Attributes:
        models: Stage -> the model's name and identity.
        options: Stage -> option -> value.
        versions: Distribution -> version.
    """

    models: dict[str, str]
    options: dict[str, dict[str, Option]]
    versions: dict[str, str]


@dataclass(frozen=True, slots=True)
class EpisodeRecord:
    """One episode, whole. See `outputs/schemas` for the JSON form.

    Attributes:
        unused_corrections: What a human has corrected and what found no line, in plain sentences.
        quality: What can be said of the rest; None until the files of the episode are rendered.
        guid: What the feed calls the episode; empty without a feed.
        published_at: When the feed published it, RFC 3339 in UTC; empty if unknown.
        rendering: How its files are made where there is a choice.
        coverage: How much of what is spoken has words; None in older records.
    """

    schema_version: int
    show: str
    label: str
    title: str
    titles: dict[str, Translation]
    language: str
    recording: RecordedSound
    speakers: tuple[RecordedSpeaker, ...]
    turns: tuple[SpeakerTurn, ...]
    overlaps: tuple[Span, ...]
    segments: tuple[RecordedSegment, ...]
    lines: tuple[RecordedLine, ...]
    dropped: tuple[DroppedWord, ...]
    provenance: Provenance
    unused_corrections: tuple[str, ...] = ()
    quality: Quality | None = None
    guid: str = ""
    published_at: str = ""
    rendering: Rendering = Rendering()
    coverage: Coverage | None = None

    @property
    def episode(self) -> Episode:
        """The episode as it is announced."""
        return Episode(self.show, self.title, self.label, self.guid, self.published_at)

"""An episode and its sound."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode as it is announced, before anything was recognised.

    Attributes:
        show: Name of the podcast.
        title: Title in the source language.
        label: Text that the page puts directly before the show's name, often a site's "back" link.
        guid: What the feed calls the episode, whatever becomes of its title; empty without a feed.
        published_at: When the feed published it, as `podcast.dates` writes it; empty if unknown.
    """

    show: str
    title: str
    label: str = ""
    guid: str = ""
    published_at: str = ""

    @property
    def identity(self) -> tuple[str, str, str]:
        """What tells it from others: its show, its guid, and its title if it has no guid."""
        return self.show, self.guid, "" if self.guid else self.title


@dataclass(frozen=True, slots=True)
class Lift:
    """Quiet speech that is louder for the models; what is published stays as it is.

    Attributes:
        start: Seconds.
        end: Seconds.
        gain: Factor on the samples, above 1.
    """

    start: float
    end: float
    gain: float


@dataclass(frozen=True, slots=True)
class Recording:
    """An episode's sound, decoded: a reference, never samples.

    Attributes:
        path: WAV file, mono, 16-bit, 16 kHz.
        sha256: Of the file that was decoded, as the publisher made it.
        duration: Seconds of decoded sound.
        source: Where that file came from: a file name or a URL.
        is_partial: The file ended early and the user asked for what there is.
        track: Number of the file's sound track, from 1.
        lifts: Where it is made louder for the models, in time order.
    """

    path: Path
    sha256: str
    duration: float
    source: str
    is_partial: bool = False
    track: int = 1
    lifts: tuple[Lift, ...] = ()

"""A show's feed and the episodes that it announces, as values."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

SPEAKING = "cast"
"""The group of those who are heard, which is meant where a feed names none."""

FULL = "full"
"""What an episode is that is neither a trailer nor a bonus."""

_BY_WORTH = ("application/json", "text/vtt", "srt", "subrip", "text/html", "text/plain")
"""Types of transcripts: those that tell who speaks come first; a part of the type is enough."""


@dataclass(frozen=True, slots=True)
class FeedPerson:
    """Somebody whom a feed names in `podcast:person`.

    Attributes:
        name: As written.
        group: Such as "cast" or "writing", in small letters.
    """

    name: str
    group: str = SPEAKING


@dataclass(frozen=True, slots=True)
class FeedTranscript:
    """A transcript of the publisher's own, from `podcast:transcript`.

    Attributes:
        url: In full.
        type: MIME type as written, in small letters; feeds are often wrong about it.
        language: BCP 47 tag as written; empty if the feed names none.
    """

    url: str
    type: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """The sound of an episode as the feed announces it.

    Attributes:
        url: In full.
        length: Bytes; None if the feed does not tell. Often wrong.
    """

    url: str
    length: int | None = None


@dataclass(frozen=True, slots=True)
class FeedEpisode:
    """One episode as a feed announces it.

    Attributes:
        guid: What the feed calls it; without a guid, the sound's URL without its query, and with a
            mark where several share that.
        title: One line of plain text; empty if there is none.
        published_at: RFC 3339 in UTC; empty if unknown.
        enclosure: Its sound.
        people: The episode's own, else the show's.
        transcripts: The publisher's.
        kind: `FULL`, "trailer" or "bonus", or what else a feed says, in small letters.
    """

    guid: str
    title: str
    published_at: str
    enclosure: Enclosure
    people: tuple[FeedPerson, ...] = ()
    transcripts: tuple[FeedTranscript, ...] = ()
    kind: str = FULL

    @property
    def is_extra(self) -> bool:
        """Whether it is a trailer or a bonus."""
        return self.kind in {"trailer", "bonus"}

    @property
    def speakers(self) -> tuple[str, ...]:
        """Names of the people who are heard, each once; not those who edit or draw."""
        return tuple(dict.fromkeys(p.name for p in self.people if p.group == SPEAKING))

    @property
    def english_transcript(self) -> str:
        """URL of the best transcript in English, or in no language that it tells; else empty."""
        found = [t for t in self.transcripts if t.language.lower()[:2] in {"en", ""}]
        best = sorted(found, key=lambda t: (t.language == "", _worth(t.type)))
        return best[0].url if best else ""


def _worth(type_: str) -> int:
    return next((n for n, known in enumerate(_BY_WORTH) if known in type_), len(_BY_WORTH))


@dataclass(frozen=True, slots=True)
class Feed:
    """A show's feed.

    Attributes:
        title: Of the show, one line of plain text; empty if there is none.
        episodes: Those with sound, in the order of the feed, each guid once.
    """

    title: str
    episodes: tuple[FeedEpisode, ...]

    @property
    def newest_first(self) -> tuple[FeedEpisode, ...]:
        """The episodes by their dates; one without a date keeps its place in the feed."""
        listed = self.episodes[:: -1 if _is_oldest_first(self.episodes) else 1]
        first = next((e.published_at for e in listed if e.published_at), "")
        dates = accumulate((e.published_at for e in listed), lambda a, b: b or a, initial=first)
        dated = zip(list(dates)[1:], listed, strict=True)
        return tuple(e for _, e in sorted(dated, key=lambda pair: pair[0], reverse=True))

    def wanted(self, *, with_extras: bool = False) -> tuple[FeedEpisode, ...]:
        """The episodes, the newest first, without trailers and bonuses unless there is no other."""
        full = tuple(episode for episode in self.newest_first if not episode.is_extra)
        return self.newest_first if with_extras or not full else full


def _is_oldest_first(episodes: Sequence[FeedEpisode]) -> bool:
    dates = [episode.published_at for episode in episodes if episode.published_at]
    return sum((a < b) - (a > b) for a, b in pairwise(dates)) > 0

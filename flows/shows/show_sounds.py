"""What tells one recording of an episode from another, and one episode from another. Pure."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from audio.web.address import without_secrets
from flows.shows.show_state import ShowState
from podcast.feed import Feed, FeedEpisode
from podcast.sound_address import sound_address

_Mark = tuple[str, str, str]
_WRITTEN = re.compile(r"(.*?)(?: (\d+))?(?: (\w+://.*))?", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Sound:
    """What `sound_of` has written down: addresses for comparing, and a length if one is known."""

    address: str
    length: str
    transcript: str


def sound_of(episode: FeedEpisode, *, takes_transcripts: bool = False) -> str:
    """Return what tells one recording from another; the query of an address changes at will.

    Args:
        episode: As announced.
        takes_transcripts: A transcript of the publisher's that appears later counts as well.
    """
    enclosure = episode.enclosure
    transcript = episode.english_transcript if takes_transcripts else ""
    parts = (without_secrets(enclosure.url), str(enclosure.length or ""))
    return " ".join(filter(None, (*parts, without_secrets(transcript) if transcript else "")))


def is_same_sound(before: str, now: str) -> bool:
    """Say whether what was and what is written down is of one recording.

    Scheme and tracking prefixes of an address do not count, and neither does a length that one of
    the two does not tell.
    """
    one, other = _read(before), _read(now)
    is_same_length = one.length == other.length or not (one.length and other.length)
    return is_same_length and (one.address, one.transcript) == (other.address, other.transcript)


def with_length(before: str, now: str) -> str:
    """Return what is written down now, with the length that was known before if none is now."""
    length = _read(before).length
    if not length or _read(now).length:
        return now
    found = _WRITTEN.fullmatch(now)
    address, transcript = (found[1], found[3] or "") if found else (now, "")
    return " ".join(filter(None, (address, str(length), transcript)))


def recognised(feed: Feed, state: ShowState) -> tuple[Feed, ShowState]:
    """Give episodes that have got another guid the one under which they are known.

    Such an episode has the address of one whose guid has left the feed, and its title, length or
    date; or its title and its length. What could be one of two episodes is a new one.

    Returns:
        The feed with the known guids, and the state with the new ones.
    """
    there = {episode.guid for episode in feed.episodes}
    known = {new: old for new, old in state.renamed.items() if old not in there}
    known |= _found(feed, state, known)
    by_guid: dict[str, FeedEpisode] = {}
    for episode in feed.episodes:
        guid = known.get(episode.guid, episode.guid)
        by_guid.setdefault(guid, replace(episode, guid=guid))
    renamed = {**state.renamed, **known}
    return replace(feed, episodes=tuple(by_guid.values())), replace(state, renamed=renamed)


def _found(feed: Feed, state: ShowState, known: Mapping[str, str]) -> dict[str, str]:
    """Return new guid -> guid that has gone; what several share tells none of them."""
    there = {known.get(episode.guid, episode.guid) for episode in feed.episodes}
    announced = {e.guid: _marks(e.title, sound_of(e), e.published_at) for e in feed.episodes}
    noted = {g: _marks(e.title, e.sound, e.published_at) for g, e in state.episodes.items()}
    shared = _shared(announced) | _shared(noted)
    gone = {mark: guid for guid in noted if guid not in there for mark in noted[guid] - shared}
    found: dict[str, str] = {}
    for guid, marks in announced.items():
        olds = {gone[mark] for mark in marks if mark in gone} - set(found.values())
        if guid not in state.episodes and guid not in known and len(olds) == 1:
            found[guid] = olds.pop()
    return found


def _marks(title: str, sound: str, published_at: str) -> frozenset[_Mark]:
    """Return what an episode is known by, each two things together."""
    name, read = " ".join(title.split()).casefold(), _read(sound)
    marks = {("date", read.address, published_at), ("title", read.address, name)}
    if read.length:
        marks.add(("length", read.address, read.length))
        marks |= {("elsewhere", name, read.length)} if name else set()
    return frozenset(marks)


def _shared(marks: Mapping[str, frozenset[_Mark]]) -> set[_Mark]:
    counts = Counter(mark for several in marks.values() for mark in several)
    return {mark for mark, count in counts.items() if count > 1}


def _read(written: str) -> _Sound:
    found = _WRITTEN.fullmatch(written)
    if found is None:
        return _Sound(sound_address(written), "", "")
    transcript = sound_address(found[3]) if found[3] else ""
    return _Sound(sound_address(found[1]), found[2] or "", transcript)

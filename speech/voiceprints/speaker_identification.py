"""Name the speakers of an episode: by hand, by their voices, by the feed. Pure.

A wrong name is worse than none. A voice gets a name by itself only if it is like one known voice,
clearly more than like any other, and nobody else in the episode has that name. A person whom the
feed announces is named by elimination only if one stranger and one person are left.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from operator import mul

from podcast.errors import BadInputError
from podcast.names import ARROW, NamedBy, name_key
from podcast.timeline import Voiceprint

OPPOSITE = -1.0
"""The smallest cosine similarity that there is."""


@dataclass(frozen=True, slots=True)
class MatchingOptions:
    """When a voice is a known one; this depends on the model that made the embeddings.

    The defaults are for pyannote's community-1 and 3.1 pipelines (WeSpeaker ResNet34, 256
    dimensions). See docs/decisions/0009-voices.md for what they were taken from.

    Attributes:
        threshold: Cosine similarity from which on two voices may be one person's, -1 to 1.
        margin: How much more it must be like the best known voice than like the second best.
    """

    threshold: float = 0.6
    margin: float = 0.1


@dataclass(frozen=True, slots=True)
class KnownVoice:
    """How a person sounds over all episodes in which somebody gave that voice its name.

    Attributes:
        name: The person's.
        embedding: Of length 1.
        episodes: From so many.
        seconds: Of speech in them.
    """

    name: str
    embedding: tuple[float, ...]
    episodes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class NamingHints:
    """What is known about the people of an episode apart from their voices.

    Attributes:
        given: Id of a speaker -> name, by hand.
        people: Whom the feed announces.
        written: Id of a speaker -> name in the publisher's transcript.
    """

    given: Mapping[str, str] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    written: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NamedSpeaker:
    """A speaker under the name that stands above the lines.

    Attributes:
        id: The diarizer's name.
        name: As it is shown.
        named: Where the name comes from.
        similarity: Cosine similarity to the known voice that is most like it; None if no voice
            is known or this one never speaks alone for long enough.
    """

    id: str
    name: str
    named: NamedBy
    similarity: float | None = None


def name_speakers(
    speakers: Sequence[str],
    voices: Sequence[Voiceprint],
    known: Sequence[KnownVoice],
    hints: NamingHints,
    options: MatchingOptions,
) -> tuple[NamedSpeaker, ...]:
    """Give every speaker of an episode a name.

    Args:
        speakers: Ids in the order in which they first speak.
        voices: Their voiceprints, as far as there are any.
        known: The show's voices, made by the same model as `voices`.
        hints: Names by hand, and the people whom the feed announces.
        options: When a voice is a known one.

    Returns:
        One for each speaker, in the same order.

    Raises:
        BadInputError: A name was given to a speaker who is not in the episode.
    """
    _check_given(speakers, hints.given)
    likes = _likenesses(voices, known)
    sources = {id_: (name, NamedBy.HAND) for id_, name in hints.given.items()}
    sources |= _as_written(hints.written, sources)
    sources |= _by_voice(speakers, likes, sources, options)
    strangers = [
        id_ for id_ in speakers if id_ not in sources and not _is_like_somebody(id_, likes, options)
    ]
    sources |= _by_elimination(strangers, hints.people, sources, known)
    rest = [id_ for id_ in speakers if id_ not in sources]
    sources |= _as_guests(rest, sources) if known else {id_: (id_, NamedBy.NOBODY) for id_ in rest}
    return tuple(
        NamedSpeaker(id_, *sources[id_], likes[id_].similarity if id_ in likes else None)
        for id_ in speakers
    )


def unit(embedding: Sequence[float]) -> tuple[float, ...]:
    """Scale an embedding to length 1; one that is no direction at all becomes empty.

    pyannote.audio returns zeros for a speaker who has turns but no cluster.
    """
    length = math.hypot(*embedding)
    if not math.isfinite(length) or length == 0.0:
        return ()
    return tuple(value / length for value in embedding)


_Sources = Mapping[str, tuple[str, NamedBy]]
"""Id -> name and where it comes from."""


@dataclass(frozen=True, slots=True)
class _Likeness:
    """Whom a voice is most like, how much, and how much less it is like the next one."""

    name: str
    similarity: float
    lead: float


def _check_given(speakers: Sequence[str], given: Mapping[str, str]) -> None:
    for id_ in given:
        if id_ not in speakers:
            raise BadInputError(
                f"There is no {id_!r} to be named {given[id_]!r}; "
                f"the episode has {', '.join(speakers)}."
            )


def _likenesses(voices: Sequence[Voiceprint], known: Sequence[KnownVoice]) -> dict[str, _Likeness]:
    directions = {voice.speaker: unit(voice.embedding) for voice in voices}
    if not known:
        return {}
    return {id_: _likeness(one, known) for id_, one in directions.items() if one}


def _likeness(direction: Sequence[float], known: Sequence[KnownVoice]) -> _Likeness:
    ranked = sorted(
        ((sum(map(mul, direction, voice.embedding)), voice.name) for voice in known), reverse=True
    )
    (best, name), (second, _) = (*ranked, (OPPOSITE, ""))[:2]
    return _Likeness(name, best, best - second)


def _as_written(written: Mapping[str, str], sources: _Sources) -> dict[str, tuple[str, NamedBy]]:
    """Take the names of the publisher's transcript, but none that somebody else has by hand."""
    taken = _names(sources)
    return {
        id_: (" ".join(name.split()), NamedBy.FEED)
        for id_, name in written.items()
        if id_ not in sources and ARROW not in name and name_key(name) not in taken
    }


def _by_voice(
    speakers: Sequence[str],
    likes: Mapping[str, _Likeness],
    sources: _Sources,
    options: MatchingOptions,
) -> dict[str, tuple[str, NamedBy]]:
    """Name the voices that are surely known ones.

    Of two voices that are like one person the more similar one gets the name. The other one
    does not get its second choice: a person whom the diarizer took for two people would
    otherwise take the name of somebody else.
    """
    taken = _names(sources)
    best: dict[str, str] = {}
    for id_ in speakers:
        like = likes.get(id_)
        if id_ in sources or like is None or name_key(like.name) in taken:
            continue
        is_sure = like.similarity >= options.threshold and like.lead >= options.margin
        rival = best.get(like.name)
        if is_sure and (rival is None or like.similarity > likes[rival].similarity):
            best[like.name] = id_
    return {id_: (name, NamedBy.VOICE) for name, id_ in best.items()}


def _is_like_somebody(id_: str, likes: Mapping[str, _Likeness], options: MatchingOptions) -> bool:
    return id_ in likes and likes[id_].similarity >= options.threshold


def _by_elimination(
    strangers: Sequence[str],
    people: Sequence[str],
    sources: _Sources,
    known: Sequence[KnownVoice],
) -> dict[str, tuple[str, NamedBy]]:
    """Name the only stranger after the only person left, unless we know how that person sounds."""
    taken = _names(sources)
    usable = {name_key(name): " ".join(name.split()) for name in people if ARROW not in name}
    left = {key: name for key, name in usable.items() if key and key not in taken}
    if len(strangers) != 1 or len(left) != 1:
        return {}
    ((key, name),) = left.items()
    if key in {name_key(voice.name) for voice in known}:
        return {}
    return {strangers[0]: (name, NamedBy.FEED)}


def _as_guests(speakers: Sequence[str], sources: _Sources) -> dict[str, tuple[str, NamedBy]]:
    taken = _names(sources)
    free = (f"Guest {n}" for n in count(1))
    names = (name for name in free if name_key(name) not in taken)
    return {id_: (name, NamedBy.GUEST) for id_, name in zip(speakers, names, strict=False)}


def _names(sources: _Sources) -> set[str]:
    return {name_key(name) for name, _ in sources.values()}

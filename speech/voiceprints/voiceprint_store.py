"""The voices that a show knows: prints with names, enrolled by hand. Pure; the file is JSON.

Only a name that was given by hand enrols a voice. A name that was found by voice would confirm
itself, and one mistake would grow with every episode.
"""

from dataclasses import dataclass, replace

from podcast.errors import BadInputError
from podcast.names import name_key
from speech.voiceprints.episode_voiceprints import (
    EpisodeVoiceprints,
    KeptVoiceprint,
    mean_direction,
    parse_json,
)
from speech.voiceprints.speaker_identification import KnownVoice, unit

VERSION = 1

MAX_PRINTS = 10
"""For each person and model; the oldest go first, as microphones and voices change."""

MIN_SECONDS = 5.0
"""Speech below which an embedding says little about a voice."""

FULL_SECONDS = 60.0
"""Speech above which a print counts no more: an hour does not say more about a voice."""


@dataclass(frozen=True, slots=True)
class NamedPrint:
    """A voice of one episode and whose it is.

    Attributes:
        name: The person's.
        model: What made the embedding.
        episode: sha256 of the recording.
        voice: The voice there.
    """

    name: str
    model: str
    episode: str
    voice: KeptVoiceprint


@dataclass(frozen=True, slots=True)
class VoiceStore:
    """All voices that a show knows, in the order in which they were enrolled."""

    version: int
    show: str
    prints: tuple[NamedPrint, ...]


def empty_store(show: str) -> VoiceStore:
    """Return the store of a show that knows nobody."""
    return VoiceStore(VERSION, show, ())


def enrol(store: VoiceStore, name: str, prints: EpisodeVoiceprints, speaker: str) -> VoiceStore:
    """Remember a voice under a name; a name that the same voice had before is corrected.

    Raises:
        BadInputError: The voice does not speak for long enough.
    """
    voice = next((v for v in prints.voices if v.speaker == speaker), None)
    if voice is None or not is_enough(prints, speaker):
        raise BadInputError(f"{speaker} speaks for less than {MIN_SECONDS:.0f} seconds.")
    others = withdraw(store, prints.episode, prints.model, speaker)
    print_ = NamedPrint(name, prints.model, prints.episode, voice)
    same = [p for p in others.prints if _is_same_voice(p, print_)]
    dropped = same[: max(0, len(same) + 1 - MAX_PRINTS)]
    return replace(store, prints=(*(p for p in others.prints if p not in dropped), print_))


def is_enough(prints: EpisodeVoiceprints, speaker: str) -> bool:
    """Say whether a voice speaks for long enough to be enrolled."""
    return any(v.speaker == speaker and v.seconds >= MIN_SECONDS for v in prints.voices)


def withdraw(store: VoiceStore, episode: str, model: str, speaker: str) -> VoiceStore:
    """Forget what was learnt from one voice of one episode, if anything was."""
    gone = (episode, model, speaker)
    kept = (p for p in store.prints if (p.episode, p.model, p.voice.speaker) != gone)
    return replace(store, prints=tuple(kept))


def forget(store: VoiceStore, name: str) -> VoiceStore:
    """Forget a person's voice.

    Raises:
        BadInputError: The show does not know this person's voice.
    """
    if not prints_of(store, name):
        names = ", ".join(dict.fromkeys(p.name for p in store.prints)) or "nobody"
        raise BadInputError(f"{store.show} does not know the voice of {name!r}; it knows {names}.")
    return replace(
        store, prints=tuple(p for p in store.prints if name_key(p.name) != name_key(name))
    )


def prints_of(store: VoiceStore, name: str) -> tuple[NamedPrint, ...]:
    """Return what is known about one person's voice."""
    return tuple(p for p in store.prints if name_key(p.name) == name_key(name))


def models_in(store: VoiceStore) -> tuple[str, ...]:
    """Name the models whose embeddings a store holds."""
    return tuple(dict.fromkeys(p.model for p in store.prints))


def known_voices(store: VoiceStore, model: str) -> tuple[KnownVoice, ...]:
    """Return each person's voice as one model embeds it: the mean over episodes."""
    people: dict[str, list[NamedPrint]] = {}
    for p in store.prints:
        if p.model == model:
            people.setdefault(name_key(p.name), []).append(p)
    return tuple(_known_voice(prints) for prints in people.values())


def parse_store(data: bytes, name: str = "the file") -> VoiceStore:
    """Read a store.

    Args:
        data: The file.
        name: What to call it in an error.

    Raises:
        BadInputError: The file is no store, or one that this program cannot read.
    """
    store = parse_json(VoiceStore, data, f"{name} is no store of voices")
    if store.version != VERSION or not all(unit(p.voice.embedding) for p in store.prints):
        raise BadInputError(f"{name} is a store of voices that this program cannot read.")
    for model in models_in(store):
        sizes = {len(p.voice.embedding) for p in store.prints if p.model == model}
        if len(sizes) > 1:
            raise BadInputError(f"{name} holds voices of different sizes for the model {model}.")
    return store


def _known_voice(prints: list[NamedPrint]) -> KnownVoice:
    return KnownVoice(
        name=prints[-1].name,  # the latest spelling
        embedding=mean_direction(
            [(p.voice.embedding, min(p.voice.seconds, FULL_SECONDS)) for p in prints]
        ),
        episodes=len({p.episode for p in prints}),
        seconds=sum(p.voice.seconds for p in prints),
    )


def _is_same_voice(a: NamedPrint, b: NamedPrint) -> bool:
    return name_key(a.name) == name_key(b.name) and a.model == b.model

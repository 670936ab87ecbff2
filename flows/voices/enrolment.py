"""Learn the voice of a speaker who gets a name by hand, and forget it again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flows.voices.voice_files import (
    load_store,
    load_voiceprints,
    make_private_folder,
    save_store,
    save_voiceprints,
    store_path,
)
from outputs.record.record_types import EpisodeRecord
from podcast.files.locks import locked
from podcast.stage import Stage
from speech.voiceprints.episode_voiceprints import (
    EpisodeVoiceprints,
    merge_voiceprints,
    run_mark,
    without_voiceprint,
)
from speech.voiceprints.voiceprint_store import (
    MIN_SECONDS,
    VoiceStore,
    enrol,
    forget,
    is_enough,
    prints_of,
    withdraw,
)


@dataclass(frozen=True, slots=True)
class VoiceprintChange:
    """What the voices of a show become.

    Attributes:
        store: To be saved when the pages are published.
        is_learnt: Whether the voice is known from now on.
        reason: Why not, as a sentence; else empty.
    """

    store: VoiceStore
    is_learnt: bool
    reason: str = ""


@contextmanager
def editing_voiceprints(data: Path, show: str) -> Iterator[None]:
    """Let nobody else change what a show knows of voices for as long as the block runs.

    Raises:
        StorageError: The data folder cannot be written.
    """
    store = store_path(data, show)
    make_private_folder(store.parent)
    with locked(store):
        yield


def learn(data: Path, record: EpisodeRecord, id_: str, name: str) -> VoiceprintChange:
    """Remember the voice of a speaker under a name, as far as it was kept.

    Raises:
        BadInputError: The kept voices cannot be read.
    """
    without = unlearn(data, record, id_).store
    prints = kept_voiceprints(data, record)
    if prints is None:
        reason = "The voices of this run were not kept; process the episode again to learn them."
        return VoiceprintChange(without, False, reason)
    if not is_enough(prints, id_):
        reason = f"{id_} speaks for less than {MIN_SECONDS:.0f} seconds."
        return VoiceprintChange(without, False, reason)
    return VoiceprintChange(enrol(without, name, prints, id_), True)


def unlearn(data: Path, record: EpisodeRecord, id_: str) -> VoiceprintChange:
    """Take back what was learnt from one speaker of an episode.

    Raises:
        BadInputError: The store cannot be read.
    """
    store = load_store(data, record.show)
    return VoiceprintChange(withdraw(store, record.recording.sha256, _model(record), id_), False)


def save_change(data: Path, lesson: VoiceprintChange) -> None:
    """Write what was learnt or unlearnt; where that is nothing, no file is made.

    Raises:
        StorageError: It cannot be written.
    """
    if lesson.store != load_store(data, lesson.store.show):
        save_store(data, lesson.store)


def kept_voiceprints(data: Path, record: EpisodeRecord) -> EpisodeVoiceprints | None:
    """Read the voices of the run that a record comes from; None if another run is kept, or none.

    Raises:
        BadInputError: They cannot be read.
    """
    prints = load_voiceprints(data, record.recording.sha256)
    if prints is None or (prints.model, prints.run) != (_model(record), run_mark(record.turns)):
        return None
    return prints


def merge_kept(data: Path, record: EpisodeRecord, gone: str, kept: str) -> None:
    """Let the voices that are kept follow a merge of two speakers.

    Raises:
        BadInputError: They cannot be read.
        StorageError: They cannot be written.
    """
    if prints := kept_voiceprints(data, record):
        save_voiceprints(data, merge_voiceprints(prints, gone, kept))


def forget_person(data: Path, show: str, name: str) -> int:
    """Delete all that was learnt of a person's voice, with the voices it was learnt from.

    Returns:
        From how many episodes.

    Raises:
        BadInputError: The show does not know this person's voice.
        StorageError: The change cannot be written.
    """
    store = load_store(data, show)
    less = forget(store, name)
    prints = prints_of(store, name)
    for p in prints:
        if kept := load_voiceprints(data, p.episode):
            save_voiceprints(data, without_voiceprint(kept, p.voice.speaker))
    save_store(data, less)
    return len({p.episode for p in prints})


def _model(record: EpisodeRecord) -> str:
    return record.provenance.models.get(Stage.DIARIZE.value, "")

"""Read the record of a published episode, and publish it again after a change."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from audio.files.source import read_file
from flows.published.mirroring import mirror_published, record_elsewhere
from flows.settings import settings
from outputs.bundle import render_bundle
from outputs.library.crash_recovery import put_back
from outputs.library.published_folder import (
    episode_in,
    is_library,
    list_episode,
    put_episode,
    read_manifest,
)
from outputs.quality.measures import measured
from outputs.record.episode_record import RECORD_NAME, parse_record
from outputs.record.manifest import MANIFEST_NAME, Manifest, build_manifest
from outputs.record.record_types import EpisodeRecord
from podcast.dates import format_date
from podcast.errors import BadInputError
from podcast.files.locks import locked
from podcast.names import NamedBy
from podcast.recording import Episode
from podcast.timeline import SpeakerTurn
from speech.voiceprints.episode_voiceprints import run_mark


@dataclass(frozen=True, slots=True)
class Published:
    """An episode as it lies in its folder."""

    folder: Path
    record: EpisodeRecord


def read_published(path: Path) -> Published:
    """Read a published episode.

    Args:
        path: Its folder, or the `episode.json` in it.

    Raises:
        BadInputError: There is no record, or it cannot be read.
    """
    file = path / RECORD_NAME if path.is_dir() else path
    if not file.exists():
        raise BadInputError(
            f"There is no {file}. Give the folder of a published episode, or its {RECORD_NAME}."
        )
    return Published(file.resolve().parent, parse_record(read_file(file, str(file)), str(file)))


def record_before(folder: Path) -> EpisodeRecord | None:
    """Return the record that a run is about to replace, if there is one that can be read."""
    try:
        return read_published(folder).record
    except BadInputError:  # damaged, or of an older form: to be replaced in any case
        return None


def newest_record(folder: Path, episode: Episode) -> EpisodeRecord | None:
    """Return the record to be replaced, or what another machine has published since then."""
    manifest = manifest_before(folder)
    elsewhere = record_elsewhere(folder, manifest.made_at if manifest else "")
    if elsewhere is not None and elsewhere.episode.identity == episode.identity:
        return elsewhere
    return record_before(folder)


def manifest_before(folder: Path) -> Manifest | None:
    """Return the manifest that a run is about to replace, if there is one that can be read."""
    try:
        return read_manifest(folder)
    except BadInputError:  # damaged, or of another version: to be replaced in any case
        return None


@dataclass(frozen=True, slots=True)
class PeopleByHand:
    """What a human has said of the speakers of an episode after it was published.

    Attributes:
        names: Id -> name.
        merged: Id of a speaker who was somebody else -> id of that one.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)


def people_by_hand(folder: Path, turns: Sequence[SpeakerTurn]) -> PeopleByHand:
    """Return what a human has said of the speakers of an episode.

    Args:
        folder: Of the episode.
        turns: Of the run that is about to replace it, which may number the speakers otherwise. If
            people speak at other times than in the published record, nothing is taken.
    """
    record = record_before(folder)
    if record is None or run_mark(record.turns) != run_mark(turns):
        return PeopleByHand()
    kept: dict[str, str] = {}  # the id in the published record -> the first one of this run
    merged: dict[str, str] = {}
    for new, old in zip(turns, record.turns, strict=True):
        if kept.setdefault(old.speaker, new.speaker) != new.speaker:
            merged[new.speaker] = kept[old.speaker]
    by_hand = (speaker for speaker in record.speakers if speaker.named == NamedBy.HAND)
    return PeopleByHand({kept.get(s.id, s.id): s.name for s in by_hand}, merged)


@contextmanager
def editing(path: Path) -> Iterator[Published]:
    """Read a published episode and let nobody else write it for as long as the block runs.

    Args:
        path: Its folder, or the `episode.json` in it.

    Raises:
        BadInputError: There is no record, or it cannot be read.
        StorageError: The folder beside it cannot be written.
    """
    put_back(path.parent if path.name == RECORD_NAME else path)
    folder = read_published(path).folder  # a wrong path leaves no lock behind
    with locked(folder):
        yield read_published(folder)


@contextmanager
def replacing(folder: Path) -> Iterator[None]:
    """Let nobody else write an episode for as long as a run puts another in its place.

    Raises:
        StorageError: The folder beside it cannot be written.
    """
    put_back(folder)
    with locked(folder):
        yield


def publish(folder: Path, record: EpisodeRecord) -> EpisodeRecord:
    """Render every file of an episode, put them in place at once and list the episode.

    The lock of the folder must be held, as `replacing` does.

    Returns:
        The record with its quality, as it was published.

    Raises:
        BadInputError: Another episode has been published there meanwhile.
        StorageError: Nothing was published: the disk is full or the folder cannot be written.
        NetworkError: It is published, but not copied to the object storage of the settings.
    """
    there = episode_in(folder)
    if there is not None and there.identity != record.episode.identity:
        raise BadInputError(
            f"{folder} holds {there.title!r} of {there.show!r}, which {record.title!r} of "
            f"{record.show!r} would replace. Run it again: it gets a folder of its own."
        )
    record = measured(record)
    files = render_bundle(record)
    manifest = _put(folder, record, files)
    list_episode(folder, manifest)
    mirror_published(folder, manifest)
    return record


def publish_again(episode: Published, record: EpisodeRecord) -> None:
    """Publish an episode that is being edited, and list it where episodes are listed.

    Raises:
        BadInputError: The folder holds other files, which would be lost.
        StorageError: Nothing was published: the disk is full or the folder cannot be written.
        NetworkError: It is published, but not copied to the object storage of the settings.
    """
    manifest = render_again(episode, record)
    if is_library(episode.folder.parent.parent):
        list_episode(episode.folder, manifest)
        mirror_published(episode.folder, manifest)


def render_again(episode: Published, record: EpisodeRecord) -> Manifest:
    """Render every file of an episode that is being edited and put them in place at once.

    Raises:
        BadInputError: The folder holds other files, which would be lost.
        StorageError: Nothing was published: the disk is full or the folder cannot be written.
    """
    record = measured(record)
    files = render_bundle(record)
    present = {path.name for path in episode.folder.iterdir() if not path.name.startswith(".")}
    if foreign := sorted(present - {*files, MANIFEST_NAME}):
        raise BadInputError(
            f"{episode.folder} also holds {', '.join(foreign[:3])}, which would be lost. "
            "Move such files away, or copy the episode into a folder of its own."
        )
    return _put(episode.folder, record, files)


def _put(folder: Path, record: EpisodeRecord, files: Mapping[str, bytes]) -> Manifest:
    before = manifest_before(folder)
    first_made_at = before.first_made_at if before else ""
    manifest = build_manifest(record, files, format_date(datetime.now(UTC)), first_made_at)
    put_episode(folder, files, manifest, settings().keep_versions)
    return manifest

"""Keep voices on this machine, readable by their owner only and never beside what is published."""

import os
import re
from contextlib import suppress
from pathlib import Path

from flows.published.folder_names import earlier_name, show_names
from podcast.errors import BadInputError
from podcast.files.staging import staged
from podcast.names import name_key
from speech.voiceprints.episode_voiceprints import (
    EpisodeVoiceprints,
    parse_voiceprints,
    render_json,
)
from speech.voiceprints.voiceprint_store import VoiceStore, empty_store, parse_store

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
SHA256 = re.compile(r"[0-9a-f]{64}")


def store_path(data: Path, show: str) -> Path:
    """Return where the voices that a show knows are kept; no other show's are there."""
    earlier, *others = (data / "voices" / f"{name}.json" for name in _names(show))
    if _show_in(earlier) == show:
        return earlier
    free = (path for path in others if _show_in(path) in {None, show})
    return next(free, others[-1])


def shows_with_voices(data: Path) -> tuple[str, ...]:
    """Return the names of the shows that know voices."""
    names = map(_show_in, (data / "voices").glob("*.json"))
    return tuple(sorted(name for name in names if name is not None))


def show_called(data: Path, name: str) -> str:
    """Return the show with voices that somebody means, in capitals or not; else the name itself."""
    shows = shows_with_voices(data)
    alike = [show for show in shows if name_key(show) == name_key(name)]
    return alike[0] if name not in shows and len(alike) == 1 else name


def voiceprints_path(data: Path, sha256: str) -> Path:
    """Return where the voices of an episode are kept, by the sha256 of its recording.

    Raises:
        BadInputError: This is no sha256; a record from elsewhere may say anything.
    """
    if not SHA256.fullmatch(sha256):
        raise BadInputError(f"{sha256!r} is not the sha256 of a recording.")
    return data / "episodes" / f"{sha256}.json"


def load_store(data: Path, show: str) -> VoiceStore:
    """Read the voices that a show knows; a show that knows nobody has no file.

    Raises:
        BadInputError: The file is no store of voices, or cannot be read.
    """
    path = store_path(data, show)
    content = _read(path)
    return empty_store(show) if content is None else parse_store(content, str(path))


def save_store(data: Path, store: VoiceStore) -> Path:
    """Write the voices that a show knows, whole or not at all.

    Returns:
        The file.

    Raises:
        StorageError: It cannot be written.
    """
    path = store_path(data, store.show)
    _write(path, render_json(store))
    return path


def load_voiceprints(data: Path, sha256: str) -> EpisodeVoiceprints | None:
    """Read the voices of an episode; None if they were not kept.

    Raises:
        BadInputError: The file holds no voices, or cannot be read.
    """
    path = voiceprints_path(data, sha256)
    content = _read(path)
    return None if content is None else parse_voiceprints(content, str(path))


def save_voiceprints(data: Path, prints: EpisodeVoiceprints) -> Path:
    """Write the voices of an episode, whole or not at all.

    Returns:
        The file.

    Raises:
        StorageError: It cannot be written.
    """
    path = voiceprints_path(data, prints.episode)
    _write(path, render_json(prints))
    return path


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner may look into, if it is not there."""
    with suppress(OSError):  # what is wrong with it is reported when a file in it is made
        folder.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)


def _names(show: str) -> tuple[str, ...]:
    return (earlier_name(show), *show_names(show))


def _show_in(path: Path) -> str | None:
    """Return whose voices a file holds, if there is one that can be read."""
    try:
        content = _read(path)
        return None if content is None else parse_store(content, str(path)).show
    except BadInputError:
        return None


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadInputError(f"{path} cannot be read: {error.strerror}.") from error


def _write(path: Path, content: bytes) -> None:
    make_private_folder(path.parent)
    with staged(path) as file:
        os.fchmod(file.fileno(), PRIVATE_FILE)  # before the first byte of it is there
        file.write(content)

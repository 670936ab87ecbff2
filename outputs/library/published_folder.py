"""The published folder as a whole: put an episode into it, and list what is there.

The order is the promise: first the episode, then the list of its show, then the index. A reader who
comes in between finds an episode that is not listed yet, never one that is listed and not there.
"""

import hashlib
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from outputs.library.atomic_publish import publish_folder
from outputs.library.crash_recovery import PARTIAL, sweep_show
from outputs.library.versions import prune_versions, version_path
from outputs.record.episode_record import RECORD_NAME, parse_record
from outputs.record.json_form import SCHEMAS
from outputs.record.manifest import MANIFEST_FORM, MANIFEST_NAME, Manifest
from outputs.site.catalogue import (
    INDEX_NAME,
    SHOW_FORM,
    SHOW_NAME,
    ShowCatalogue,
    listed,
    show_catalogue,
    with_episode,
    with_only,
)
from outputs.site.site_lists import index_files, show_files
from podcast.errors import BadInputError, StorageError
from podcast.files.locks import locked
from podcast.recording import Episode

SCHEMAS_FOLDER = "schemas"

_log = logging.getLogger(__name__)


def put_episode(
    folder: Path, files: Mapping[str, bytes], manifest: Manifest, keep: int = 0
) -> None:
    """Publish an episode, without listing it. The lock of its folder must be held.

    Args:
        folder: `<out>/<show>/<episode>`.
        files: Name -> content, without the manifest.
        manifest: Of these files.
        keep: How many of its earlier versions are kept.

    Raises:
        StorageError: It was not published: the disk is full or the folder cannot be written.
    """
    archive = _archive_path(folder) if keep else None
    content = MANIFEST_FORM.dump(manifest)
    publish_folder(folder, {**files, MANIFEST_NAME: content}, archive)
    prune_versions(folder, keep)


def is_library(out: Path) -> bool:
    """Say whether a folder is one that we list, and not just one that holds an episode."""
    return (out / INDEX_NAME).is_file()


def list_episode(folder: Path, manifest: Manifest) -> None:
    """Bring the list of a show and the index up to date after a change of one episode."""
    show = folder.parent
    with locked(show.parent / INDEX_NAME):
        sweep_show(show)
        catalogue = with_only(_catalogue(show), _episode_names(show))
        changed = with_episode(catalogue, listed(manifest, folder.name))
        _write_all(show, show_files(changed))
        _write_index(show.parent)


def rebuild_lists(out: Path) -> tuple[str, ...]:
    """Make the lists of all shows and the index again from the manifests.

    Returns:
        What could not be read and is therefore not listed, in plain sentences.
    """
    problems: list[str] = []
    with locked(out / INDEX_NAME):
        for show in _shows(out):
            sweep_show(show)
            _write_all(show, show_files(_from_manifests(show, problems)))
        _write_index(out)
    return tuple(problems)


def read_manifest(folder: Path) -> Manifest | None:
    """Read the manifest of an episode; None where there is none.

    Raises:
        BadInputError: It is damaged.
    """
    path = folder / MANIFEST_NAME
    try:
        return MANIFEST_FORM.parse(path.read_bytes(), str(path))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise BadInputError(f"{path} cannot be read: {error.strerror}.") from error


def episode_in(folder: Path) -> Episode | None:
    """Return which episode a folder holds, if it holds one that can be read."""
    for name, parse in ((MANIFEST_NAME, MANIFEST_FORM.parse), (RECORD_NAME, parse_record)):
        with suppress(OSError, BadInputError):
            return parse((folder / name).read_bytes(), str(folder / name)).episode
    return None


def published_episodes(out: Path) -> Iterator[tuple[Path, Manifest]]:
    """Yield the folder and the manifest of every episode; a damaged one is logged and left out."""
    for show in _shows(out):
        for name, manifest in _manifests(show, []):
            yield show / name, manifest


def shows_in(folder: Path) -> set[str]:
    """Return the names of the shows that have episodes in the folder of a show."""
    there = with_only(_catalogue(folder), _episode_names(folder))
    return {episode.show for episode in there.episodes}


def _archive_path(folder: Path) -> Path | None:
    path = folder / MANIFEST_NAME
    try:
        content = path.read_bytes()
        made_at = MANIFEST_FORM.parse(content, str(path)).made_at
    except FileNotFoundError:
        return None  # nothing is there, or something that we did not publish
    except (OSError, BadInputError) as error:
        _log.warning("The earlier version is not kept. %s", error)
        return None
    return version_path(folder, made_at, hashlib.sha256(content).hexdigest())


def _catalogue(show: Path) -> ShowCatalogue:
    """Read the list of a show; where it is missing or damaged, make it from the manifests."""
    path = show / SHOW_NAME
    try:
        return SHOW_FORM.parse(path.read_bytes(), str(path))
    except (OSError, BadInputError):
        return _from_manifests(show, [])


def _from_manifests(show: Path, problems: list[str]) -> ShowCatalogue:
    return show_catalogue(listed(manifest, name) for name, manifest in _manifests(show, problems))


def _manifests(show: Path, problems: list[str]) -> Iterator[tuple[str, Manifest]]:
    """Yield the folders of a show with their manifests; tell what cannot be read."""
    for name in _episode_names(show):
        try:
            manifest = read_manifest(show / name)
        except BadInputError as error:
            problems.append(str(error))
            _log.warning("%s", error)
        else:
            if manifest is not None:
                yield name, manifest


def _episode_names(show: Path) -> list[str]:
    if not show.is_dir():
        return []
    return sorted(p.name for p in show.iterdir() if p.is_dir() and not p.name.startswith("."))


def _shows(out: Path) -> list[Path]:
    names = _episode_names(out)
    return [out / name for name in names if name != SCHEMAS_FOLDER]


def _write_index(out: Path) -> None:
    files = index_files((show.name, _catalogue(show)) for show in _shows(out))
    _write_all(out, files)
    for path in out.glob("index-*"):
        if path.name not in files:
            path.unlink()
    _write_all(out / SCHEMAS_FOLDER, {s.name: s.read_bytes() for s in SCHEMAS.glob("*.json")})


def _write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        _write(folder / name, content)


def _write(path: Path, content: bytes) -> None:
    """Write a list whole or not at all; one that says the same already stays.

    Only one run at a time writes lists, so that the name beside can always be the same, and what a
    killed run has left there is taken over by the next.
    """
    beside = path.with_name(f".{path.name}{PARTIAL}")
    if path.is_file() and path.read_bytes() == content:
        beside.unlink(missing_ok=True)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise StorageError(
            f"{path} cannot be written: {error.strerror}. The episode is published, but not "
            "listed. Make room or make the folder writable, then run `interlinear render`."
        ) from error

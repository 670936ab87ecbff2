"""Copy what is published to the object storage that the settings name."""

import logging
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from flows.settings import settings
from outputs.library.mirror import mirror_episode, mirror_lists, mirrored_record
from outputs.library.object_store import open_store
from outputs.library.published_folder import read_manifest
from outputs.record.manifest import Manifest
from outputs.record.record_types import EpisodeRecord
from podcast.errors import BadInputError, InterlinearError
from podcast.files.locks import locked

_log = logging.getLogger(__name__)
_store = cache(open_store)


def mirror_published(folder: Path, manifest: Manifest) -> None:
    """Copy an episode, whose lock is held, if there is a place to copy it to.

    Raises:
        NetworkError: The store cannot be reached or refuses.
        SetupError: The setting names no store.
    """
    if address := settings().mirror:
        mirror_episode(_store(address), folder, manifest)


def record_elsewhere(folder: Path, since: str) -> EpisodeRecord | None:
    """Return what another machine has published of an episode since then, as the store has it."""
    address = settings().mirror
    try:
        return mirrored_record(_store(address), folder, since) if address else None
    except InterlinearError as error:  # it will be said again when the episode is copied
        _log.warning("What other machines have published of %s is not known: %s", folder, error)
        return None


def mirror_again(folders: Iterable[Path], address: str) -> int:
    """Copy episodes as they are published, and make the lists of the store again.

    Returns:
        How many were copied; what has no manifest was published by an older program and is not.

    Raises:
        BadInputError: A manifest is damaged.
        NetworkError: The store cannot be reached or refuses.
        SetupError: There is no such store.
    """
    store, copied = _store(address), 0
    for folder in folders:
        with locked(folder):
            manifest = read_manifest(folder)
            if manifest is not None:
                mirror_episode(store, folder, manifest)
                copied += 1
    mirror_lists(store)
    return copied


def mirror_address(given: str | None) -> str:
    """Return where to copy to: as given, or as the settings say.

    Raises:
        BadInputError: Neither says it.
    """
    if address := given or settings().mirror:
        return address
    raise BadInputError(
        "Say where to copy the episodes: --to s3://bucket/folder, or set INTERLINEAR_MIRROR."
    )

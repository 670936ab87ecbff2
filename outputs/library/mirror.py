"""Copy the published folder to object storage, with the same promises as far as a store allows.

No store swaps folders, so every publication of an episode gets a folder of its own, named after its
content: `<show>/<episode>/<version>/`. The manifest beside these folders says where the files lie.
It is one object, written last, and so a reader who begins with it sees one publication, whole. The
lists follow, first that of the show, then the index.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import groupby
from pathlib import Path

from audio.web.address import without_secrets
from outputs.library.object_store import ObjectStore
from outputs.library.published_folder import SCHEMAS_FOLDER
from outputs.record.episode_record import RECORD_NAME, parse_record
from outputs.record.json_form import SCHEMAS
from outputs.record.manifest import MANIFEST_FORM, MANIFEST_NAME, Manifest, PublishedFile
from outputs.record.record_types import EpisodeRecord
from outputs.site.catalogue import (
    INDEX_NAME,
    SHOW_FORM,
    SHOW_NAME,
    ShowCatalogue,
    listed,
    show_catalogue,
    with_episode,
)
from outputs.site.site_lists import SHOW_PAGE, index_files, show_files
from podcast.errors import BadInputError, NetworkError

JSON, HTML = "application/json", "text/html; charset=utf-8"
TRIES = 20
"""Of a list that other runs change at the same time."""

SPARED = timedelta(days=1)
"""So long stays a version that is neither the present nor the last one: somebody may be reading it,
or just be writing it."""


def mirror_episode(store: ObjectStore, folder: Path, manifest: Manifest) -> None:
    """Copy an episode and list it.

    Args:
        store: Where to.
        folder: Of the published episode, whose lock is held.
        manifest: That lies in it.

    Raises:
        BadInputError: Another episode has that place in the store.
        NetworkError: The store cannot be reached or refuses; readers see what they saw before.
    """
    place = f"{folder.parent.name}/{folder.name}"
    before = _pointer(store, place)
    if before is not None and before.episode.identity != manifest.episode.identity:
        raise BadInputError(_another(store, place, before))
    present = _versioned(manifest)
    if before is None or _version(before) != _version(present):
        _upload(store, place, folder, present)
    store.write(f"{place}/{MANIFEST_NAME}", MANIFEST_FORM.dump(present), JSON)
    entry = listed(present, folder.name)
    _change_show(store, folder.parent.name, lambda catalogue: with_episode(catalogue, entry))
    _write_index(store)
    _sweep(store, place, {_version(m) for m in (before, present) if m})


def mirrored_record(store: ObjectStore, folder: Path, since: str) -> EpisodeRecord | None:
    """Read the record of an episode from a store if it is newer than a time of day.

    Args:
        store: Where it may lie.
        folder: Of the episode on the disk, whether it is there or not.
        since: RFC 3339 in UTC, as manifests have it; empty for any time.

    Raises:
        BadInputError: What lies there is damaged.
        NetworkError: The store cannot be reached or refuses.
    """
    place = f"{folder.parent.name}/{folder.name}"
    manifest = _pointer(store, place)
    if manifest is None or manifest.made_at <= since:
        return None
    paths = (f"{place}/{file.path}" for file in manifest.files if file.name == RECORD_NAME)
    found = [content for path in paths if (content := store.read(path))]
    return parse_record(found[0].content, place) if found else None


def mirror_lists(store: ObjectStore) -> None:
    """Make the lists of a store again from the manifests that are in it.

    Raises:
        NetworkError: The store cannot be reached or refuses.
    """
    for show in _shows(store):
        _change_show(store, show, partial(_from_manifests, store, show))
    _write_index(store)


def _from_manifests(store: ObjectStore, show: str, _before: ShowCatalogue) -> ShowCatalogue:
    names = store.folders(show)
    manifests = ((name, _pointer(store, f"{show}/{name}")) for name in names)
    return show_catalogue(listed(manifest, name) for name, manifest in manifests if manifest)


def _versioned(manifest: Manifest) -> Manifest:
    """Return a manifest whose files lie in a folder named after what they say."""
    content = "".join(file.name + file.sha256 for file in manifest.files)
    version = hashlib.sha256(content.encode()).hexdigest()[:16]
    return replace(
        manifest, files=tuple(replace(f, path=f"{version}/{f.name}") for f in manifest.files)
    )


def _version(manifest: Manifest) -> str:
    return manifest.files[0].path.partition("/")[0]


def _upload(store: ObjectStore, place: str, folder: Path, manifest: Manifest) -> None:
    by_type = sorted(manifest.files, key=_type_of)
    for mime, files in groupby(by_type, key=_type_of):
        contents = {f"{place}/{f.path}": (folder / f.name).read_bytes() for f in files}
        store.write_for_good(contents, mime)


def _type_of(file: PublishedFile) -> str:
    is_text = file.type.startswith("text/")
    return f"{file.type}; charset=utf-8" if is_text else file.type


def _pointer(store: ObjectStore, place: str) -> Manifest | None:
    found = store.read(f"{place}/{MANIFEST_NAME}")
    return MANIFEST_FORM.parse(found.content, f"{place}/{MANIFEST_NAME}") if found else None


def _change_show(
    store: ObjectStore, show: str, change: Callable[[ShowCatalogue], ShowCatalogue]
) -> None:
    path = f"{show}/{SHOW_NAME}"
    for _ in range(TRIES):
        seen = store.read(path)
        catalogue = SHOW_FORM.parse(seen.content, path) if seen else show_catalogue([])
        files = show_files(change(catalogue))
        content = files[SHOW_NAME]
        if (seen and seen.content == content) or store.replace(path, content, JSON, seen):
            store.write(f"{show}/{SHOW_PAGE}", files[SHOW_PAGE], HTML)
            return
    raise NetworkError(_too_busy(store, path))


def _write_index(store: ObjectStore) -> None:
    """Put the index together; what another run lists meanwhile is not lost."""
    for schema in SCHEMAS.glob("*.json"):
        _write_if_new(store, f"{SCHEMAS_FOLDER}/{schema.name}", schema.read_bytes())
    for _ in range(TRIES):
        seen = store.read(INDEX_NAME)  # before the lists of the shows: a change of them shows here
        files = index_files(_catalogues(store))
        first = files.pop(INDEX_NAME)
        for name, content in files.items():
            store.write(name, content, JSON if name.endswith(".json") else HTML)
        if store.replace(INDEX_NAME, first, JSON, seen):
            return
    raise NetworkError(_too_busy(store, INDEX_NAME))


def _write_if_new(store: ObjectStore, path: str, content: bytes) -> None:
    found = store.read(path)
    if found is None or found.content != content:
        store.write(path, content, JSON)


def _catalogues(store: ObjectStore) -> Iterator[tuple[str, ShowCatalogue]]:
    for show in _shows(store):
        path = f"{show}/{SHOW_NAME}"
        if found := store.read(path):
            yield show, SHOW_FORM.parse(found.content, path)


def _shows(store: ObjectStore) -> list[str]:
    return [name for name in store.folders("") if name != SCHEMAS_FOLDER]


def _sweep(store: ObjectStore, place: str, kept: set[str]) -> None:
    """Delete versions that nobody can be reading or writing any more."""
    for version in store.folders(place):
        if version in kept:
            continue
        changed = store.last_change(f"{place}/{version}")
        if changed and datetime.now(UTC) - changed > SPARED:
            store.delete(f"{place}/{version}")


def _another(store: ObjectStore, place: str, there: Manifest) -> str:
    return (
        f"{without_secrets(store.address)}/{place} holds another episode, {there.title!r} of "
        f"{there.show!r}, which stays. Delete it there if nobody wants it, or use another address."
    )


def _too_busy(store: ObjectStore, path: str) -> str:
    return (
        f"{without_secrets(store.address)}/{path} was changed by other runs again and again; "
        "the episode is there, but not listed. Run `interlinear mirror` later."
    )

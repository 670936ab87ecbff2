"""A folder on object storage, such as S3: single objects are whole or not there, folders are not.

The only module that knows fsspec. Writing on a condition (If-Match) is asked of S3; other stores
get the plain write, and of two writers at the same moment the last one wins there.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from audio.web.address import without_secrets
from podcast.errors import NetworkError, SetupError

S3 = "s3"
_STORE = re.compile(r"file:///|[a-z][a-z0-9+.-]*://[^/]", re.IGNORECASE)
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One object.

    Attributes:
        content: Its bytes.
        tag: Changes with the content; empty where the store gives none.
    """

    content: bytes
    tag: str


class ObjectStore:
    """A folder at an address such as s3://bucket/prefix. Paths are relative to it.

    Every method raises NetworkError when the store cannot be reached or refuses.
    """

    def __init__(self, files: Any, root: str, address: str) -> None:
        self._files = files
        self._root = root.rstrip("/")
        self.address = address
        protocol = files.protocol
        self._is_s3 = S3 in ((protocol,) if isinstance(protocol, str) else protocol)

    def read(self, path: str) -> StoredObject | None:
        """Read an object; None where there is none."""
        with self._speaking():
            try:
                tag = str(self._files.info(self._at(path)).get("ETag", ""))
                return StoredObject(self._files.cat_file(self._at(path)), tag)
            except FileNotFoundError:
                return None

    def write(self, path: str, content: bytes, mime: str) -> None:
        """Write an object that may change later."""
        with self._speaking():
            self._files.pipe_file(self._at(path), content, **self._headers(mime, ASK_AGAIN))

    def write_for_good(self, contents: Mapping[str, bytes], mime: str) -> None:
        """Write objects side by side that never change: caches may keep them."""
        with self._speaking():
            placed = {self._at(path): content for path, content in contents.items()}
            self._files.pipe(placed, **self._headers(mime, FOREVER))

    def replace(self, path: str, content: bytes, mime: str, seen: StoredObject | None) -> bool:
        """Write an object if it is still the one that was seen, or still not there.

        Returns:
            Whether it was written.
        """
        headers = self._headers(mime, ASK_AGAIN)
        if self._is_s3:
            headers |= {"IfMatch": seen.tag} if seen else {"IfNoneMatch": "*"}
        with self._speaking():
            try:
                self._files.pipe_file(self._at(path), content, **headers)
            except OSError as error:
                if "pre-condition" in str(error) or isinstance(error, FileExistsError):
                    return False
                raise
        return True

    def folders(self, path: str) -> list[str]:
        """Return the names of the folders in a folder, sorted."""
        with self._speaking():
            try:
                entries = self._files.ls(self._at(path), detail=True)
            except FileNotFoundError:
                return []
        names = (e["name"].rstrip("/") for e in entries if e["type"] == "directory")
        return sorted(name.rpartition("/")[2] for name in names)

    def last_change(self, path: str) -> datetime | None:
        """Return when something in a folder was last written; None if the store does not say."""
        with self._speaking():
            found = self._files.find(self._at(path), detail=True).values()
        times = [entry["LastModified"] for entry in found if entry.get("LastModified")]
        return max(times, default=None)

    def delete(self, path: str) -> None:
        """Delete a folder or an object."""
        with self._speaking():
            self._files.rm(self._at(path), recursive=True)

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}" if path else self._root

    def _headers(self, mime: str, caching: str) -> dict[str, str]:
        return {"ContentType": mime, "CacheControl": caching} if self._is_s3 else {}

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            raise NetworkError(
                f"{without_secrets(self.address)} does not take the episode: {error}. It is "
                "published on this machine. Run `interlinear mirror` when the store answers."
            ) from error


def is_store(address: str) -> bool:
    """Say whether an address looks like that of a folder on a store: s3://bucket/folder."""
    return _STORE.match(address) is not None


def open_store(address: str) -> ObjectStore:
    """Open the folder at an address that fsspec knows, such as s3://bucket/prefix.

    Credentials and the endpoint come from the environment, as boto3 documents it.

    Raises:
        SetupError: There is no such kind of store, or what it needs is not installed.
    """
    import fsspec

    try:
        # A connection of its own, and no memory of what another machine has changed since.
        files, root = fsspec.core.url_to_fs(
            address, use_listings_cache=False, skip_instance_cache=True
        )
    except (ImportError, ValueError) as error:
        raise SetupError(
            f"{without_secrets(address)} cannot be written to: {error}. "
            "Give an address such as s3://bucket/folder."
        ) from error
    return ObjectStore(files, root, address)

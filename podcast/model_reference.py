"""Say which model is meant, by a value: hashed, sent, compared and described without the model."""

import hashlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar

Engine_co = TypeVar("Engine_co", covariant=True)

HASH_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What a model is loaded on.

    Attributes:
        device: "cpu" or "cuda".
        threads: Of a CPU.
        hub_token: Of the model hub, where a part of a model lies behind a licence.
        server_key: Of a server that runs the model.
        trusted: Folders of models that may run code of their own.
    """

    device: str = "cpu"
    threads: int = 1
    hub_token: str | None = field(default=None, repr=False)
    server_key: str = field(default="", repr=False)
    trusted: frozenset[Path] = frozenset()


class ModelReference(Protocol[Engine_co]):
    """A model that may be loaded, in this process or in another. A frozen value."""

    def __hash__(self) -> int: ...

    def identity(self) -> str:
        """Name the model by its content, so that another one is never taken for it."""
        ...

    def stamp(self) -> int:
        """Return what is another number in this process once the model has changed."""
        ...

    def load(self, options: LoadOptions) -> Engine_co:
        """Load the model.

        Raises:
            SetupError: It is missing or broken.
            OutOfMemoryError: There is too little memory.
        """
        ...


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model that is a folder on this machine.

    Attributes:
        folder: All of its files.
    """

    folder: Path

    def identity(self) -> str:
        """Return "<folder name>@<16 hex digits of the sha256 over all files>"."""
        return _content_of(self.folder, self.stamp())

    def stamp(self) -> int:
        """Return what changes with any file."""
        return hash(tuple(sorted((p, p.stat().st_mtime_ns) for p in self.folder.rglob("*"))))


@cache
def _content_of(folder: Path, _stamp: int) -> str:
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(str(path.relative_to(folder)).encode())
        with path.open("rb") as file:
            while block := file.read(HASH_BLOCK):
                digest.update(block)
    return f"{folder.name}@{digest.hexdigest()[:16]}"

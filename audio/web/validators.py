"""By what a server tells whether what it has sent before is still what it has."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of something that it sent; empty where it said nothing."""

    etag: str = ""
    last_modified: str = ""

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> Self:
        """Read them from an answer; what is not ASCII could not be sent back."""
        etag, date = headers.get("etag", ""), headers.get("last-modified", "")
        return cls(*(value if value.isascii() else "" for value in (etag, date)))

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)

    def conditions(self) -> dict[str, str]:
        """Return the headers of a request for what has changed only."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value}

    def agrees(self, other: Self) -> bool:
        """Whether an answer without content may be of the same; one that names nothing may."""
        pairs = [(getattr(self, field.name), getattr(other, field.name)) for field in fields(self)]
        return all(one == another for one, another in pairs if one and another)


NOTHING_KNOWN = Validators()

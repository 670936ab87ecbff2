"""Where a published file can be opened."""

from pathlib import Path
from urllib.parse import quote

from flows.settings import settings


def address_of(path: Path) -> str:
    """Return the address of a published file on the site of the settings; empty if it has none."""
    out = settings().out.absolute()
    if not settings().site or not path.absolute().is_relative_to(out):
        return ""
    return f"{settings().site}/{quote(path.absolute().relative_to(out).as_posix())}"

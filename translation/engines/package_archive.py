"""Unpack an Argos package: whole and as it says, or with an error that names what is wrong."""

import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from podcast.errors import NetworkError, SetupError

MAX_BYTES = 2**30
"""Of a package, packed and unpacked; the largest that exist have a third of it."""

MAX_RATIO = 50
"""So many times its size a package may have unpacked; weights hardly shrink at all."""

SMALL = 2**20
"""Bytes; below this nobody minds the ratio."""

_LONGEST_NAME, _LONGEST_PATH = 255, 1024
_IS_ENCRYPTED = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def unpack(archive: Path, scratch: Path) -> Path:
    """Unpack into a folder and return the one folder that is in it then.

    Raises:
        NetworkError: The archive arrived damaged.
        SetupError: It holds what no package holds, or more than a package can be.
    """
    try:
        with zipfile.ZipFile(archive) as file:
            top = _checked(file.infolist(), archive)
            file.extractall(scratch)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        raise NetworkError(f"{archive.name} arrived damaged: {error}. Try again.") from error
    return scratch / top


def unpacked_size(archive: Path) -> int:
    """Return the bytes that an archive says it has unpacked; 0 if it is none."""
    try:
        with zipfile.ZipFile(archive) as file:
            return sum(member.file_size for member in file.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return 0


def _checked(members: Sequence[zipfile.ZipInfo], archive: Path) -> str:
    """Return the name of the folder at the top; nothing is unpacked before all is looked at."""
    for member in members:
        if reason := _fault(member):
            raise SetupError(f"The package holds {member.filename[:80]!r}, {reason}. {_CURE}")
    names = Counter(PurePosixPath(member.filename) for member in members)
    files = {PurePosixPath(member.filename) for member in members if not member.is_dir()}
    above = {folder for name in names for folder in name.parents}
    if twice := [name for name, times in names.items() if times > 1 or name in above & files]:
        raise SetupError(f"The package holds {str(twice[0])[:80]!r} twice. {_CURE}")
    if len(tops := {name.parts[0] for name in names}) != 1:
        raise SetupError(f"{archive.name} is no Argos package: it needs one folder at its top.")
    size = sum(member.file_size for member in members)
    if size > MAX_BYTES or size > max(SMALL, MAX_RATIO * archive.stat().st_size):
        raise SetupError(f"The package would have {size:,} bytes unpacked: no package has. {_CURE}")
    return tops.pop()


_CURE = "Nothing of it was kept. Do not use this package index."


def _fault(member: zipfile.ZipInfo) -> str:
    """Say what is wrong with a member; nothing if it is a plain file or folder inside."""
    path = PurePosixPath(member.filename)
    is_inside = path.parts and not path.is_absolute() and ".." not in path.parts
    if not is_inside or "\\" in member.filename or stat.S_ISLNK(member.external_attr >> 16):
        return "which would be written outside its folder"
    if (
        any(len(part.encode()) > _LONGEST_NAME for part in path.parts)
        or len(member.filename) > _LONGEST_PATH
    ):
        return "whose name is too long for a disk"
    if not member.filename.isprintable():
        return "whose name cannot be printed"
    if member.flag_bits & _IS_ENCRYPTED:
        return "which is encrypted"
    return "" if member.compress_type in _METHODS else "which is packed in a way that is not known"

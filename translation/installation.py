"""Install Argos packages from their package index: whole and checked, or not at all."""

import os
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

import httpx

from podcast.errors import NetworkError, SetupError, StorageError
from translation.packages import ArgosPackage, argos_settings, read_package, version_key

ReportBytes = Callable[[int, int], None]
"""Called with the bytes that are here and the bytes that are wanted in all."""

TIMEOUT = httpx.Timeout(30.0)
"""Seconds without a byte after which a connection counts as lost."""


def download_package(
    source: str,
    target: str,
    folder: Path | None,
    report: ReportBytes,
    index_url: str | None = None,
) -> ArgosPackage:
    """Fetch the newest package for a language pair and install it.

    What arrived before a connection broke is kept beside the packages and used by the next call.

    Args:
        source: Code of the language to translate from.
        target: Code of the language to translate into.
        folder: Folder of unpacked packages; None takes argostranslate's own.
        report: Called as bytes arrive.
        index_url: The package index; None takes argostranslate's own.

    Raises:
        NetworkError: The index or the package cannot be fetched, or arrived damaged.
        SetupError: The index has no package for the pair, or it is not what it should be.
        StorageError: The disk is full or the folder cannot be written.
    """
    settings = argos_settings()
    folder = folder or settings.folder
    entry = _choose(_fetch_index(index_url or settings.index_url), source, target)
    with _our_errors(f"The Argos package {source} -> {target}"):
        folder.mkdir(parents=True, exist_ok=True)
        number = "_".join(str(part) for part in _version_of(entry))
        archive = folder / f"translate-{source}_{target}-{number}.argosmodel.part"
        _fetch_any(entry, archive, report)
        return _install(archive, source, target)


def _fetch_index(url: str) -> list[dict[str, Any]]:
    with _our_errors("The Argos package index"), httpx.Client(timeout=TIMEOUT) as client:
        answer = client.get(url, follow_redirects=True)
        answer.raise_for_status()
    try:
        return [entry for entry in answer.json() if isinstance(entry, dict)]
    except (ValueError, TypeError) as error:
        raise SetupError(f"{url} is no Argos package index. Check ARGOS_PACKAGE_INDEX.") from error


def _choose(entries: list[dict[str, Any]], source: str, target: str) -> dict[str, Any]:
    ours = version_key(version("argostranslate"))
    fitting = [
        entry
        for entry in entries
        if (entry.get("from_code"), entry.get("to_code")) == (source, target)
        and entry.get("type", "translate") == "translate"
        and version_key(str(entry.get("argos_version", ""))) <= ours
        and _links(entry)
    ]
    if not fitting:
        raise SetupError(
            f"The Argos package index has no package for {source} -> {target} that this version "
            "of argostranslate can use. Copy an unpacked package into the packages folder instead."
        )
    return max(fitting, key=_version_of)


def _version_of(entry: dict[str, Any]) -> tuple[int, ...]:
    return version_key(str(entry.get("package_version", "")))


def _links(entry: dict[str, Any]) -> list[str]:
    """Return the links that a web client can follow; the index may hold others."""
    return [link for link in entry.get("links", ()) if link.startswith(("http://", "https://"))]


def _fetch_any(entry: dict[str, Any], archive: Path, report: ReportBytes) -> None:
    """Try one link after the other; the last one's error is the user's."""
    *others, last = _links(entry)
    for link in others:
        try:
            return _fetch(link, archive, report)
        except httpx.HTTPError:
            continue
    return _fetch(last, archive, report)


def _fetch(url: str, archive: Path, report: ReportBytes) -> None:
    have = archive.stat().st_size if archive.exists() else 0
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
    with (
        httpx.Client(timeout=TIMEOUT, follow_redirects=True) as client,
        client.stream("GET", url, headers=headers) as answer,
    ):
        if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            return  # All of it is here already; whether it is sound is checked next.
        answer.raise_for_status()
        if answer.status_code != httpx.codes.PARTIAL_CONTENT:
            have = 0
        wanted = have + int(answer.headers.get("Content-Length", 0))
        _check_space(archive.parent, wanted - have)
        with archive.open("ab" if have else "wb") as file:
            for chunk in answer.iter_raw():
                file.write(chunk)
                have += len(chunk)
                report(have, max(have, wanted))


def _install(archive: Path, source: str, target: str) -> ArgosPackage:
    """Unpack beside the packages folder, check, and move into it in one step."""
    folder = archive.parent
    with tempfile.TemporaryDirectory(dir=_scratch_place(folder), prefix=".argos-") as scratch:
        try:
            unpacked = _unpack(archive, Path(scratch))
            package = read_package(unpacked)
        except (zipfile.BadZipFile, zlib.error, NetworkError, SetupError):
            archive.unlink()  # Nothing of it is worth keeping for the next call.
            raise
        if (package.source, package.target) != (source, target):
            archive.unlink()
            raise SetupError(
                f"The package for {source} -> {target} translates {package.source} -> "
                f"{package.target} instead. Tell the owner of the package index."
            )
        place = folder / unpacked.name
        _replace(unpacked, place, Path(scratch))
    archive.unlink()
    return read_package(place)


def _scratch_place(folder: Path) -> Path:
    """Choose where to unpack: argostranslate takes every folder among the packages for one."""
    beside = folder.parent
    is_one_step_away = beside.stat().st_dev == folder.stat().st_dev and os.access(beside, os.W_OK)
    return beside if is_one_step_away else folder


def _unpack(archive: Path, scratch: Path) -> Path:
    with zipfile.ZipFile(archive) as file:
        if file.testzip() is not None:
            raise NetworkError(f"{archive.name} arrived damaged. Try again.")
        tops = {_checked(member).parts[0] for member in file.infolist()}
        if len(tops) != 1:
            raise SetupError(f"{archive.name} is no Argos package: it needs one folder at its top.")
        _check_space(scratch, sum(member.file_size for member in file.infolist()))
        file.extractall(scratch)
    return scratch / tops.pop()


def _checked(member: zipfile.ZipInfo) -> PurePosixPath:
    """Refuse a name or a link that could write outside the folder."""
    path = PurePosixPath(member.filename)
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    is_inside = path.parts and not path.is_absolute() and ".." not in path.parts
    if not is_inside or "\\" in member.filename or is_link:
        raise SetupError(
            f"The package holds {member.filename!r}, which would be written outside its folder. "
            "Do not use this package index."
        )
    return path


def _replace(new: Path, place: Path, scratch: Path) -> None:
    if place.exists():
        place.rename(scratch / "replaced")
    new.rename(place)


def _check_space(folder: Path, n_bytes: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < n_bytes:
        raise StorageError(
            f"The disk of {folder} is too full: {n_bytes / 1e6:.0f} MB are needed, "
            f"{free / 1e6:.0f} MB are free. Make room and try again."
        )


@contextmanager
def _our_errors(what: str) -> Iterator[None]:
    try:
        yield
    except httpx.HTTPStatusError as error:
        raise _explain_status(what, error) from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise SetupError(f"{what} has no usable address. Check ARGOS_PACKAGE_INDEX.") from error
    except httpx.HTTPError as error:
        raise NetworkError(_no_connection(what, error)) from error
    except (zipfile.BadZipFile, zlib.error) as error:
        raise NetworkError(f"{what} arrived damaged. Try again.") from error
    except OSError as error:
        raise StorageError(
            f"{what} cannot be written: {error.strerror} ({error.filename}). "
            "Make room or mend the rights, or set ARGOS_PACKAGES_DIR to another folder."
        ) from error


def _explain_status(what: str, error: httpx.HTTPStatusError) -> NetworkError | SetupError:
    status = error.response.status_code
    answer = f"{what} cannot be fetched: {error.request.url} answered with status {status}."
    if status >= httpx.codes.INTERNAL_SERVER_ERROR or status == httpx.codes.TOO_MANY_REQUESTS:
        return NetworkError(f"{answer} Try again later.")
    return SetupError(
        f"{answer} Check ARGOS_PACKAGE_INDEX, or copy an unpacked package into the packages folder."
    )


def _no_connection(what: str, error: httpx.HTTPError) -> str:
    place = f"{error.request.url.scheme}://{error.request.url.netloc.decode()}"
    return (
        f"{what} cannot be fetched: there is no connection to {place}, or it broke "
        f"({type(error).__name__}). Try again, what has arrived is kept; on a machine without "
        "network, copy the unpacked package into the packages folder."
    )

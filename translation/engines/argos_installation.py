"""Install Argos packages from their package index: whole and checked, or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from audio.web.address import without_secrets
from audio.web.client import PUBLIC, WebOptions, open_client, web_error
from audio.web.connection import ClosedHostError
from audio.web.patience import Patience
from podcast.errors import InterlinearError, NetworkError, SetupError, StorageError
from translation.engines.argos_packages import ArgosPackage, argos_settings, read_package
from translation.engines.package_archive import MAX_BYTES, unpack, unpacked_size
from translation.engines.package_index import find_offer
from translation.engines.translator import ReportBytes

_PATIENCE = Patience(whole=6 * 3600.0, min_rate=4096.0)
_PARTIAL = ".argosmodel.part"


def download_package(  # noqa: PLR0913  where from, where to, and how
    source: str,
    target: str,
    folder: Path | None,
    report: ReportBytes,
    index_url: str | None = None,
    *,
    web: WebOptions = PUBLIC,
) -> ArgosPackage:
    """Fetch the newest package for a language pair and install it.

    What arrived before a connection broke is kept beside the packages and used by the next call, if
    the server can prove that the rest belongs to it.

    Args:
        source: Code of the language to translate from.
        target: Code of the language to translate into.
        folder: Folder of unpacked packages; None takes argostranslate's own.
        report: Called as bytes arrive.
        index_url: The package index; None takes argostranslate's own.
        web: How this machine goes to the web.

    Raises:
        NetworkError: The index or the package cannot be fetched, or arrived damaged.
        SetupError: The index has no package for the pair, or it is not what it should be.
        StorageError: The disk is full or the folder cannot be written.
    """
    settings = argos_settings()
    folder = folder or settings.folder
    with _our_errors("The Argos package index"):
        offer = find_offer(index_url or settings.index_url, source, target, web)
    with _our_errors(f"The Argos package {source} -> {target}"):
        folder.mkdir(parents=True, exist_ok=True)
        number = "_".join(map(str, offer.number))
        archive = folder / f"translate-{source}_{target}-{number}{_PARTIAL}"
        _fetch_any(offer.links, _Download(archive, report, web))
        try:
            return _install(archive, source, target)
        finally:
            _discard(archive)  # Whatever became of it, the next call begins anew.


class _Download:
    """One archive, and beside it the name that its server gave to just this content."""

    def __init__(self, archive: Path, report: ReportBytes, web: WebOptions) -> None:
        self.archive = archive
        self.report = report
        self.web = web

    def fetch(self, url: str) -> None:
        """Fetch what is missing."""
        headers = {"Accept-Encoding": "identity"} | self._rest()
        with (
            open_client(headers, _PATIENCE, self.web) as client,
            client.stream("GET", url) as answer,
        ):
            if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
                return  # All of it is here already; whether it is sound is checked next.
            answer.raise_for_status()
            self._take(answer, self._begin(answer))

    def _rest(self) -> dict[str, str]:
        tag = _tag_of(self.archive)
        if not self.archive.exists() or not tag.exists():
            return {}
        have = self.archive.stat().st_size
        return {"Range": f"bytes={have}-", "If-Range": tag.read_text(encoding="utf-8")}

    def _begin(self, answer: httpx.Response) -> int:
        """Return the bytes that are kept: none, unless the answer goes on exactly there."""
        have = self.archive.stat().st_size if self.archive.exists() else 0
        goes_on = answer.headers.get("content-range", "").startswith(f"bytes {have}-")
        if answer.status_code == httpx.codes.PARTIAL_CONTENT:
            if goes_on:
                return have
            _discard(self.archive)
            raise NetworkError(f"{self.archive.name} changed while it was fetched. Try again.")
        _discard(self.archive)
        tag = answer.headers.get("etag", "")
        if tag and not tag.startswith("W/"):
            _tag_of(self.archive).write_text(tag, encoding="utf-8")
        return 0

    def _take(self, answer: httpx.Response, have: int) -> None:
        wanted = have + int(answer.headers.get("Content-Length", 0))
        _check_size(wanted)
        _check_space(self.archive.parent, wanted - have)
        with self.archive.open("ab") as file:
            for chunk in answer.iter_raw():
                file.write(chunk)
                have += len(chunk)
                _check_size(have)
                self.report(have, max(have, wanted))


def _fetch_any(links: tuple[str, ...], download: _Download) -> None:
    """Try one link after the other; the last one's error is the user's."""
    *others, last = links
    for link in others:
        try:
            return download.fetch(link)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError):
            continue
    return download.fetch(last)


def _install(archive: Path, source: str, target: str) -> ArgosPackage:
    """Unpack beside the packages folder, check, and move into it in one step."""
    folder = archive.parent
    with tempfile.TemporaryDirectory(dir=_scratch_place(folder), prefix=".argos-") as scratch:
        _check_space(Path(scratch), min(unpacked_size(archive), MAX_BYTES))
        unpacked = unpack(archive, Path(scratch) / "new")
        package = read_package(unpacked)
        if (package.source, package.target) != (source, target):
            raise SetupError(
                f"The package for {source} -> {target} translates {package.source} -> "
                f"{package.target} instead. Tell the owner of the package index."
            )
        # Not under the archive's own name for it, which may be that of another package.
        place = folder / archive.name.removesuffix(_PARTIAL)
        if place.exists():
            place.rename(Path(scratch) / "replaced")
        unpacked.rename(place)
    return read_package(place)


def _scratch_place(folder: Path) -> Path:
    """Choose where to unpack: argostranslate takes every folder among the packages for one."""
    beside = folder.parent
    is_one_step_away = beside.stat().st_dev == folder.stat().st_dev and os.access(beside, os.W_OK)
    return beside if is_one_step_away else folder


def _tag_of(archive: Path) -> Path:
    return archive.with_name(f"{archive.name}.etag")


def _discard(archive: Path) -> None:
    archive.unlink(missing_ok=True)
    _tag_of(archive).unlink(missing_ok=True)


def _check_size(n_bytes: int) -> None:
    if n_bytes > MAX_BYTES:
        raise SetupError(
            f"The package has more than {MAX_BYTES:,} bytes: no package has. "
            "Do not use this package index."
        )


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
    except InterlinearError:
        raise
    except httpx.HTTPStatusError as error:
        raise _explain_status(what, error) from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:
        raise SetupError(f"{what} has no usable address. Check ARGOS_PACKAGE_INDEX.") from error
    except (ClosedHostError, httpx.TooManyRedirects) as error:
        raise web_error(error, without_secrets(str(error.request.url)), _PATIENCE) from error
    except httpx.HTTPError as error:
        raise NetworkError(_no_connection(what, error)) from error
    except OSError as error:
        raise StorageError(
            f"{what} cannot be written: {error.strerror} ({error.filename}). "
            "Make room or mend the rights, or set ARGOS_PACKAGES_DIR to another folder."
        ) from error


def _explain_status(what: str, error: httpx.HTTPStatusError) -> NetworkError | SetupError:
    status = error.response.status_code
    shown = without_secrets(str(error.request.url))
    answer = f"{what} cannot be fetched: {shown} answered with status {status}."
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

"""Find model snapshots in the local cache of the model hub, and download them into it."""

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from typing import Any

from podcast.errors import InterlinearError, SetupError, StorageError
from speech.hub.hub_errors import explain

ReportBytes = Callable[[int, int], None]
"""Called with the bytes that are here and the bytes that are wanted in all."""

MODEL_FILES = ("*.bin", "*.json", "*.txt", "*.yaml", "*.npz")
"""What a Whisper or diarization repository holds that a program reads."""

TIMEOUT = 20.0
"""Seconds that the hub may take for its first answer."""


@dataclass(frozen=True, slots=True)
class HubOptions:
    """What to take of a model, and where the hub and its cache are.

    Attributes:
        revision: Branch, tag or commit; None takes the main branch.
        allow_patterns: The files that count.
        endpoint: None takes HF_ENDPOINT, which the library reads, or else the public hub.
        cache: Folder of the cache; None takes HF_HUB_CACHE or HF_HOME, which the library reads.
    """

    revision: str | None = None
    allow_patterns: tuple[str, ...] = MODEL_FILES
    endpoint: str | None = None
    cache: Path | None = None


HERE = HubOptions()
"""As the environment has it."""


def find_snapshot(repo_id: str, options: HubOptions = HERE) -> Path | None:
    """Return the folder of a model that is whole in the local cache; never ask the network."""
    _prepare()
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        folder = snapshot_download(
            repo_id,
            revision=options.revision,
            cache_dir=options.cache,
            allow_patterns=list(options.allow_patterns),
            local_files_only=True,
        )
    except LocalEntryNotFoundError:
        return None
    return Path(folder) if _is_whole(Path(folder), repo_id, options) else None


def download_snapshot(
    repo_id: str,
    token: str | None,
    report: ReportBytes,
    options: HubOptions = HERE,
) -> Path:
    """Download what is missing of a model into the local cache and return its folder.

    Files that are whole stay as they are. A file whose connection breaks goes on from where it
    stopped; one that still does not arrive whole leaves nothing behind.

    Args:
        repo_id: Owner and name.
        token: Hub token; None takes the one that the library finds: HF_TOKEN or a login.
        report: Called as bytes arrive, from several threads but never at the same time.
        options: What to take, and where the hub and the cache are.

    Raises:
        NetworkError: The hub cannot be reached, or the connection broke.
        SetupError: The model is not given out: no token, no licence, no such model.
        StorageError: The disk is full or the cache cannot be written.
    """
    _prepare()
    from huggingface_hub import snapshot_download

    credentials = _checked(token)
    with _our_errors(repo_id, credentials, options):
        wanted = _count_missing_bytes(repo_id, credentials, options)
        check_space(cache_folder(options), wanted, repo_id)
        report(0, wanted)
        fetch = partial(
            snapshot_download,
            repo_id,
            revision=options.revision,
            cache_dir=options.cache,
            endpoint=options.endpoint,
            token=credentials if credentials is not None else False,
            allow_patterns=list(options.allow_patterns),
            tqdm_class=_counting_bar(report, wanted),
            library_name="interlinear",
        )
        folder = Path(fetch())
        if not _is_whole(folder, repo_id, options):
            # A file of the cache was cut by a bad copy; the library looks at names only.
            folder = Path(fetch(force_download=True))
        return folder


def cache_folder(options: HubOptions = HERE) -> Path:
    """Return the folder into which models are downloaded."""
    from huggingface_hub import constants

    return options.cache or Path(constants.HF_HUB_CACHE)


def has_token() -> bool:
    """Say whether a hub token is set up, in HF_TOKEN or by a login, without reading it out."""
    from huggingface_hub import constants, get_token

    # With a login file the library might refresh the token, which asks the network.
    return Path(constants.HF_TOKEN_PATH).is_file() or bool(get_token())


def check_space(folder: Path, n_bytes: int, what: str) -> None:
    """Refuse a download for which the disk has no room.

    Raises:
        StorageError: The disk is too full.
    """
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    if free < n_bytes:
        raise StorageError(
            f"The disk of {folder} is too full for {what}: {n_bytes / 1e6:.0f} MB are needed, "
            f"{free / 1e6:.0f} MB are free. Make room, or set HF_HOME to a folder on another disk."
        )


def _prepare() -> None:
    """Switch off the hub client's telemetry, which it reads from the environment at import."""
    from huggingface_hub import constants

    constants.HF_HUB_DISABLE_TELEMETRY = True


def _checked(token: str | None) -> str | None:
    from huggingface_hub import get_token

    found = (token or get_token() or "").strip()
    if not re.fullmatch(r"[!-~]*", found):
        # Sent as it is, it would be quoted in the HTTP library's complaint.
        raise SetupError(
            "The hub token holds spaces, line breaks or letters that no token has. "
            "Copy it again from https://huggingface.co/settings/tokens into HF_TOKEN."
        )
    return found or None


@contextmanager
def _our_errors(repo_id: str, token: str | None, options: HubOptions) -> Iterator[None]:
    import httpx2
    from huggingface_hub import constants
    from huggingface_hub.errors import HFValidationError, XetDownloadError

    try:
        yield
    except InterlinearError:
        raise
    except (httpx2.HTTPError, OSError, HFValidationError, XetDownloadError, RuntimeError) as error:
        # RuntimeError is what the client's storage engine raises when its servers fail.
        endpoint = options.endpoint or constants.ENDPOINT
        raise explain(error, repo_id, endpoint, has_token=token is not None) from error


def _count_missing_bytes(repo_id: str, token: str | None, options: HubOptions) -> int:
    """Ask the hub once, with a time limit, before the library asks without one."""
    from huggingface_hub import HfApi, try_to_load_from_cache

    info = HfApi(endpoint=options.endpoint, library_name="interlinear").model_info(
        repo_id,
        revision=options.revision,
        token=token if token is not None else False,
        files_metadata=True,
        timeout=TIMEOUT,
    )
    return sum(
        file.size or 0
        for file in info.siblings or ()
        if any(fnmatch(file.rfilename, pattern) for pattern in options.allow_patterns)
        and not isinstance(
            try_to_load_from_cache(
                repo_id, file.rfilename, cache_dir=options.cache, revision=info.sha
            ),
            str,
        )
    )


def _counting_bar(report: ReportBytes, wanted: int) -> Any:
    """Make the progress bar class that the library asks for: it draws nothing and reports."""
    from huggingface_hub.utils.tqdm import tqdm

    lock = threading.Lock()

    class CountingBar(tqdm):
        counted = 0

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **{**kwargs, "disable": True})  # type: ignore[no-untyped-call]  # of tqdm, untyped
            self.counts_bytes = kwargs.get("unit") == "B"

        def update(self, n: float | None = 1) -> None:
            with lock:
                self.counted += int(n or 0)
                # Two bars count bytes, those received and those written; the larger is true.
                if self.counts_bytes and self.counted > CountingBar.counted:
                    CountingBar.counted = self.counted
                    report(min(self.counted, wanted), wanted)

    return CountingBar


def _is_whole(folder: Path, repo_id: str, options: HubOptions) -> bool:
    """Compare sizes with the listing that came with the download; copied caches can be cut."""
    from huggingface_hub import get_cached_repo_tree
    from huggingface_hub.errors import CachedRepoTreeNotFoundError

    files = [path for path in folder.rglob("*") if not path.is_dir()]
    if not files or not all(path.is_file() for path in files):
        return False
    try:
        tree = get_cached_repo_tree(repo_id, revision=options.revision, cache_dir=options.cache)
    except CachedRepoTreeNotFoundError:
        return True
    sizes = {entry.path: entry.size for entry in tree}
    return all(
        path.stat().st_size == sizes.get(path.relative_to(folder).as_posix(), path.stat().st_size)
        for path in files
    )

"""Take turns at a host: one request at a time and a pause between two, over all runs of a machine.

Turns are locks of the kernel on empty files, as a run that dies must let go of them. When the last
turn ended is the time at which the file was touched.
"""

import fcntl
import hashlib
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from audio.web.address import parse_address
from podcast.errors import StorageError

logger = logging.getLogger(__name__)


@contextmanager
def host_turn(folder: Path, url: str, pause: float) -> Iterator[None]:
    """Wait until nobody else on this machine asks the host of a URL, and keep others waiting.

    A redirect to another host does not take a turn there.

    Args:
        folder: Where the turns of one kind of request are kept.
        url: Its scheme, host and port count.
        pause: Seconds between the end of one turn and the beginning of the next.

    Raises:
        BadInputError: The URL is wrong.
        StorageError: The folder cannot be written.
    """
    with _opened(folder / _mark(url)) as descriptor:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            logger.info("Another run asks %s; this one waits for it", urlsplit(url).hostname)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        last = os.fstat(descriptor)
        if last.st_size:  # a byte is written after the first turn
            time.sleep(min(pause, max(0.0, last.st_mtime + pause - time.time())))
        try:
            yield
        finally:
            os.pwrite(descriptor, b".", 0)
            os.utime(descriptor)


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StorageError(
            f"{path.parent} cannot be written: {error.strerror}. Make it writable, or choose "
            "another cache folder."
        ) from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _mark(url: str) -> str:
    parts = urlsplit(parse_address(url).url)
    host = f"{parts.scheme}://{parts.hostname}:{parts.port}".lower()
    return hashlib.sha256(host.encode()).hexdigest()[:16]

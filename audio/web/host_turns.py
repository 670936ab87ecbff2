"""Take turns at a host: one request at a time and a pause between two, over all runs of a machine.

Turns are locks of the kernel on empty files, as a run that dies must let go of them. When the last
turn ended is the time at which the file was touched.
"""

import hashlib
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from audio.web.address import parse_address
from podcast.files.locks import locked_file

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
    with locked_file(
        folder / _mark(url),
        lambda: logger.info("Another run asks %s; this one waits for it", urlsplit(url).hostname),
    ) as descriptor:
        last = os.fstat(descriptor)
        if last.st_size:  # a byte is written after the first turn
            time.sleep(min(pause, max(0.0, last.st_mtime + pause - time.time())))
        try:
            yield
        finally:
            os.pwrite(descriptor, b".", 0)
            os.utime(descriptor)


def _mark(url: str) -> str:
    parts = urlsplit(parse_address(url).url)
    host = f"{parts.scheme}://{parts.hostname}:{parts.port}".lower()
    return hashlib.sha256(host.encode()).hexdigest()[:16]

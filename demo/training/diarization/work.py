"""Keep what a stage of the training made, so that a training that was stopped can go on."""

import logging
import pickle
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

logger = logging.getLogger(__name__)

T = TypeVar("T")


def kept(folder: Path, stage: str, options: object, make: Callable[[], T]) -> T:
    """Return what the stage made before with the same options, or make it now.

    Args:
        folder: Where results are kept.
        stage: Name of the stage.
        options: All that the result depends on, with a `repr` that says so.
        make: Makes the result.
    """
    path = folder / f"{stage}-{zlib.crc32(repr(options).encode()):08x}.pickle"
    if path.exists():
        logger.info("%s: kept in %s", stage, path)
        return pickle.loads(path.read_bytes())  # type: ignore[no-any-return]  # noqa: S301 - our own file
    started = time.process_time()
    result = make()
    logger.info("%s: made in %.0f CPU seconds", stage, time.process_time() - started)
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(pickle.dumps(result))
    unfinished.replace(path)
    return result

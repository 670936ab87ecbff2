"""What becomes of each of many episodes, so that one that fails stops no other."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from podcast.errors import InterlinearError


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of one episode.

    Attributes:
        folder: Of the episode.
        error: Why it stays as it was; empty if all is well.
        is_changed: Whether there was anything to do.
    """

    folder: Path
    error: str = ""
    is_changed: bool = True


def attempt(folder: Path, work: Callable[[Path], bool]) -> BatchResult:
    """Do the work for one episode; whatever goes wrong stays with it.

    Args:
        folder: Of the episode.
        work: Says whether there was anything to do.
    """
    try:
        return BatchResult(folder, is_changed=work(folder))
    except InterlinearError as error:
        said = str(error)
        named = said if str(folder) in said else f"{folder}: {said}"
        return BatchResult(folder, named, is_changed=False)
    except Exception as error:  # noqa: BLE001  a bug that one episode brings out stops no other
        return BatchResult(folder, f"{folder}: {type(error).__name__}: {error}", is_changed=False)

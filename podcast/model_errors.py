"""Say in our words why a model cannot be loaded: for its files, or for want of memory."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager

from podcast.errors import InterlinearError, OutOfMemoryError, SetupError

_OF_FILES = (OSError, ValueError, TypeError, LookupError, AttributeError, RuntimeError, EOFError)
"""What libraries raise when files are not what they should be; some raise a bare Exception."""

_NO_MEMORY = re.compile(
    r"out of memory|not enough memory|can(no|')t allocate|bad_alloc|unable to mmap|alloc_failed",
    re.IGNORECASE,
)


@contextmanager
def loading(model: str, cure: str) -> Iterator[None]:
    """Turn what the libraries raise while a model is loaded into an error of ours.

    Args:
        model: What and where, as in "The Whisper model in /models/small".
        cure: What to do where its files are broken.

    Raises:
        OutOfMemoryError: There is too little memory.
        SetupError: The files are broken, or of another kind.
    """
    try:
        yield
    except InterlinearError:
        raise
    except Exception as error:
        if ran_out_of_memory(error):
            raise OutOfMemoryError(
                f"{model} cannot be loaded: too little memory is free. End other programs, take "
                "a smaller model, or a machine with more memory."
            ) from error
        if not isinstance(error, (*_OF_FILES, ImportError)) and type(error) is not Exception:
            raise
        raise SetupError(f"{model} cannot be loaded: {error}. {cure}") from error


def ran_out_of_memory(error: BaseException) -> bool:
    """Say whether a library failed for want of memory; each says it in a way of its own."""
    cause: BaseException | None = error
    while cause is not None:
        is_refused = isinstance(cause, OSError) and cause.errno == errno.ENOMEM
        if is_refused or isinstance(cause, MemoryError) or _NO_MEMORY.search(str(cause)):
            return True
        cause = cause.__cause__
    return False

"""A file that was downloaded, and what its server said of it, so that it need not be sent again."""

import os
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from audio.web.validators import NOTHING_KNOWN, Validators
from podcast.files.staging import staged


@dataclass(frozen=True, slots=True)
class _Note:
    validators: Validators
    length: int


_FORM = TypeAdapter(_Note)


def validators_of(target: Path) -> Validators:
    """Return what is known of a file that is there as it came; nothing if it is not."""
    try:
        note = _FORM.validate_json(_note_of(target).read_bytes())
        is_whole = target.stat().st_size == note.length
    except (OSError, ValidationError):
        return NOTHING_KNOWN
    return note.validators if is_whole else NOTHING_KNOWN


def keep_validators(target: Path, validators: Validators) -> None:
    """Note what the server said of a file that has come whole.

    Raises:
        StorageError: The disk is full or the folder not writable.
    """
    if validators:
        with staged(_note_of(target)) as file:
            file.write(_FORM.dump_json(_Note(validators, target.stat().st_size)))


def forget_validators(target: Path) -> None:
    """Forget what is known of a file, before another one takes its place."""
    _note_of(target).unlink(missing_ok=True)


def mark_used(target: Path) -> None:
    """Let a file count as used now: whoever clears the cache spares it."""
    for path in (target, _note_of(target)):
        os.utime(path)


def _note_of(target: Path) -> Path:
    return target.with_name(f".{target.name}.json")

"""Check the files of a diarization pipeline, without loading it."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path


def check_diarization(folder: Path) -> tuple[str, ...]:
    """Return what is wrong with a folder that pyannote.audio should load as a pipeline."""
    config = folder / "config.yaml"
    try:
        text = config.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return (f"{config} is missing or not readable",)
    if not re.search(r"^pipeline:", text, re.MULTILINE):
        return (f"{config} describes no pipeline",)
    parts = dict.fromkeys(re.findall(r"\$model/([\w-]+)", text))
    return tuple(problem for part in parts for problem in _check_part(folder / part))


def _check_part(folder: Path) -> Iterator[str]:
    """Check the checkpoints or tables of one step; both are zip files with check sums."""
    files = [p for p in sorted(folder.glob("*")) if p.suffix in {".bin", ".npz", ".ckpt"}]
    if not files:
        yield f"{folder} is missing or holds no weights"
    for file in files:
        if not zipfile.is_zipfile(file):
            yield f"{file} is cut or no checkpoint"
        elif _has_damage(file):
            yield f"{file} is damaged"


def _has_damage(path: Path) -> bool:
    with zipfile.ZipFile(path) as file:
        return file.testzip() is not None

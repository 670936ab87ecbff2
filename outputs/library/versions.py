"""Keep what an episode was before: `.versions/<episode>/<time>` beside it, hidden from readers."""

import shutil
from pathlib import Path

VERSIONS = ".versions"


def version_path(folder: Path, made_at: str, sha256: str) -> Path:
    """Return where the publication of an episode goes when another takes its place.

    Args:
        folder: Of the episode.
        made_at: When it was made, as its manifest says; the names sort by it.
        sha256: Of its manifest, since two may be made in one second.
    """
    time = "".join(character for character in made_at if character.isalnum())
    return _versions(folder) / f"{time or 'unknown'}-{sha256[:8]}"


def prune_versions(folder: Path, keep: int) -> None:
    """Delete the oldest versions of an episode until so many are left."""
    versions = _versions(folder)
    if versions.is_dir():
        for path in sorted(versions.iterdir())[: -keep or None]:
            shutil.rmtree(path, ignore_errors=True)


def _versions(folder: Path) -> Path:
    return folder.parent / VERSIONS / folder.name

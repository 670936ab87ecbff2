"""Render published episodes again from their records, side by side, without any model."""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from flows.published.batch_results import BatchResult, attempt
from flows.published.published_record import editing, render_again
from outputs.library.published_folder import is_library, rebuild_lists
from outputs.record.episode_record import RECORD_NAME
from outputs.record.record_types import EpisodeRecord, Rendering
from podcast.errors import BadInputError


@dataclass(frozen=True, slots=True)
class RenderingChanges:
    """What is to be different when files are made again; None leaves it as it was.

    Attributes:
        interface: Language of the words of the pages.
        order: Which language of a caption in two stands above the other.
        audio: Where the pages find the recording.
    """

    interface: str | None = None
    order: str | None = None
    audio: str | None = None

    def applied_to(self, record: EpisodeRecord) -> EpisodeRecord:
        """Return the record with the changes."""
        before = record.rendering
        audio = before.audio if self.audio is None else self.audio
        rendering = Rendering(self.interface or before.interface, self.order or before.order, audio)
        return replace(record, rendering=rendering)


def find_episodes(path: Path) -> tuple[Path, ...]:
    """Return the folders of all episodes in a folder, at any depth, or of the one that it is.

    Raises:
        BadInputError: There is none.
    """
    inside = path.rglob(RECORD_NAME) if path.is_dir() else ()
    # Names that begin with a dot are those of a publication that is not finished.
    found = {
        file.parent
        for file in inside
        if not any(part.startswith(".") for part in file.relative_to(path).parts)
    }
    if not found:
        raise BadInputError(
            f"There is no published episode in {path}. "
            "Give the folder of one, of a show, or of all."
        )
    return tuple(sorted(found))


def render_episodes(
    folders: Sequence[Path], changes: RenderingChanges, processes: int | None = None
) -> Iterator[BatchResult]:
    """Render episodes again; one that fails stays as it was and stops no other.

    Args:
        folders: Of the episodes.
        changes: What is to be different from now on.
        processes: How many work side by side; None for one for each core.

    Yields:
        Each as it is done.
    """
    workers = min(processes or os.cpu_count() or 1, len(folders))
    if workers <= 1:
        yield from (_render(folder, changes) for folder in folders)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for done in as_completed([pool.submit(_render, folder, changes) for folder in folders]):
            yield done.result()


def list_again(where: Path, folders: Iterable[Path]) -> tuple[str, ...]:
    """Make the lists again wherever there are some, and in the folder of all shows.

    Args:
        where: What was to be rendered.
        folders: The episodes in it.

    Returns:
        What could not be read and is therefore not listed.
    """
    libraries = {folder.parent.parent for folder in folders}
    wanted = {out for out in libraries if is_library(out) or out == where}
    return tuple(problem for out in sorted(wanted) for problem in rebuild_lists(out))


def _render(folder: Path, changes: RenderingChanges) -> BatchResult:
    return attempt(folder, partial(_render_in_place, changes=changes))


def _render_in_place(folder: Path, changes: RenderingChanges) -> bool:
    with editing(folder) as episode:
        render_again(episode, changes.applied_to(episode.record))
    return True

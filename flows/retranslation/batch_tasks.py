"""The batches themselves. Dask's workers import them from here, not from the file of a flow."""

from pathlib import Path

from prefect import task

from flows.published.batch_results import BatchResult, attempt
from flows.published.rendering import RenderingChanges, render_episodes
from flows.retranslation.episode_retranslation import RetranslationRequest, translate_again


@task(name="render-batch", persist_result=False)
def render_batch(folders: tuple[Path, ...], changes: RenderingChanges) -> tuple[BatchResult, ...]:
    """Make the files of some episodes again."""
    return tuple(render_episodes(folders, changes, processes=1))


@task(name="translate-batch", persist_result=False)
def translate_batch(
    folders: tuple[Path, ...], order: RetranslationRequest
) -> tuple[BatchResult, ...]:
    """Translate some episodes again."""
    return tuple(attempt(folder, lambda place: translate_again(place, order)) for folder in folders)

"""Flows that look after what is there already: published episodes and models."""

from pathlib import Path

from prefect import flow, get_run_logger

from flows.device import device
from flows.mirroring import mirror_again
from flows.model_status import fetch
from flows.models import HERE, find_model, wanted_models
from flows.parameters import CardOrder, Interface
from flows.rendering import RenderingChanges, find_episodes, list_again, render_episodes
from flows.settings import hub_token, settings
from podcast.errors import StorageError


@flow(name="rerender", persist_result=False)
def rerender(
    path: Path | None = None, interface: Interface | None = None, order: CardOrder | None = None
) -> int:
    """Make the files of published episodes again from their records, without any model.

    Args:
        path: Folder of an episode, of a show, or of all; empty takes all of this machine.
        interface: Language of the pages' own words from now on; empty leaves it as it was.
        order: Captions in two languages: which of them stands above; empty leaves it as it was.

    Returns:
        How many were rendered.
    """
    where = path or settings().out
    folders = find_episodes(where)
    log = get_run_logger()
    problems = [
        done.error
        for done in render_episodes(folders, RenderingChanges(interface, order))
        if done.error
    ]
    problems.extend(list_again(where, folders))
    if settings().mirror:
        mirror_again(folders, settings().mirror)
    for problem in problems:
        log.error("Not rendered: %s", problem)
    if problems:
        raise StorageError(f"{len(problems)} of {len(folders)} episodes failed; see the log.")
    log.info("Rendered %d episodes", len(folders))
    return len(folders)


@flow(name="refresh-models", persist_result=False)
def refresh_models(names: list[str] = []) -> list[str]:  # noqa: B006  Prefect copies it
    """Fetch models that are not on this worker yet, and check the files of those that are.

    Args:
        names: As `interlinear models list` shows them; empty takes all for real episodes.

    Returns:
        The folders of the models.
    """
    chosen = [find_model(name) for name in names] or wanted_models(device())
    folders = []
    for model in chosen:
        get_run_logger().info("Looking after %s", model.name)
        folders.append(str(fetch(model, hub_token(), _unseen, HERE)))
    return folders


def _unseen(_done: int, _total: int | None) -> None:
    """Take no notice of bytes that arrive; nobody looks at them."""

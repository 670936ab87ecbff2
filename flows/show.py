"""The flows that follow shows: poll each feed once and see to it that what is new is processed."""

from pathlib import Path
from typing import Any

from prefect import State, flow, get_run_logger, task
from prefect.states import Completed

from flows.feeds.show_file import load_show
from flows.runs.cancelled_tasks import cancel_tasks, cancelling_tasks
from flows.runs.plain_failures import failing_plainly
from flows.shows.show_poll import poll
from flows.shows.show_state import state_file
from flows.shows.show_work import Following
from podcast.errors import BadInputError, InterlinearError
from podcast.files.locks import locked_if_free


@flow(name="follow-shows", persist_result=False, on_cancellation=[cancel_tasks])
@failing_plainly
@cancelling_tasks
def follow_shows(folder: Path = Path("shows"), deployment: str = "") -> State[None] | None:
    """Poll the feeds of all shows once and process what is new.

    Args:
        folder: Where the show files lie, on the worker.
        deployment: The deployment that processes an episode, such as
            process-episode/process-episode: each gets a run of its own, and this one does not wait
            for it. Empty works them off here, one after the other.

    Returns:
        Why there was nothing to do, where no show is followed.

    Raises:
        BadInputError: Some shows failed; the others were followed all the same.
    """
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        return Completed(message=f"Nothing to follow: there is no show file in {folder.resolve()}.")
    follow = poll_show if deployment else follow_show
    states = {path.stem: follow(path, deployment, return_state=True) for path in paths}
    failed = {name: state for name, state in states.items() if not state.is_completed()}
    if failed:
        reasons = (f"{name}: {_reason(state)}" for name, state in failed.items())
        raise BadInputError(f"Not all is well with {', '.join(failed)}. {' '.join(reasons)}")
    return None


@flow(name="follow-show", flow_run_name="{path}", persist_result=False)
@failing_plainly
def follow_show(path: Path, deployment: str = "") -> None:
    """Poll the feed of one show once and process what is new.

    Args:
        path: Of the show file, on the worker.
        deployment: The deployment that processes an episode; see follow-shows.

    Raises:
        BadInputError: The show file or the feed cannot be used, or an episode was given up.
        NetworkError: The feed could not be had; later polls wait longer and longer.
    """
    _follow(path, deployment)


@task(name="poll-show", task_run_name="{path}", persist_result=False)
def poll_show(path: Path, deployment: str) -> None:
    """Poll one show as a task, which costs a hundredth of a flow run."""
    _follow(path, deployment)


def _reason(state: State[Any]) -> str:
    """Return the error that a show ended with; that of a flow that was killed is in its state."""
    error = state.result(raise_on_failure=False)
    return str(error) if isinstance(error, InterlinearError) else state.message or state.name or ""


def _follow(path: Path, deployment: str) -> None:
    show = load_show(path)
    kept = state_file(path)
    with locked_if_free(kept) as is_free:
        if not is_free:
            get_run_logger().info("Another run follows %s.", path.stem)
            return
        feed = poll(show, kept)
        if feed is not None:
            Following(path, show, kept, show.deployment or deployment).work_off(feed)

"""Flows that look after what is there already: published episodes, their news, and models."""

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from prefect import State, flow, get_run_logger
from prefect.states import Completed

from flows.models.deployment import deployment_id
from flows.models.device import device
from flows.models.model_catalogue import HERE, find_model, wanted_models
from flows.models.model_status import fetch
from flows.parameters import CardOrder, Interface, LanguageModel, Models, Target, Wording
from flows.published.batch_results import BatchResult
from flows.published.batches import in_batches
from flows.published.mirroring import mirror_again
from flows.published.rendering import RenderingChanges, find_episodes, list_again, render_episodes
from flows.retranslation.batch_tasks import render_batch, translate_batch
from flows.retranslation.episode_retranslation import RetranslationRequest
from flows.runs.cancelled_tasks import cancel_tasks, cancelling_tasks
from flows.runs.plain_failures import failing_plainly
from flows.runs.webhook import deliver
from flows.settings import hub_token, settings
from podcast.errors import StorageError
from podcast.language import parse_targets

SHOWN = 3
"""Episodes named in the state of a run in which many fail."""


@flow(name="rerender", persist_result=False, on_cancellation=[cancel_tasks])
@failing_plainly
@cancelling_tasks
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
    where = (path or settings().out).absolute()  # Dask's workers have other working folders
    folders = find_episodes(where)
    changes = RenderingChanges(interface, order)
    if settings().dask:
        outcomes = list(in_batches(render_batch, folders, changes=changes))
    else:
        outcomes = list(render_episodes(folders, changes))
    _finish((where,), outcomes)
    get_run_logger().info("Rendered %d episodes", len(folders))
    return len(folders)


@flow(name="retranslate", persist_result=False, on_cancellation=[cancel_tasks])
@failing_plainly
@cancelling_tasks
def retranslate(  # noqa: PLR0913, PLR0917  each one is a field of the form
    paths: list[Path] = [],  # noqa: B006  Prefect copies it
    languages: list[Target] = [],  # noqa: B006  Prefect copies it for each run
    wording: Wording = Wording(),  # noqa: B008  the form shows the fields of the default
    packages: Path | None = None,
    translators: dict[Target, str] = {},  # noqa: B006  Prefect copies it
    llm: LanguageModel = LanguageModel(),  # noqa: B008  the form shows the fields of the default
    *,
    everything: bool = False,
) -> int:
    """Translate published episodes again, or into more languages, without listening.

    What a human has written stays.

    Args:
        paths: Folders of episodes, of shows, or of all; empty takes all of this machine.
        languages: Languages that the episodes get besides those that they have.
        wording: The terms and the style. An empty glossary takes the one in each show's folder.
        packages: Folder of unpacked Argos packages on the worker; empty takes its usual one.
        translators: Another translator into a language, such as {"ko": "llm"}.
        llm: The language model of that translator.
        everything: Translate also what was translated in the same way already.

    Returns:
        How many were translated; the others were as they should be.
    """
    places = [place.absolute() for place in paths or [settings().out]]
    folders = tuple(dict.fromkeys(chain.from_iterable(map(find_episodes, places))))
    targets = parse_targets(languages) if languages else ()
    # A run by hand is alone; on a cluster, how many ask models at once is the number of workers.
    shares_models = deployment_id() is not None and not settings().dask
    argos = str(packages) if packages else None
    models = Models(packages=argos, translators=translators, llm=llm)
    order = RetranslationRequest(targets, wording, models, everything, shares_models)
    outcomes = list(in_batches(translate_batch, folders, order=order))
    _finish(places, outcomes)
    n_changed = sum(outcome.is_changed for outcome in outcomes)
    get_run_logger().info("Translated %d of %d episodes again", n_changed, len(folders))
    return n_changed


def _finish(places: Iterable[Path], outcomes: Sequence[BatchResult]) -> None:
    """List and mirror what has changed, and name every episode that failed."""
    folders = [outcome.folder for outcome in outcomes]
    problems = [outcome.error for outcome in outcomes if outcome.error]
    unlisted = chain.from_iterable(list_again(place, folders) for place in places)
    problems.extend(dict.fromkeys(unlisted))
    if settings().mirror:
        mirror_again(folders, settings().mirror)
    for problem in problems:
        get_run_logger().error("Not done: %s", problem)
    if problems:
        first = "; ".join(problems[:SHOWN]) + (" ..." if len(problems) > SHOWN else "")
        raise StorageError(
            f"{len(problems)} of {len(folders)} episodes failed; the log names all: {first}"
        )


@flow(name="refresh-models", persist_result=False)
@failing_plainly
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


@flow(name="call-webhook", persist_result=False)
@failing_plainly
def call_webhook(news: dict[str, Any], delivery: str, tries: int = 1) -> State[None]:
    """Tell the webhook what it did not take when it happened.

    Runs start this by themselves, later and later, for some seventeen hours.

    Args:
        news: What the webhook is told.
        delivery: The number that a receiver knows it by.
        tries: How many there were, with this one.

    Returns:
        What came of it.
    """
    return Completed(message=deliver(news, delivery, tries))


def _unseen(_done: int, _total: int | None) -> None:
    """Take no notice of bytes that arrive; nobody looks at them."""

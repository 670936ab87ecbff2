"""Call a model: in this process, or, for a run of a worker, in one that outlives the run.

A worker starts a process for each run. To load libraries and models into each takes longer than a
short episode does, and native code in it cannot be interrupted. Runs of a deployment therefore ask
a *model host* (`flows.models.model_host`), which keeps its models from run to run.
"""

import logging
import pickle
import socket
import time
from collections.abc import Callable
from io import BufferedRWPair
from pathlib import Path
from typing import Any, TypeVar

from flows.models import engine_calls
from flows.models.deployment import deployment_id
from flows.models.device import overlaps
from flows.models.host_sockets import connection_to, free_place, log_of
from flows.models.limits import model_place
from podcast.errors import ModelHostError, TimeLimitError
from podcast.progress import Report

R = TypeVar("R")

WHISPER_WORK = (
    engine_calls.transcribe,
    engine_calls.redecode,
    engine_calls.identify_languages,
    engine_calls.decode_alone,
)


def call_model(work: Callable[..., R], *arguments: Any, report: Report, limit: float) -> R:
    """Do work with a model: here, or in a host if this is a run of a deployment.

    Args:
        work: A function of `flows.models.engine_calls`.
        arguments: What it takes before its `report`.
        report: Called with the fraction that is done.
        limit: Seconds that a host may take.

    Raises:
        TimeLimitError: The host took longer. It has been ended.
        ModelHostError: The host died.
    """
    if deployment_id() is None:
        return work(*arguments, report)
    with model_place():
        return call_host(work, arguments, report, limit)


def call_host(
    work: Callable[..., R], arguments: tuple[Any, ...], report: Report, limit: float
) -> R:
    """Let a host of this machine do the work; see `call_model`.

    Leaving before the answer, for whatever reason, ends the host: nothing works on unseen.
    """
    with free_place(_first_place(work)) as place, connection_to(place) as connection:
        try:
            with connection.makefile("rwb") as file:
                pickle.dump((work, arguments), file)
                file.flush()
                kind, value = _answer(connection, file, report, time.monotonic() + limit)
        except TimeoutError as error:
            raise TimeLimitError(_too_long(work.__name__, limit)) from error
        except (EOFError, ConnectionError) as error:
            raise ModelHostError(_died(work.__name__, place)) from error
    if kind == "failed":
        raise value
    result: R = value
    return result


def _first_place(work: Callable[..., Any]) -> int:
    """Let models that work side by side stay in hosts of their own, each loaded once."""
    return int(overlaps() and work in WHISPER_WORK)


def _answer(
    connection: socket.socket, file: BufferedRWPair, report: Report, deadline: float
) -> tuple[str, Any]:
    """Listen to the host until it is done; return how that went and what came out."""
    while True:
        connection.settimeout(max(0.001, deadline - time.monotonic()))
        kind, value = pickle.load(file)  # noqa: S301  from a process of ours
        if kind == "progress":
            report(value)
        elif kind == "log":
            logging.getLogger(value.name).handle(value)
        else:
            return kind, value


def _too_long(work: str, limit: float) -> str:
    return (
        f"The model's work ({work}) took longer than {limit / 60:.0f} minutes and was ended. If "
        "this machine is that slow, set INTERLINEAR_STAGE_LIMIT higher; what is finished is kept."
    )


def _died(work: str, place: Path) -> str:
    return (
        f"The process that holds the models ended in the middle of its work ({work}), most likely "
        f"for want of memory; its last words are in {log_of(place)}. What is finished is kept."
    )

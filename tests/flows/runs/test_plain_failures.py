"""The reason of a failure is the message of the state, word for word."""

import logging

import pytest
from prefect import flow

from flows.runs.plain_failures import failing_plainly
from podcast.errors import BadInputError

pytestmark = pytest.mark.usefixtures("prefect")

REASON = "a.mp3 is empty (0 bytes). Give another file."
ERRORS = [(BadInputError(REASON), REASON), (KeyError("a bug"), "encountered an exception")]


@flow
@failing_plainly
def failing(number: int) -> None:
    """Fail.

    Args:
        number: Of the error.
    """
    raise ERRORS[number][0]


@pytest.mark.parametrize("number", [0, 1])
def test_an_error_of_ours_is_all_that_the_state_says(number: int) -> None:
    state = failing(number, return_state=True)

    assert state.is_failed()
    assert ERRORS[number][1] in (state.message or "")
    assert (state.message == REASON) is (number == 0)


def test_who_calls_the_flow_gets_the_error() -> None:
    with pytest.raises(BadInputError, match="is empty"):
        failing(0)


def test_the_form_has_the_fields_of_the_flow_and_their_help() -> None:
    assert "Of the error." in failing.parameters.properties["number"]["description"]


@pytest.mark.parametrize("name", ["prefect.flow_runs", "prefect.task_runs"])
def test_the_log_has_tracebacks_of_what_is_no_error_of_ours_only(name: str) -> None:
    failing(0, return_state=True)

    with_traceback = [
        logging.makeLogRecord({"exc_info": (type(error), error, None)}) for error, _ in ERRORS
    ]
    shown = [bool(logging.getLogger(name).filter(record)) for record in with_traceback]
    assert shown == [False, True]

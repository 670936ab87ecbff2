"""What a worker knows, and what it is not told."""

from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from flows.settings import settings


@pytest.fixture(autouse=True)
def read_anew() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_a_worker_without_a_server_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.cli.main import cli
    from podcast.errors import SetupError

    monkeypatch.delenv("PREFECT_API_URL", raising=False)

    run = CliRunner().invoke(cli, ["worker", "--pool", "gpu"])

    assert isinstance(run.exception, SetupError)
    assert "PREFECT_API_URL=https://" in str(run.exception)


def test_runs_give_a_sign_of_life_as_often_as_the_watch_expects(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from flows.server.server_setup import _watch_lives
    from flows.server.workers import work_environment

    seconds = int(work_environment()["PREFECT_FLOWS_HEARTBEAT_FREQUENCY"])

    assert _watch_lives().trigger.within.total_seconds() == 3 * seconds  # type: ignore[union-attr]  # of one kind


def test_object_storage_for_results_is_a_block_of_the_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from flows.server.workers import block_name, work_environment

    monkeypatch.setenv("INTERLINEAR_RESULTS", "s3://bucket/results")

    known = work_environment()

    assert known["PREFECT_RESULTS_DEFAULT_STORAGE_BLOCK"] == (
        f"remote-file-system/{block_name('s3://bucket/results')}"
    )

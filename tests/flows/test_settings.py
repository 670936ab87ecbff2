"""What the environment says is read once, and a mistake in it is explained."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from audio.web.open_hosts import OpenHosts
from flows.models.device import overlaps
from flows.settings import database, settings
from podcast.errors import BadInputError


@pytest.fixture(autouse=True)
def read_anew() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_a_number_of_threads_that_is_none_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERLINEAR_THREADS", "two")

    with pytest.raises(BadInputError, match="INTERLINEAR_THREADS must be a whole number"):
        settings()


def test_translators_are_named_by_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERLINEAR_TRANSLATORS", "ko=llm zh=ct2:/models/en=zh")

    assert settings().translators == {"ko": "llm", "zh": "ct2:/models/en=zh"}


@pytest.mark.parametrize("text", ["llm", "ko=", "=llm", "ko=llm, zh"])
def test_translators_without_a_language_or_a_name_are_explained(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERLINEAR_TRANSLATORS", text)

    with pytest.raises(BadInputError, match="INTERLINEAR_TRANSLATORS must be pairs such as ko=llm"):
        settings()


def test_a_language_that_there_is_not_is_told_with_the_setting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("INTERLINEAR_TRANSLATORS", "kr=llm")

    with pytest.raises(BadInputError, match=r"INTERLINEAR_TRANSLATORS: Unknown target .* 'kr'"):
        settings()


def test_stages_side_by_side_are_asked_for_by_one_of_three_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("INTERLINEAR_SIDE_BY_SIDE", "maybe")

    with pytest.raises(BadInputError, match="SIDE_BY_SIDE must be yes, no or auto, not 'maybe'"):
        settings()


@pytest.mark.parametrize(
    ("asked", "device", "overlapping"),
    [
        ("auto", "cuda", True),
        ("auto", "cpu", False),
        ("no", "cuda", False),
        ("yes", "cpu", True),
    ],
)
def test_stages_go_on_side_by_side_on_a_gpu_alone_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, asked: str, device: str, *, overlapping: bool
) -> None:
    monkeypatch.setenv("INTERLINEAR_SIDE_BY_SIDE", asked)
    monkeypatch.setattr("flows.models.device.device", lambda: device)

    assert overlaps() is overlapping


@pytest.mark.parametrize(
    ("threads", "named", "cores"), [("3", "2", 3), ("0", "2", 2), ("0", "", 16), ("0", "4,2", 16)]
)
def test_models_share_the_cores_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, threads: str, named: str, cores: int
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 16)
    monkeypatch.setenv("INTERLINEAR_THREADS", threads)
    monkeypatch.setenv("OMP_NUM_THREADS", named)

    assert settings().cores == cores


def test_the_cache_is_the_users_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INTERLINEAR_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")

    assert settings().results == Path("/somewhere/interlinear/results")


def test_what_is_private_lies_in_the_users_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INTERLINEAR_DATA", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere")

    assert settings().data == Path("/somewhere/interlinear")


def test_a_contact_that_fits_no_header_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERLINEAR_CONTACT", "me@example.org\r\nX: y")

    with pytest.raises(BadInputError, match="INTERLINEAR_CONTACT must be an address in ASCII"):
        settings()


def test_hosts_are_left_a_second_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INTERLINEAR_HOST_PAUSE", raising=False)
    assert settings().host_pause == 1

    settings.cache_clear()
    monkeypatch.setenv("INTERLINEAR_HOST_PAUSE", "0")
    assert settings().host_pause == 0


def test_no_host_inside_is_open_unless_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INTERLINEAR_OPEN_HOSTS")
    assert settings().open_hosts == OpenHosts()

    settings.cache_clear()
    monkeypatch.setenv("INTERLINEAR_OPEN_HOSTS", "nas.local")
    assert settings().open_hosts.names == {"nas.local"}


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+asyncpg"])
def test_the_database_gets_the_driver_that_prefect_wants(
    monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setenv("INTERLINEAR_DATABASE", f"{scheme}://me:secret@host/prefect")

    assert database() == "postgresql+asyncpg://me:secret@host/prefect"


@pytest.mark.parametrize("address", ["mysql://me:secret@host/prefect", "me:secret@host"])
def test_another_database_is_refused_without_showing_its_password(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("INTERLINEAR_DATABASE", address)

    with pytest.raises(BadInputError, match=r"must look like postgresql://") as refused:
        database()

    assert "secret" not in str(refused.value)


def test_results_are_kept_in_the_folder_of_several_machines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("INTERLINEAR_RESULTS", "/shared/results")

    assert settings().results == Path("/shared/results")
    assert not settings().results_address


@pytest.mark.parametrize("address", ["/some/folder", "folder", "s3://", "s3:///", "bucket/folder"])
def test_a_mirror_that_names_no_store_is_explained(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("INTERLINEAR_MIRROR", address)

    with pytest.raises(BadInputError, match=f"INTERLINEAR_MIRROR: '{address}' names no store"):
        settings()


def test_results_lie_in_a_folder_or_on_a_store_that_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("INTERLINEAR_RESULTS", "s3://")

    with pytest.raises(BadInputError, match="INTERLINEAR_RESULTS: 's3://' names no store"):
        settings()

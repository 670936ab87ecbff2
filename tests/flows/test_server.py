"""A run sends heartbeats only where somebody watches them."""

from prefect.settings import (
    PREFECT_API_URL,
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
    temporary_settings,
)

from flows.server import unwatched


def test_no_heartbeats_go_to_a_server_of_our_own() -> None:
    with temporary_settings({PREFECT_API_URL: None}), unwatched():
        assert PREFECT_FLOWS_HEARTBEAT_FREQUENCY.value() is None
    assert PREFECT_FLOWS_HEARTBEAT_FREQUENCY.value()


def test_a_server_that_is_named_gets_them() -> None:
    with temporary_settings({PREFECT_API_URL: "http://127.0.0.1:1/api"}):
        sent = PREFECT_FLOWS_HEARTBEAT_FREQUENCY.value()
        assert sent
        with unwatched():
            assert sent == PREFECT_FLOWS_HEARTBEAT_FREQUENCY.value()

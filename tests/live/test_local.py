"""`interlinear up` (`flows.cli.commands_local`): a real server and worker, safe as is promised."""

import json
import stat
from pathlib import Path
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.live


@pytest.fixture
def processes(local_prefect: Any) -> Any:
    return json.loads((local_prefect.home / "processes.json").read_text())


def test_it_says_where_the_ui_and_the_password_are(local_prefect: Any) -> None:
    assert local_prefect.address in local_prefect.printed
    assert str(local_prefect.home / "password") in local_prefect.printed
    assert local_prefect.password.partition(":")[2] not in local_prefect.printed


def test_the_published_pages_are_served(local_prefect: Any) -> None:
    address = f"http://127.0.0.1:{(local_prefect.home / 'pages-port').read_text().strip()}"
    page = local_prefect.published / "page.html"
    page.write_text("a page")

    assert f"{address}\n" in local_prefect.printed
    assert httpx.get(f"{address}/page.html").text == "a page"
    page.unlink()


def test_the_password_is_for_the_owner_only(local_prefect: Any) -> None:
    assert stat.S_IMODE((local_prefect.home / "password").stat().st_mode) == 0o600
    assert stat.S_IMODE(local_prefect.home.stat().st_mode) == 0o700


def test_the_api_asks_for_the_password_and_refuses_other_sites(local_prefect: Any) -> None:
    preflight = {"Origin": "http://example.org", "Access-Control-Request-Method": "POST"}
    api = f"{local_prefect.address}/api/flow_runs/filter"
    user, _, password = local_prefect.password.partition(":")

    assert httpx.get(f"{local_prefect.address}/api/csrf-token?client=a").status_code == 401
    assert httpx.post(api, json={}).status_code in {401, 403}
    assert httpx.options(api, headers=preflight).status_code == 400
    without_token = httpx.post(api, json={}, auth=(user, password))
    assert without_token.status_code == 403


def test_only_this_machine_can_reach_the_server_and_the_pages(local_prefect: Any) -> None:
    tables = [Path(f"/proc/net/{name}").read_text().splitlines()[1:] for name in ("tcp", "tcp6")]
    listening = [line.split()[1] for lines in tables for line in lines if line.split()[3] == "0A"]
    for name in ("port", "pages-port"):
        port = int((local_prefect.home / name).read_text())

        assert [place for place in listening if place.endswith(f":{port:04X}")] == [
            f"0100007F:{port:04X}"  # 127.0.0.1, as the kernel writes it
        ]


def test_analytics_are_off(local_prefect: Any) -> None:
    shown = local_prefect.call("GET", "/admin/settings")

    assert shown["server"]["analytics_enabled"] is False


def test_the_server_holds_the_pool_the_limits_and_the_watches(local_prefect: Any) -> None:
    assert local_prefect.call("GET", "/work_pools/local")["type"] == "process"
    limit = local_prefect.call("GET", "/v2/concurrency_limits/interlinear-models")
    assert (limit["limit"], limit["active"]) == (1, True)
    queue = local_prefect.deployment("process-episode")["work_queue_id"]
    assert local_prefect.call("GET", f"/work_queues/{queue}")["concurrency_limit"] == 1
    watches = local_prefect.call("POST", "/automations/filter", {})
    assert [watch["trigger"]["posture"] for watch in watches] == ["Proactive", "Proactive"]


def test_a_second_up_changes_nothing(local_prefect: Any, processes: Any) -> None:
    local_prefect.command("up")

    assert json.loads((local_prefect.home / "processes.json").read_text()) == processes
    assert len(local_prefect.call("POST", "/automations/filter", {})) == 2


def test_no_secret_is_in_the_database_or_the_logs(local_prefect: Any) -> None:
    written = [*local_prefect.home.glob("*.log"), *local_prefect.home.glob("prefect.db*")]
    secrets = [local_prefect.password.partition(":")[2], local_prefect.environment["HF_TOKEN"]]

    assert written
    leaks = [f for f in written for s in secrets if s.encode() in f.read_bytes()]
    assert leaks == []

"""The automations of docs/operating.md, as they stand there."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.live

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operating.md"
RETRYING, REBUILDING = (
    yaml.safe_load(block.split("```")[0])
    for block in PAGE.read_text("utf-8").split("```yaml\n")[1:]
)
FLOW = """from pathlib import Path

from prefect import flow


@flow
def rebuild(folder: str) -> None:
    Path("rebuilt").write_text(folder)
"""


@pytest.mark.timeout(900)
def test_the_example_starts_a_deployment_for_each_published_episode(
    local_prefect: Any, cut: Any, tmp_path: Path, losses: Any
) -> None:
    deployment = {
        "name": "rebuild",
        "entrypoint": "rebuilding.py:rebuild",
        "work_pool": {"name": "local"},
        **REBUILDING,
    }
    (tmp_path / "rebuilding.py").write_text(FLOW)
    (tmp_path / "prefect.yaml").write_text(yaml.safe_dump({"deployments": [deployment]}))
    client = local_prefect.environment | {
        "PREFECT_HOME": str(local_prefect.home),
        "PREFECT_API_URL": f"{local_prefect.address}/api",
        "PREFECT_API_AUTH_STRING": local_prefect.password,
    }
    before = automations(local_prefect)
    command = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"]
    subprocess.run(command, env=client, cwd=tmp_path, check=True, capture_output=True, timeout=240)
    (made,) = automations(local_prefect) - before

    run = local_prefect.process(cut("plain.mp3", start=17.0, seconds=9.0), "News", languages=["ko"])
    local_prefect.wait(run, "Completed")

    rebuilt, news = tmp_path / "rebuilt", local_prefect.published / "open-ears" / "news"
    local_prefect.until(
        lambda: rebuilt.exists() and rebuilt.read_text() == str(news), "the site is rebuilt"
    )
    local_prefect.call("DELETE", f"/automations/{made}")
    # test_unattended.py looks what came of it; until then nobody is to ask models beside a test.
    local_prefect.until(lambda: local_prefect.is_gone(losses.orphan), "the end of the orphan")


def test_the_example_retries_an_episode_that_crashed(local_prefect: Any) -> None:
    trigger = RETRYING["trigger"] | {"within": 10}  # the least that Prefect takes
    made = local_prefect.call("POST", "/automations/", RETRYING | {"trigger": trigger})["id"]
    run = local_prefect.process("missing.mp3", "Crashes", after=timedelta(days=1))
    crashed = {"state": {"type": "CRASHED", "name": "Crashed"}, "force": True}
    local_prefect.call("POST", f"/flow_runs/{run}/set_state", crashed)

    local_prefect.until(lambda: local_prefect.state(run)["name"] == "Failed", "the retry fails")
    local_prefect.call("DELETE", f"/automations/{made}")


def automations(prefect: Any) -> set[str]:
    return {automation["id"] for automation in prefect.call("POST", "/automations/filter", {})}

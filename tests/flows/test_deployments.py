"""What `prefect deploy` does not check: that the deployments fit their flows."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DEPLOYMENTS = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda d: d["name"])
def test_a_deployment_fits_the_flow_that_it_names(deployment: dict[str, Any]) -> None:
    from prefect.flows import load_flow_from_entrypoint

    file, name = deployment["entrypoint"].split(":")
    flow = load_flow_from_entrypoint(f"{ROOT / file}:{name}")

    assert set(deployment.get("parameters", {})) <= set(flow.parameters.properties)


def test_the_server_finds_the_times_of_every_schedule() -> None:
    from prefect.server.schemas.schedules import CronSchedule

    for schedule in (s for deployment in DEPLOYMENTS for s in deployment.get("schedules", [])):
        cron = CronSchedule(cron=schedule["cron"], timezone=schedule["timezone"])
        assert len(asyncio.run(cron.get_dates(2))) == 2


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda d: d["name"])
def test_every_field_of_a_run_form_is_explained(deployment: dict[str, Any]) -> None:
    from prefect.flows import load_flow_from_entrypoint

    file, name = deployment["entrypoint"].split(":")
    fields = load_flow_from_entrypoint(f"{ROOT / file}:{name}").parameters.properties

    assert [name for name, field in fields.items() if not field.get("description")] == []
    assert deployment["description"]

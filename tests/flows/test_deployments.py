"""What `prefect deploy` does not check: that the deployments fit their flows."""

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


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda d: d["name"])
def test_every_field_of_a_run_form_is_explained(deployment: dict[str, Any]) -> None:
    from prefect.flows import load_flow_from_entrypoint

    file, name = deployment["entrypoint"].split(":")
    fields = load_flow_from_entrypoint(f"{ROOT / file}:{name}").parameters.properties

    assert [name for name, field in fields.items() if not field.get("description")] == []
    assert deployment["description"]

"""The Kubernetes job template, against what Prefect's own code asks of one."""

import json
from pathlib import Path
from typing import Any

import kubernetes_validate
import prefect
import pytest
import yaml
from prefect.server.schemas.actions import WorkPoolCreate
from prefect.utilities.schema_tools import is_valid_schema, validate
from prefect.utilities.templating import apply_values, find_placeholders

from flows.settings import NO_LIMIT

KUBERNETES = Path(__file__).resolve().parents[2] / "deploy" / "kubernetes"
TEMPLATE = json.loads((KUBERNETES / "job-template.json").read_text(encoding="utf-8"))
VARIABLES = TEMPLATE["variables"]

SHIPPED = Path(prefect.__file__).parent / "server" / "api" / "collections_data" / "views"


DEFAULTS = {n: p["default"] for n, p in VARIABLES["properties"].items() if "default" in p}


def manifest(**values: object) -> dict[str, Any]:
    job: Any = apply_values(TEMPLATE["job_configuration"]["job_manifest"], DEFAULTS | values)
    return job


def container(job: dict[str, Any]) -> Any:
    return job["spec"]["template"]["spec"]["containers"][0]


def test_prefects_server_takes_it() -> None:
    pool = WorkPoolCreate(name="gpu", type="kubernetes", base_job_template=TEMPLATE)

    assert pool.base_job_template == TEMPLATE


def test_it_configures_just_what_prefects_own_template_does() -> None:
    views = json.loads((SHIPPED / "aggregate-worker-metadata.json").read_text(encoding="utf-8"))
    shipped = views["prefect-kubernetes"]["kubernetes"]["default_base_job_configuration"]

    assert TEMPLATE["job_configuration"].keys() == shipped["job_configuration"].keys()


def test_its_defaults_follow_its_own_schema() -> None:
    is_valid_schema(VARIABLES)

    assert validate(DEFAULTS, VARIABLES, raise_on_error=True) == []


def test_every_variable_is_used_and_explained() -> None:
    used = {place.name for place in find_placeholders(json.dumps(TEMPLATE["job_configuration"]))}

    assert used == VARIABLES["properties"].keys()
    assert all(
        field["title"] and field["description"] for field in VARIABLES["properties"].values()
    )


def made(**values: object) -> dict[str, Any]:
    """Return a job as Prefect's worker sends it to the cluster."""
    env = [{"name": name, "value": value} for name, value in DEFAULTS["env"].items()]
    return manifest(env=env, labels={}, name="run", command=["prefect"], **values)


@pytest.mark.parametrize("version", ["1.29", "1.37"])
def test_a_job_and_the_storage_are_what_kubernetes_knows(version: str) -> None:
    claim = yaml.safe_load((KUBERNETES / "storage.yaml").read_text(encoding="utf-8"))

    for resource in (made(), made(gpus=0), claim):
        kubernetes_validate.validate(resource, version, strict=True)


def test_a_job_makes_one_pod_and_never_a_second_one() -> None:
    spec = made()["spec"]

    assert (spec["parallelism"], spec["completions"], spec["backoffLimit"]) == (1, 1, 0)


def test_pods_do_not_wait_for_each_others_models() -> None:
    assert DEFAULTS["env"]["INTERLINEAR_MODELS_LIMIT"] == NO_LIMIT


def test_a_pod_gets_a_gpu_the_secret_and_the_volume() -> None:
    job = manifest()

    assert container(job)["resources"]["limits"] == {"memory": "12Gi", "nvidia.com/gpu": 1}
    assert container(job)["envFrom"] == [{"secretRef": {"name": "interlinear"}}]
    claim = yaml.safe_load((KUBERNETES / "storage.yaml").read_text(encoding="utf-8"))
    volume = job["spec"]["template"]["spec"]["volumes"][0]
    assert volume["persistentVolumeClaim"]["claimName"] == claim["metadata"]["name"]
    assert "{{" not in json.dumps(job)


def test_a_pool_without_gpus_asks_for_none() -> None:
    assert container(manifest(gpus=0))["resources"]["limits"]["nvidia.com/gpu"] == 0


def test_no_pod_may_be_root_or_write_beyond_its_volumes() -> None:
    pod = TEMPLATE["job_configuration"]["job_manifest"]["spec"]["template"]["spec"]

    assert pod["securityContext"]["runAsNonRoot"]
    assert pod["containers"][0]["securityContext"]["readOnlyRootFilesystem"]
    assert {m["mountPath"] for m in pod["containers"][0]["volumeMounts"]} == {
        *("/data", "/cache", "/models", "/published", "/tmp"),
    }

"""The image, the compose file and their scripts, as far as they can be tried without an engine."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect.settings.models.root import Settings
from pydantic_settings import BaseSettings

from flows.server.local_stack import LEASES

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
COMPOSE_FILES = sorted(DEPLOY.glob("compose*.yaml"))
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))

OF_OTHERS = {
    *("PATH", "HOME", "PYTHONUNBUFFERED"),
    *("DO_NOT_TRACK", "PYANNOTE_METRICS_ENABLED", "HF_HUB_DISABLE_TELEMETRY"),
    *("HF_HOME", "ARGOS_PACKAGES_DIR"),
    *("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL"),
    *("POSTGRES_DB", "POSTGRES_USER", "POSTGRES_PASSWORD_FILE"),  # of the database's image
}


def test_hadolint_finds_nothing() -> None:
    found = _run("hadolint", str(DEPLOY / "Dockerfile"))

    assert (found.returncode, found.stdout) == (0, "")


def test_compose_files_follow_the_specification() -> None:
    names = [str(path) for path in COMPOSE_FILES]

    found = _run("check-jsonschema", "--builtin-schema", "vendor.compose-spec", *names)

    assert found.returncode == 0, found.stdout


def test_every_image_is_pinned_to_a_version() -> None:
    images = {service["image"] for service in COMPOSE["services"].values()}
    images.update(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE))

    assert [image for image in images if not re.search(r":\d+\.\d+", image)] == []


def test_every_package_gets_into_the_image() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["packages"]["find"]["include"]
    packages = [pattern.removesuffix("*") for pattern in patterns]

    assert [name for name in packages if _is_ignored(name)] == []
    assert set(packages) <= set(re.findall(r"\w+", DOCKERFILE.split("compileall")[1]))


@pytest.mark.parametrize("name", ["deploy/secrets", "deploy/secrets/api_password", ".git", ".venv"])
def test_what_is_secret_or_built_gets_nowhere_near_the_image(name: str) -> None:
    assert _is_ignored(name)


def test_every_variable_is_one_that_somebody_reads() -> None:
    set_here = {name for path in COMPOSE_FILES for name in _variables(_read(path))}
    set_here.update(re.findall(r"(?:ENV |^    )([A-Z_]+)=", DOCKERFILE, re.MULTILINE))
    example = (DEPLOY / ".env.example").read_text(encoding="utf-8")
    set_here.update(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    template = json.loads((DEPLOY / "kubernetes" / "job-template.json").read_text(encoding="utf-8"))
    set_here.update(template["variables"]["properties"]["env"]["default"])

    assert "PREFECT_API_AUTH_STRING" in set_here
    assert set_here - OF_OTHERS - _of_interlinear() - set(_of_prefect(Settings)) == set()


def test_places_under_limits_outlive_the_server() -> None:
    server = COMPOSE["services"]["server"]

    assert server["environment"]["PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE"] == LEASES
    assert f"server:{Path(server['environment']['PREFECT_HOME']).parent}" in server["volumes"]


def test_nothing_listens_beyond_this_machine() -> None:
    ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]

    assert len(ports) == 2
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_server_asks_for_a_password_and_answers_no_other_page() -> None:
    server = COMPOSE["services"]["server"]
    environment = server["environment"]

    assert environment["PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED"] == "true"
    assert environment["PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS"] == "http://127.0.0.1:4200"
    assert environment["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert "PREFECT_SERVER_API_AUTH_STRING" in {secret["target"] for secret in server["secrets"]}


def test_no_secret_stands_in_a_file_of_the_repository() -> None:
    values = {
        name: value
        for path in COMPOSE_FILES
        for service in _read(path)["services"].values()
        for name, value in service.get("environment", {}).items()
    }

    secret = re.compile("PASSWORD|TOKEN|SECRET|AUTH_STRING|CONNECTION_URL")
    assert [n for n in values if secret.search(n) and not n.endswith("_FILE")] == []


def test_every_service_that_goes_on_says_whether_it_is_well() -> None:
    lasting = {n: s for n, s in COMPOSE["services"].items() if s["restart"] == "unless-stopped"}

    assert [name for name, service in lasting.items() if "healthcheck" not in service] == []


def test_secrets_become_variables_and_empty_ones_do_not(tmp_path: Path) -> None:
    (tmp_path / "PREFECT_API_AUTH_STRING").write_text("interlinear:a b$c'd\n")
    (tmp_path / "HF_TOKEN").write_text("")

    shown = subprocess.run(
        [DEPLOY / "with-secrets", sys.executable, "-c", "import os; print(dict(os.environ))"],
        env={"PATH": os.environ["PATH"], "SECRETS": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    environment = ast.literal_eval(shown.stdout)
    assert environment["PREFECT_API_AUTH_STRING"] == "interlinear:a b$c'd"
    assert "HF_TOKEN" not in environment


def test_secrets_are_made_once_for_their_owner_only(tmp_path: Path) -> None:
    first, second = (_made_secrets(tmp_path) for _ in range(2))

    assert first == second
    assert re.fullmatch("interlinear:[0-9a-f]{64}", first["api_password"])
    assert re.fullmatch("[0-9a-f]{64}", first["database_password"])
    assert re.fullmatch("whsec_[0-9A-Za-z+/]{43}=", first["webhook_secret"])
    folder = tmp_path / "deploy" / "secrets"
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert first.keys() == COMPOSE["secrets"].keys()


def test_a_token_that_is_written_into_its_file_stays(tmp_path: Path) -> None:
    assert not _made_secrets(tmp_path)["hub_token"]
    (tmp_path / "deploy" / "secrets" / "hub_token").write_text("hf_later")

    assert _made_secrets(tmp_path)["hub_token"] == "hf_later"


def test_who_cannot_give_the_secrets_to_the_containers_user_is_told(tmp_path: Path) -> None:
    refused = _make_secrets(tmp_path, user=1001)

    assert refused.returncode == 1
    assert "sudo" in refused.stderr
    assert not (tmp_path / "deploy" / "secrets").exists()


def test_the_folder_of_show_files_is_there_before_docker_makes_it(tmp_path: Path) -> None:
    _made_secrets(tmp_path)

    (mount,) = {v for v in COMPOSE["services"]["worker"]["volumes"] if "/shows" in v}
    assert (tmp_path / "deploy" / mount.split(":")[0]).is_dir()


def _make_secrets(root: Path, user: int) -> "subprocess.CompletedProcess[str]":
    script = root / "deploy" / "make-secrets.sh"
    script.parent.mkdir(exist_ok=True)
    script.write_bytes((DEPLOY / "make-secrets.sh").read_bytes())
    (root / "id").write_text(f"#!/bin/sh\necho {user}\n")
    (root / "id").chmod(0o755)
    known = {**os.environ, "PATH": f"{root}:{os.environ['PATH']}"}
    return subprocess.run(["sh", script], env=known, capture_output=True, text=True, check=False)


def _made_secrets(root: Path) -> dict[str, str]:
    made = _make_secrets(root, user=1000)
    assert made.returncode == 0, made.stderr
    return {path.name: path.read_text() for path in (root / "deploy" / "secrets").iterdir()}


def _run(program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [str(Path(sys.executable).with_name(program)), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _variables(compose: Any) -> Iterator[str]:
    for service in compose["services"].values():
        yield from service.get("environment", {})
        secrets = service.get("secrets", [])
        yield from (secret["target"] for secret in secrets if isinstance(secret, dict))


def _of_interlinear() -> set[str]:
    """The variables that the module which alone reads the environment names."""
    tree = ast.parse((ROOT / "flows" / "settings.py").read_text(encoding="utf-8"))
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {text for text in texts if isinstance(text, str) and text.isupper()}


def _of_prefect(settings: type[BaseSettings]) -> Iterator[str]:
    for name, field in settings.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseSettings):
            yield from _of_prefect(field.annotation)
        else:
            yield f"{settings.model_config['env_prefix']}{name}".upper()


def _is_ignored(path: str) -> bool:
    """Say whether Docker leaves a path out: the last rule that fits it or a folder above it."""
    ignored = False
    parts = path.split("/")
    above = ["/".join(parts[: n + 1]) for n in range(len(parts))]
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        rule = line.strip()
        if rule and not rule.startswith("#"):
            fits = any(fnmatch(name, rule.removeprefix("!")) for name in above)
            ignored = not rule.startswith("!") if fits else ignored
    return ignored

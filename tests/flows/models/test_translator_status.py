"""The translators of a machine are listed with what they are, or with what is wrong."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler

import pytest
from click.testing import CliRunner

from flows.cli.commands_models import models
from flows.models.model_status import State
from flows.models.translator_status import TranslatorStatus, translator_statuses
from flows.settings import DEMO_MODELS, settings


@pytest.fixture(autouse=True)
def read_anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", "/none")
    settings.cache_clear()
    yield
    settings.cache_clear()


class Serves(BaseHTTPRequestHandler):
    """Has two models."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"data": [{"id": "qwen3"}, {"id": "gemma"}]}).encode())

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def server(
    serve: Callable[[type[BaseHTTPRequestHandler]], str], monkeypatch: pytest.MonkeyPatch
) -> str:
    url = serve(Serves).rstrip("/") + "/v1"
    monkeypatch.setenv("INTERLINEAR_LLM_URL", url)
    return url


def test_the_models_of_a_server_are_listed(server: str) -> None:
    assert [(one.name, one.state) for one in translator_statuses()] == [
        ("llm:qwen3", State.READY),
        ("llm:gemma", State.READY),
    ]


def test_a_translator_of_the_settings_says_what_it_is(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERLINEAR_TRANSLATORS", f"ko=llm:gemma ja=argos:{DEMO_MODELS / 'argos'}")

    chosen, argos, *others = translator_statuses()

    assert (chosen.languages, chosen.state) == ("Korean", State.READY)
    assert chosen.says.startswith("en->ko gemma")
    assert argos.says == "en->ja 1.0"
    assert [one.name for one in others] == ["llm:qwen3"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("llm:other", "no model 'other'"),
        ("llm", "No language model is named"),
        ("ct2:/none", "there is no folder /none"),
        ("oracle", "There is no translator 'oracle'"),
    ],
)
def test_a_translator_of_the_settings_says_what_is_wrong(
    name: str, says: str, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERLINEAR_TRANSLATORS", f"ko={name} ja=llm:gemma")

    found, other, *_ = translator_statuses()

    assert (found.state, other.state) == (State.BROKEN, State.READY)
    assert says in found.says


def test_a_server_that_is_set_and_does_not_answer_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("INTERLINEAR_LLM_URL", "http://127.0.0.1:9/v1")

    (found,) = translator_statuses()

    assert found.state is State.MISSING
    assert "127.0.0.1:9" in found.says


def test_they_stand_in_the_list_of_models(monkeypatch: pytest.MonkeyPatch) -> None:
    one = TranslatorStatus("ct2:/nllb", "Korean", "cc-by-nc-4.0, no", State.READY, "NLLB")
    monkeypatch.setattr("flows.models.translator_status.translator_statuses", lambda: (one,))

    listed = CliRunner().invoke(models, ["list"], catch_exceptions=False).output

    row = next(line for line in listed.splitlines() if "ct2:/nllb" in line)
    assert "to Korean" in row
    assert "cc-by-nc-4.0, no" in row

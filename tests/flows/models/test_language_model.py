"""A language model is named by the run or the machine, and its server by the machine's owner."""

import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.models.language_model import USUAL_URL, find_language_model
from flows.models.loaded_models import load_options
from flows.models.model_set import find_models
from flows.parameters import LanguageModel, Models
from flows.settings import llm_key, settings
from podcast.errors import BadInputError
from podcast.language import Language

ELSEWHERE = "http://gpu.lan:8080/v1"


@pytest.fixture(autouse=True)
def read_anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("INTERLINEAR_OPEN_HOSTS", "")
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.parametrize(
    ("asked", "run", "machine", "found"),
    [
        ("a", "b", "c", "a"),
        (None, "b", "c", "b"),
        (None, "", "c", "c"),
    ],
)
def test_a_model_is_that_of_the_language_else_of_the_run_else_of_the_machine(
    asked: str | None, run: str, machine: str, found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERLINEAR_LLM_MODEL", machine)

    assert find_language_model(LanguageModel(model=run), asked).model == found


def test_a_model_without_a_name_is_asked_for() -> None:
    with pytest.raises(BadInputError, match="--llm-model or INTERLINEAR_LLM_MODEL"):
        find_language_model(LanguageModel())


@pytest.mark.parametrize(
    "url", [USUAL_URL, "http://localhost:11434/v1", "http://[::1]:1/v1", "http://127.8.8.8/v1/"]
)
def test_a_server_of_this_machine_is_asked_without_a_word(url: str) -> None:
    assert find_language_model(LanguageModel(url=url, model="a")).url == url.rstrip("/")


@pytest.mark.parametrize(
    "url",
    [ELSEWHERE, "https://api.example.com/v1", "http://10.0.0.7/v1", "http://127.0.0.1.lan/v1"],
)
def test_a_server_elsewhere_is_refused_unless_the_owner_has_named_it(url: str) -> None:
    with pytest.raises(BadInputError, match=r"is not on this machine.*INTERLINEAR_LLM_URL"):
        find_language_model(LanguageModel(url=url, model="a"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("INTERLINEAR_LLM_URL", ELSEWHERE),
        ("INTERLINEAR_LLM_URL", ELSEWHERE + "/"),
        ("INTERLINEAR_OPEN_HOSTS", "nas.lan, gpu.lan"),
    ],
)
def test_a_server_elsewhere_that_the_owner_has_named_may_be_asked(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    assert (
        "gpu.lan" in find_language_model(LanguageModel(url=ELSEWHERE, model="a")).open_hosts.names
    )


def test_a_server_in_an_open_network_may_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERLINEAR_OPEN_HOSTS", "10.0.0.0/8")

    assert find_language_model(LanguageModel(url="http://10.0.0.7/v1", model="a"))


@pytest.mark.parametrize(
    "url",
    ["http://h:8080", "http://h:8080/", "http://h:8080/v1/", "http://h:8080/v1/chat/completions"],
)
def test_an_address_leads_to_the_version_however_much_of_it_is_given(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERLINEAR_LLM_URL", "http://h:8080")

    assert find_language_model(LanguageModel(url=url, model="a")).url == "http://h:8080/v1"


def test_an_address_with_another_path_is_taken_as_it_is() -> None:
    found = find_language_model(LanguageModel(url="http://localhost/api/v3", model="a"))

    assert found.url == "http://localhost/api/v3"


@pytest.mark.parametrize(
    "url",
    [
        *("http://me:secret@localhost/v1", "http://:secret@localhost", "http://secret@gpu.lan/v1"),
        *("http://localhost/v1?key=secret", "http://localhost?key=secret", "http://h/v1#secret"),
    ],
)
def test_an_address_that_holds_a_secret_is_refused_and_not_shown(url: str) -> None:
    with pytest.raises(BadInputError, match="INTERLINEAR_LLM_KEY") as caught:
        find_language_model(LanguageModel(url=url, model="a"))

    assert not re.search("(?<!holds a )secret", str(caught.value))


@pytest.mark.parametrize("text", ["sk-1\n", "sk-1"])
def test_a_key_may_lie_in_a_file(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "key").write_text(text, "utf-8")
    monkeypatch.setenv("INTERLINEAR_LLM_KEY_FILE", str(tmp_path / "key"))

    assert llm_key() == "sk-1"


def test_a_key_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERLINEAR_LLM_KEY_FILE", "/no/key")

    with pytest.raises(BadInputError, match="/no/key"):
        llm_key()


def test_what_is_no_key_is_refused_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERLINEAR_LLM_KEY", "sk-1\nX-Other: 2")

    with pytest.raises(BadInputError) as caught:
        llm_key()

    assert "sk-1" not in str(caught.value)


def test_a_key_is_in_nothing_that_is_sent_kept_or_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERLINEAR_LLM_KEY", "sk-secret")
    found = find_models(Models(preset="demo", translators={"ko": "llm:a"}))

    (chosen, _) = found.translators.into(Language.KO)
    said = (
        repr(found),
        chosen.identity(),
        repr(load_options()),
        pickle.dumps(found).decode("latin-1"),
    )
    assert load_options().server_key == "sk-secret"
    assert not any("sk-secret" in text for text in said)

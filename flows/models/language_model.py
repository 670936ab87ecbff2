"""Choose the language model that translates: as the run says, else as this machine is set up."""

from dataclasses import replace
from urllib.parse import urlsplit

from audio.web.address import parse_address
from audio.web.open_hosts import SETTING, OpenHosts, is_loopback
from flows.parameters import LanguageModel
from flows.settings import settings
from podcast.errors import BadInputError
from translation.engines.llm import LlmServer

USUAL_URL = "http://127.0.0.1:8080/v1"
"""Where llama.cpp's server listens."""


def find_language_model(choice: LanguageModel, model: str | None = None) -> LlmServer:
    """Choose a model of a server; whether they are there shows when it is loaded.

    Args:
        choice: What the run says.
        model: Goes before the model of the choice.

    Raises:
        BadInputError: No model is named, or a server elsewhere that the owner of this machine has
            not named.
    """
    name = model or choice.model or settings().llm_model
    if not name:
        raise BadInputError(
            "No language model is named. Name one with --llm-model or INTERLINEAR_LLM_MODEL; with "
            "INTERLINEAR_LLM_URL set, `interlinear models list` shows what the server has."
        )
    return replace(find_server(choice), model=name)


def find_server(choice: LanguageModel) -> LlmServer:
    """Choose a server, without a model of it.

    Raises:
        BadInputError: It is elsewhere, and the owner of this machine has not named it.
    """
    here = settings()
    url = _base_of(choice.url or here.llm_url or USUAL_URL)
    return LlmServer(
        url, "", choice.concurrency, choice.context, here.llm_profiles, _hosts_for(url)
    )


def _base_of(url: str) -> str:
    """Return an address up to the version; one that is a host alone is nearly always meant so."""
    base = parse_address(url).url.rstrip("/").removesuffix("/chat/completions")
    return base if urlsplit(base).path or "?" in base else f"{base}/v1"


def _hosts_for(url: str) -> OpenHosts:
    """Return what may be asked; the server itself is to be of this machine or named by its owner.

    Raises:
        BadInputError: It is neither, or its address holds a password.
    """
    here, host = settings(), urlsplit(parse_address(url).url)
    name = host.hostname or ""
    if "@" in host.netloc or host.query or host.fragment:
        raise BadInputError(
            f"The address of the language model, {parse_address(url).shown}, holds a secret. Put "
            "that into INTERLINEAR_LLM_KEY, or into a file that INTERLINEAR_LLM_KEY_FILE names."
        )
    if not (
        is_loopback(name)
        or (here.llm_url and url == _base_of(here.llm_url))
        or here.open_hosts.names_host(name)
    ):
        raise BadInputError(
            f"{url} is not on this machine, and all that is said in a recording would go there. If "
            f"that is meant, name it in INTERLINEAR_LLM_URL, or its host in {SETTING}."
        )
    return OpenHosts(here.open_hosts.names | {name}, here.open_hosts.networks)

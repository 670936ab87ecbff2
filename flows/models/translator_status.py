"""See whether the translators that this machine is set up with can be used, and what they are."""

from collections.abc import Iterator
from dataclasses import dataclass

from flows.models.language_model import find_server
from flows.models.model_status import State
from flows.models.translators import chosen_translator
from flows.parameters import LanguageModel
from flows.settings import llm_key, settings
from podcast.errors import InterlinearError, TransientError
from podcast.language import Language, parse_targets
from podcast.model_reference import LoadOptions
from translation.engines.translator import Licensed
from translation.engines.translator_factory import LLM, USUAL

UNKNOWN_LICENCE = "see its page"


@dataclass(frozen=True, slots=True)
class TranslatorStatus:
    """A translator of this machine's settings, or a model that its server has.

    Attributes:
        name: As a run names it.
        languages: That it is set for; empty for none yet.
        licence: Of its model.
        state: Whether it can be used.
        says: What it is, or what is wrong.
    """

    name: str
    languages: str
    licence: str
    state: State
    says: str


def translator_statuses() -> tuple[TranslatorStatus, ...]:
    """Look at the translators of the settings, and at what the server of the settings has.

    No model is loaded, and no server asked that is not set.
    """
    chosen = tuple(_chosen())
    names = {status.name for status in chosen}
    served = _served() if settings().llm_url else ()
    return (*chosen, *(status for status in served if status.name not in names))


def _chosen() -> Iterator[TranslatorStatus]:
    languages: dict[str, list[Language]] = {}
    for code, name in settings().translators.items():
        languages.setdefault(name, []).extend(parse_targets([code]))
    for name, targets in languages.items():
        if name != USUAL:
            yield _status_of(name, targets)


def _status_of(name: str, targets: list[Language]) -> TranslatorStatus:
    labels, licence = ", ".join(target.label for target in targets), UNKNOWN_LICENCE
    try:
        reference = chosen_translator(name, LanguageModel())
        if isinstance(reference, Licensed):
            licence = reference.licence() or UNKNOWN_LICENCE
        translator = reference.load(LoadOptions(server_key=llm_key()))
        says = "; ".join(translator.describe(target) for target in targets)
    except InterlinearError as error:
        state = State.MISSING if isinstance(error, TransientError) else State.BROKEN
        return TranslatorStatus(name, labels, licence, state, str(error))
    return TranslatorStatus(name, labels, licence, State.READY, says)


def _served() -> Iterator[TranslatorStatus]:
    try:
        server = find_server(LanguageModel())
        models = server.models(LoadOptions(server_key=llm_key()))
    except InterlinearError as error:
        yield TranslatorStatus(f"{LLM}:MODEL", "", UNKNOWN_LICENCE, State.MISSING, str(error))
        return
    for model in models:
        says = f"served at {server.url}"
        yield TranslatorStatus(f"{LLM}:{model}", "", UNKNOWN_LICENCE, State.READY, says)

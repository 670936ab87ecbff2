"""Choose who translates into each language, and who is asked for what that one fails at."""

from dataclasses import dataclass
from functools import partial

from flows.models.language_model import find_language_model
from flows.models.loaded_models import engines
from flows.parameters import LanguageModel, Models
from flows.settings import DEMO_MODELS, settings
from podcast.errors import BadInputError, SetupError
from podcast.language import Language, parse_targets
from translation.engines.translator import Translator, TranslatorReference
from translation.engines.translator_factory import LLM, USUAL, find_translator, named_translator


@dataclass(frozen=True, slots=True)
class Translators:
    """The translators of a run.

    Attributes:
        usual: Translates into every language, and what another one fails at.
        chosen: Others, each for one language.
    """

    usual: TranslatorReference
    chosen: tuple[tuple[Language, TranslatorReference], ...] = ()

    def into(self, target: Language) -> tuple[TranslatorReference, ...]:
        """Return who translates into a language, then who is asked for what is left."""
        chosen = tuple(reference for language, reference in self.chosen if language == target)
        return tuple(dict.fromkeys((*chosen, self.usual)))


DEMO_TRANSLATORS = Translators(find_translator(DEMO_MODELS / "argos"))


def find_translators(choice: Models) -> Translators:
    """Find the translators of a choice, else those of this machine's settings.

    Raises:
        BadInputError: A name is none of a translator's.
    """
    is_demo = choice.preset == "demo"
    usual = (
        DEMO_TRANSLATORS.usual
        if is_demo and not choice.packages
        else find_translator(choice.packages)
    )
    names = {} if is_demo else {**settings().translators}
    names |= choice.translators
    if choice.llm != LanguageModel() and LLM not in {n.partition(":")[0] for n in names.values()}:
        raise BadInputError(
            "A language model is given, and no language is translated by it. Choose it as the "
            f"translator, too: --translator {LLM}, or [models.translators] in a show file."
        )
    return Translators(
        usual,
        tuple(
            (parse_targets([code])[0], chosen_translator(name, choice.llm))
            for code, name in sorted(names.items())
            if name != USUAL
        ),
    )


def chosen_translator(name: str, llm: LanguageModel) -> TranslatorReference:
    """Find a translator by its name.

    Raises:
        BadInputError: There is none of this name, or a language model that cannot be asked.
    """
    return named_translator(name, **{LLM: partial(find_language_model, llm)})


def load_translators(translators: Translators, target: Language) -> tuple[Translator, ...]:
    """Load who translates into a language, and whoever else does.

    Raises:
        SetupError: The first cannot; the message says what is missing.
    """
    own, *others = map(engines().translator, translators.into(target))
    return (own, *(one for one in others if not _problem_of(one, target)))


def describe_translators(translators: Translators, target: Language) -> str:
    """Name the way that rows take into a language, and the one for those that fail on it.

    Raises:
        SetupError: There is none.
    """
    return "; ".join(one.describe(target) for one in load_translators(translators, target))


def others_missing(translators: Translators, target: Language) -> str:
    """Say why nobody is asked for what the chosen translator fails at; empty where somebody is."""
    _, *others = map(engines().translator, translators.into(target))
    return " ".join(filter(None, (_problem_of(one, target) for one in others)))


def _problem_of(translator: Translator, target: Language) -> str:
    try:
        translator.describe(target)
    except SetupError as error:
        return str(error)
    return ""

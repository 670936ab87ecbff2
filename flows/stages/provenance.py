"""What a record says of how it was made."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from importlib.metadata import version

from flows.models.translators import Translators
from flows.stages.request import EpisodeRequest
from outputs.record.record_types import Option, Provenance
from podcast.language import Language
from podcast.recognition import Recognition
from podcast.stage import Stage

DISTRIBUTIONS = ("argostranslate", "ctranslate2", "faster-whisper", "interlinear", "pyannote-audio")


def provenance_of(request: EpisodeRequest, recognition: Recognition) -> Provenance:
    """Name models, options and versions."""
    models, translators = request.models, request.models.translators
    made = Provenance(
        models=_by_name(
            {
                Stage.DIARIZE.value: models.diarizer.identity(),
                Stage.TRANSCRIBE.value: models.recogniser.identity(),
                Stage.TRANSLATE.value: translators.usual.identity(),
            }
        ),
        options=_options(request, recognition),
        versions={name: version(name) for name in DISTRIBUTIONS},
    )
    for target, described in request.ways.items():
        made = with_way(made, target, way_into(made, target, translators), described)
    return made


TRANSLATOR = "translator"

Way = Mapping[str, Option]
"""What decides a translation: the usual translator's "packages", another one's "translator" where
that is asked first, and what the wording says of itself."""


def usual_way(made: Provenance) -> Way:
    """Return how the languages were translated that have no entry of their own."""
    return {
        "packages": made.models.get(Stage.TRANSLATE.value, ""),
        **made.options.get(Stage.TRANSLATE.value, {}),
    }


def way_into(made: Provenance, target: Language, translators: Translators) -> Way:
    """Return how these translators translate into a language."""
    own, *others = translators.into(target)
    return {**usual_way(made), **({TRANSLATOR: own.identity()} if others else {})}


def way_of(made: Provenance, target: Language) -> Way:
    """Return how a language was translated, which another run may have done in another way."""
    return made.options.get(_stage(target)) or usual_way(made)


def description_of(made: Provenance, target: Language) -> str:
    """Return the names and versions of the models that translated into a language."""
    return made.models.get(_stage(target), "")


def with_way(made: Provenance, target: Language, way: Way, described: str) -> Provenance:
    """Note how a language was translated, which need not be how the others were.

    Args:
        made: What is noted already.
        target: The language.
        way: What decided it.
        described: The models, as the translators describe them.
    """
    options = {stage: option for stage, option in made.options.items() if stage != _stage(target)}
    if way != usual_way(made):
        options[_stage(target)] = dict(way)
    models = _by_name({**made.models, _stage(target): described})
    return replace(made, models=models, options=options)


def _by_name(models: Mapping[str, str]) -> dict[str, str]:
    """Order models so that it does not matter which language was made first."""
    return dict(sorted(models.items()))


def _stage(target: Language) -> str:
    return Stage.TRANSLATE.into(target)


def _options(request: EpisodeRequest, recognition: Recognition) -> dict[str, dict[str, Option]]:
    hotwords = ", ".join(request.transcription.hotwords)
    text = {"text": recognition.text} if recognition.text else {}
    return {
        Stage.DIARIZE.value: asdict(request.counts),
        Stage.TRANSCRIBE.value: {
            "language": request.transcription.language,
            **request.models.recogniser.described(),
            "hotwords": hotwords,
            **text,
        },
        Stage.TRANSLATE.value: request.wording.described(),
    }

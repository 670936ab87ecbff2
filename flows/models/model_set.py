"""Turn a choice of models into those of this machine."""

from dataclasses import dataclass

from flows.models import model_catalogue as catalogue
from flows.models.translators import DEMO_TRANSLATORS, Translators, find_translators
from flows.parameters import Models
from flows.settings import DEMO_MODELS
from speech.diarization.diarizer import DiarizerReference
from speech.diarization.diarizer_factory import find_diarizer
from speech.transcription.recogniser import RecogniserReference
from speech.transcription.recogniser_factory import find_recogniser
from speech.voiceprints.speaker_identification import MatchingOptions


@dataclass(frozen=True, slots=True)
class ModelSet:
    """The models of one run.

    Attributes:
        recogniser: Writes down what is said.
        diarizer: Hears who speaks when.
        translators: Say it in other languages.
        matching: When two voices that the diarizer found are one person's.
    """

    recogniser: RecogniserReference
    diarizer: DiarizerReference
    translators: Translators
    matching: MatchingOptions = MatchingOptions()  # noqa: RUF009  it is frozen


DEMO = ModelSet(
    # The demo Whisper was trained on windows of a few seconds with little silence around. In those
    # of 6 s it takes hotwords for what is said; in those of 5 s it does not.
    recogniser=find_recogniser(DEMO_MODELS / "whisper", chunk_length=5, speech_pad_ms=150),
    diarizer=find_diarizer(DEMO_MODELS / "diarization"),
    translators=DEMO_TRANSLATORS,
    matching=MatchingOptions(threshold=0.9),  # measured: docs/decisions/0009-voices.md
)


def find_models(choice: Models) -> ModelSet:
    """Find the models of a choice.

    Raises:
        BadInputError: A translator is named that there is not.
        SetupError: A model is not on this machine; the message says how to get it.
    """
    is_demo = choice.preset == "demo"
    return ModelSet(
        recogniser=(
            DEMO.recogniser
            if is_demo and not choice.whisper
            else find_recogniser(catalogue.find_whisper(choice.whisper))
        ),
        diarizer=(
            DEMO.diarizer
            if is_demo and not choice.diarization
            else find_diarizer(catalogue.find_diarization(choice.diarization))
        ),
        translators=find_translators(choice),
        matching=DEMO.matching if is_demo else MatchingOptions(),
    )

"""See which models are ready on this machine, fetch those that are not, and try them out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from flows.feeds.polite_http import web_options
from flows.models.model_catalogue import (
    Bundled,
    FromEngine,
    FromHub,
    Kind,
    Model,
    Places,
)
from flows.settings import settings
from podcast.errors import SetupError
from podcast.model_reference import LoadOptions
from speech.diarization.diarizer import DiarizerReference
from speech.diarization.diarizer_factory import find_diarizer
from speech.hub.hub_snapshots import ReportBytes, download_snapshot, find_snapshot
from speech.transcription.recogniser import RecogniserReference
from speech.transcription.recogniser_factory import find_recogniser
from translation.conversation import SourceRow, Style

LISTENERS: Mapping[Kind, Callable[[Path], DiarizerReference | RecogniserReference]] = {
    Kind.WHISPER: find_recogniser,
    Kind.DIARIZATION: find_diarizer,
}


class State(StrEnum):
    """Whether a model can be used."""

    READY = "ready"
    MISSING = "missing"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """One model on this machine.

    Attributes:
        model: Which one.
        folder: Where it is; None if it is not here.
        problems: What is wrong with its files.
    """

    model: Model
    folder: Path | None
    problems: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        """In one word."""
        if self.problems:
            return State.BROKEN
        return State.READY if self.folder else State.MISSING


def status(models: Iterable[Model], places: Places) -> tuple[ModelStatus, ...]:
    """Look for each model and check its files; nothing is loaded or fetched."""
    return tuple(_look_at(model, places) for model in models)


def fetch(model: Model, token: str | None, report: ReportBytes, places: Places) -> Path:
    """Return the folder of a model, downloaded if it is not here whole.

    Args:
        model: Which one.
        token: Hub token; None takes the one that the hub's client finds.
        report: Called as bytes arrive.
        places: Where to put it and where it comes from.

    Raises:
        NetworkError: It cannot be fetched now.
        SetupError: It is not given out, or what arrived cannot be used.
        StorageError: It cannot be written.
    """
    before = _look_at(model, places)
    if before.state is State.READY and before.folder:
        return before.folder
    _download(model, token, report, places)
    after = _look_at(model, places)
    if after.state is State.READY and after.folder:
        return after.folder
    raise SetupError(f"{model.name} was fetched but cannot be used: {'; '.join(after.problems)}.")


def try_out(status: ModelStatus, device: str) -> None:
    """Load a model as a run would, and translate a word where it translates.

    Raises:
        SetupError: It does not load.
        OutOfMemoryError: There is too little memory for it.
    """
    if status.folder is None:
        raise SetupError(f"{status.model.name} is not on this machine.")
    options = LoadOptions(device, trusted=settings().trusted_models)
    if find := LISTENERS.get(status.model.kind):
        find(status.folder).load(options)
    elif isinstance(status.model.origin, FromEngine | Bundled) and status.model.origin.model:
        model = status.model.origin.model
        translator = model.load(status.folder, options)
        translator.translate([SourceRow("Hello.")], model.target, Style(), lambda _: None)


def _look_at(model: Model, places: Places) -> ModelStatus:
    match model.origin:
        case FromHub(repo_id):
            return _with_problems(model, find_snapshot(repo_id, places.hub))
        case FromEngine(of_engine):
            return ModelStatus(model, *of_engine.look())
        case Bundled(folder, of_engine) if of_engine:
            return ModelStatus(model, *of_engine.look(places.demo / folder))
        case Bundled(folder):
            path = places.demo / folder
            return _with_problems(model, path if path.is_dir() else None)


def _with_problems(model: Model, folder: Path | None) -> ModelStatus:
    find = LISTENERS.get(model.kind)
    return ModelStatus(model, folder, find(folder).problems() if folder and find else ())


def _download(model: Model, token: str | None, report: ReportBytes, places: Places) -> None:
    match model.origin:
        case FromHub(repo_id):
            download_snapshot(repo_id, token, report, places.hub)
        case FromEngine(of_engine):
            of_engine.download(report, web_options())
        case Bundled():
            raise SetupError(
                f"{model.name} comes with the program and is not downloaded. "
                "Get the program again: its folder demo/models is incomplete."
            )

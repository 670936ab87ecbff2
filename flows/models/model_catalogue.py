"""The models that the product can use: what each is, and where it is on this machine."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from flows.models.device import device
from flows.settings import DEMO_LANGUAGES, DEMO_MODELS
from podcast.errors import SetupError
from speech.hub.hub_snapshots import HubOptions, find_snapshot
from translation.engines.translator import TranslationModel
from translation.engines.translator_factory import MODELS

SYSTRAN_SIZES = (
    *("tiny", "tiny.en", "base", "base.en", "small", "small.en", "medium", "medium.en"),
    *("large-v1", "large-v2", "large-v3"),
)
SYSTRAN_DISTILLED = ("small.en", "medium.en", "large-v2", "large-v3")

WHISPER_REPOS = {
    **{size: f"Systran/faster-whisper-{size}" for size in SYSTRAN_SIZES},
    **{f"distil-{size}": f"Systran/faster-distil-whisper-{size}" for size in SYSTRAN_DISTILLED},
    "large": "Systran/faster-whisper-large-v3",
    "distil-large-v3.5": "distil-whisper/distil-large-v3.5-ct2",
    "large-v3-turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
    "turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
}
"""faster-whisper's names of models, so that nobody has to learn others."""

WHISPER_ON_CPU = "small"
WHISPER_ON_GPU = "large-v3-turbo"
DIARIZATION_REPO = "pyannote/speaker-diarization-community-1"


class Kind(StrEnum):
    """What a model does."""

    WHISPER = "writes down what is said"
    DIARIZATION = "hears who speaks when"
    TRANSLATION = "translates"
    OTHER = "chosen by you"


@dataclass(frozen=True, slots=True)
class FromHub:
    """A repository of the model hub."""

    repo_id: str


@dataclass(frozen=True, slots=True)
class FromEngine:
    """What a translator can fetch."""

    model: TranslationModel


@dataclass(frozen=True, slots=True)
class Bundled:
    """A folder among the demo models; `model` says which of the translators' models in it."""

    folder: str
    model: TranslationModel | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """One model that can be had.

    Attributes:
        name: What the user calls it.
        kind: What it does.
        origin: Where it comes from.
        megabytes: About how much there is to download; 0 if nobody knows or nothing is.
        licence: Under which terms its owner gives it.
        is_gated: Whether the hub wants a token and an accepted licence.
        note: When it is the one to take.
    """

    name: str
    kind: Kind
    origin: FromHub | FromEngine | Bundled
    megabytes: int
    licence: str
    is_gated: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """Where models are on this machine and where they come from.

    Attributes:
        demo: Folder of the demo models.
        hub: The model hub and its cache.
    """

    demo: Path = DEMO_MODELS
    hub: HubOptions = HubOptions()  # noqa: RUF009  it is frozen


HERE = Places()
"""As the environment has it."""

DEMO_CATALOGUE = (
    Model("demo-whisper", Kind.WHISPER, Bundled("whisper"), 0, "MIT", note="the demo"),
    Model("demo-diarization", Kind.DIARIZATION, Bundled("diarization"), 0, "MIT", note="the demo"),
    *(
        Model(
            f"demo-{model.name}",
            Kind.TRANSLATION,
            Bundled("argos", model),
            0,
            "MIT",
            note=f"the demo, to {model.target.label}",
        )
        for model in MODELS
        if model.target in DEMO_LANGUAGES
    ),
)


def _whisper(size: str, megabytes: int = 0, note: str = "") -> Model:
    origin = FromHub(WHISPER_REPOS[size])
    return Model(f"whisper-{size}", Kind.WHISPER, origin, megabytes, "MIT", note=note)


REAL_CATALOGUE = (
    _whisper(WHISPER_ON_CPU, 486, "without a GPU"),
    _whisper(WHISPER_ON_GPU, 1620, "with a GPU"),
    Model(
        "diarization",
        Kind.DIARIZATION,
        FromHub(DIARIZATION_REPO),
        33,
        "CC-BY-4.0",
        is_gated=True,
        note="always",
    ),
    *(
        Model(
            model.name,
            Kind.TRANSLATION,
            FromEngine(model),
            model.megabytes,
            model.licence,
            note=f"to {model.target.label}",
        )
        for model in MODELS
    ),
)

CATALOGUE = (*DEMO_CATALOGUE, *REAL_CATALOGUE)


def find_model(name: str) -> Model:
    """Return a model by its name, by "whisper-<size>" or by its id on the hub.

    Raises:
        SetupError: Nothing has this name.
    """
    for model in CATALOGUE:
        if model.name == name:
            return model
    size = name.removeprefix("whisper-")
    if size != name and size in WHISPER_REPOS:
        return _whisper(size)
    if name.count("/") == 1:
        return Model(name, Kind.OTHER, FromHub(name), 0, "see its page")
    known = ", ".join(model.name for model in REAL_CATALOGUE)
    raise SetupError(
        f"There is no model {name!r}. Known: {known}, whisper-<size> and owner/name of the hub."
    )


def wanted_models(device: str) -> tuple[Model, ...]:
    """Return the models that real episodes need on a device, "cpu" or "cuda"."""
    whisper = f"whisper-{WHISPER_ON_GPU if device == 'cuda' else WHISPER_ON_CPU}"
    return tuple(m for m in REAL_CATALOGUE if m.kind is not Kind.WHISPER or m.name == whisper)


def find_whisper(choice: str | None = None, places: Places = HERE) -> Path:
    """Return the folder of a Whisper model on this machine.

    Args:
        choice: A size such as "medium", a folder or a hub id; None takes the one for this machine.
        places: Where to look.

    Raises:
        SetupError: It is not here; the message says how to get it.
    """
    if choice is None:
        choice = WHISPER_ON_GPU if device() == "cuda" else WHISPER_ON_CPU
    name = f"whisper-{choice}" if choice in WHISPER_REPOS else choice
    return _find(name, WHISPER_REPOS.get(choice, choice), places)


def find_diarization(choice: str | None = None, places: Places = HERE) -> Path:
    """Return the folder of a diarization pipeline on this machine.

    Args:
        choice: A folder or a hub id; None takes the usual one.
        places: Where to look.

    Raises:
        SetupError: It is not here; the message says how to get it.
    """
    return _find(choice or "diarization", choice or DIARIZATION_REPO, places)


def _find(name: str, where: str, places: Places) -> Path:
    """Return a folder: the one given, or the one of a hub id in the local cache."""
    folder = Path(where).expanduser()
    if folder.is_dir():
        return folder.resolve()
    if where.count("/") == 1 and not where.startswith((".", "~", "/")):
        found = find_snapshot(where, places.hub)
        if found:
            return found
        raise SetupError(
            f"The model {where} is not on this machine. Get it with "
            f"`interlinear models download {name}`; without network, give the path of a copied "
            "folder instead of the name."
        )
    raise SetupError(
        f"There is no model folder at {where}, and no model has that name. "
        "`interlinear models list` shows the known ones."
    )

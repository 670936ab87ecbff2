"""Build a diarization pipeline of pyannote.audio from its folder, without running what it names.

pyannote.audio builds any class that `config.yaml` names, with any arguments. Here there is one
class, its arguments are known, and its networks are loaded as weights only.
"""

from pathlib import Path
from typing import Any

import yaml

from podcast.errors import InterlinearError
from speech.diarization.pyannote_checkpoint import CHECKPOINT, load_network
from speech.hub.hub_snapshots import HubOptions, download_snapshot, find_snapshot

CONFIG = "config.yaml"

PIPELINES = frozenset(
    f"pyannote.audio.pipelines.{name}"
    for name in ("SpeakerDiarization", "speaker_diarization.SpeakerDiarization")
)

_OPTIONS = frozenset(
    {"clustering", "der_variant", "embedding_exclude_overlap", "legacy", "segmentation_step"}
    | {"embedding_batch_size", "segmentation_batch_size"}
)
_PARTS = frozenset({"segmentation", "embedding", "plda"})
_INSIDE = "$model/"
_WEIGHTS = HubOptions(allow_patterns=(CHECKPOINT,))


def build_pipeline(folder: Path, token: str | None) -> Any:
    """Build a `pyannote.audio.pipelines.SpeakerDiarization`.

    Args:
        folder: Holds a `config.yaml`. Its parts are in the folder, elsewhere on this machine, or,
            for an older pipeline, on the model hub.
        token: Of the model hub.

    Raises:
        SetupError: It is no such pipeline, or holds more than one.
        NetworkError: A part of it is on the hub, which cannot be reached.
        ValueError, TypeError: Its configuration is broken or not known.
    """
    from pyannote.audio.pipelines import SpeakerDiarization

    config = _read(folder)
    named = config["pipeline"].get("params") or {}
    if unknown := sorted(named.keys() - _OPTIONS - _PARTS):
        raise ValueError(f"its config.yaml says {', '.join(unknown)}, which is not known")
    pipeline = SpeakerDiarization(
        **{name: value for name, value in named.items() if name in _OPTIONS},
        segmentation=load_network(_place(named, "segmentation", folder, token)),
        embedding=load_network(_place(named, "embedding", folder, token)),
        plda=_load_plda(named, folder, token),
    )
    pipeline.instantiate(config.get("params") or pipeline.default_parameters())
    return pipeline


def _read(folder: Path) -> dict[str, Any]:
    try:
        config = yaml.safe_load((folder / CONFIG).read_text(encoding="utf-8"))
        name = str(config["pipeline"]["name"])
    except (yaml.YAMLError, RecursionError, TypeError, LookupError, UnicodeError) as error:
        raise ValueError("its config.yaml describes no pipeline") from error
    if name not in PIPELINES:
        raise ValueError(f"it is a {name.rpartition('.')[2]}, not a SpeakerDiarization")
    return dict(config)


def _load_plda(named: dict[str, Any], folder: Path, token: str | None) -> Any:
    from pyannote.audio.core.plda import PLDA

    if named.get("clustering", "VBxClustering") != "VBxClustering":
        return PLDA.__new__(PLDA)  # pyannote wants one from all, and asks it in this case only
    return PLDA.from_pretrained(_place(named, "plda", folder, token))


def _place(named: dict[str, Any], part: str, folder: Path, token: str | None) -> Path:
    """Return where a part is: in the folder, on this machine, or fetched from the hub."""
    where = named.get(part)
    if not isinstance(where, str):
        raise TypeError(f"its config.yaml does not say where its {part} is")
    if where.startswith(_INSIDE):
        return folder / where.removeprefix(_INSIDE).partition("@")[0]
    for place in (folder / where, folder / where.rpartition("/")[2], Path(where)):
        if place.exists():
            return place
    if where.count("/") != 1:
        raise ValueError(f"its {part} {where} does not exist")
    try:
        return find_snapshot(where, _WEIGHTS) or download_snapshot(
            where, token, lambda *_: None, _WEIGHTS
        )
    except InterlinearError as error:
        raise type(error)(f"The pipeline in {folder} lacks its {part}. {error}") from error

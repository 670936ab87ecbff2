"""Load a network of pyannote.audio from a checkpoint, and nothing but numbers and known classes.

A checkpoint is a pickle, which can call anything, and names the class of its network, whose module
is imported. Here it is read by PyTorch's own reader for weights, with the few types of
pyannote.audio that its checkpoints hold, and only networks that are known are built.
"""

import pickle
import re
from importlib import import_module
from pathlib import Path
from typing import Any

from podcast.errors import SetupError

SETTING = "INTERLINEAR_TRUSTED_MODELS"

CHECKPOINT = "pytorch_model.bin"

NETWORKS = frozenset(
    {
        "pyannote.audio.models.segmentation.PyanNet.PyanNet",
        "pyannote.audio.models.segmentation.SSeRiouSS.SSeRiouSS",
        "pyannote.audio.models.embedding.wespeaker.WeSpeakerResNet34",
        "pyannote.audio.models.embedding.wespeaker.WeSpeakerResNet152",
        "pyannote.audio.models.embedding.wespeaker.WeSpeakerResNet221",
        "pyannote.audio.models.embedding.wespeaker.WeSpeakerResNet293",
        "pyannote.audio.models.embedding.xvector.XVectorMFCC",
        "pyannote.audio.models.embedding.xvector.XVectorSincNet",
        "demo.embedding.SmallSpeakerEmbedding",
    }
)
"""All of pyannote.audio's, and the demo's own."""


def load_network(folder: Path) -> Any:
    """Load a `pyannote.audio.Model`, ready to run.

    Args:
        folder: Holds the checkpoint; or the checkpoint itself.

    Raises:
        SetupError: It holds more than weights, or a network that is not known.
        OSError: There is none.
        RuntimeError: It is broken.
    """
    from torch.serialization import safe_globals

    path = folder / CHECKPOINT if folder.is_dir() else folder
    with safe_globals(_known_types()):
        checkpoint = _read(path)
        network = _network(checkpoint["pyannote.audio"]["architecture"], path)
        # What was trained with a loss of its own is used without it.
        is_bare = not any("loss_func" in name for name in checkpoint["state_dict"])
        return network.load_from_checkpoint(
            path, map_location="cpu", strict=is_bare, weights_only=True
        ).eval()


def _known_types() -> list[Any]:
    from pyannote.audio.core.task import Problem, Resolution, Specifications
    from torch.torch_version import TorchVersion

    return [Problem, Resolution, Specifications, TorchVersion]


def _read(path: Path) -> Any:
    import torch

    try:
        return torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        named = re.search(r"GLOBAL (\S+)", str(error))
        reason = f"it asks for {named[1]}" if named else "it holds more than weights"
        raise _refusal(path, reason) from error


def _network(architecture: Any, path: Path) -> Any:
    name = f"{architecture['module']}.{architecture['class']}"
    if name not in NETWORKS:
        raise _refusal(path, f"its network {name} is none of pyannote.audio's")
    return getattr(import_module(architecture["module"]), architecture["class"])


def _refusal(path: Path, reason: str) -> SetupError:
    return SetupError(
        f"{path} is not loaded: {reason}. If you trust whoever made it, name the pipeline's folder "
        f"in {SETTING} (docs/models.md)."
    )

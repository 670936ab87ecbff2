"""Write the folder that `pyannote.audio.Pipeline.from_pretrained` loads."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import lightning
import numpy as np
import torch
import yaml

from demo.training.diarization.plda import Plda


@dataclass(frozen=True, slots=True)
class ClusteringParameters:
    """How embeddings are grouped into speakers, by VBx after an agglomerative start.

    Attributes:
        threshold: Distance up to which the start joins groups.
        Fa: Weight of the evidence; low, since chunks that overlap are no independent evidence.
        Fb: Weight of the prior; high values find fewer speakers.
    """

    threshold: float
    Fa: float
    Fb: float


def write_models(folder: Path, segmentation: Any, embedding: Any, plda: Plda) -> None:
    """Write the networks and the PLDA into a folder."""
    write_checkpoint(folder / "segmentation" / "pytorch_model.bin", segmentation)
    write_checkpoint(folder / "embedding" / "pytorch_model.bin", embedding)
    (folder / "plda").mkdir(parents=True, exist_ok=True)
    np.savez(folder / "plda" / "xvec_transform.npz", **_fields(plda, "mean1", "mean2", "lda"))
    np.savez(folder / "plda" / "plda.npz", **_fields(plda, "mu", "tr", "psi"))


def write_checkpoint(path: Path, model: Any) -> None:
    """Write a network as pyannote.audio loads it."""
    checkpoint = {
        "state_dict": model.state_dict(),
        "hyper_parameters": dict(model.hparams),
        "pytorch-lightning_version": lightning.__version__,
    }
    # Adds what pyannote.audio needs to build the network again.
    model.on_save_checkpoint(checkpoint)
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(checkpoint, path)


def write_config(
    folder: Path, clustering: ClusteringParameters, min_duration_off: float = 0.0
) -> None:
    """Write the file that puts the parts of the pipeline together."""
    config = {
        "dependencies": {"pyannote.audio": "4.0.0"},
        "pipeline": {
            "name": "pyannote.audio.pipelines.SpeakerDiarization",
            "params": {
                "clustering": "VBxClustering",
                "segmentation": "$model/segmentation",
                "segmentation_batch_size": 8,
                "embedding": "$model/embedding",
                "embedding_batch_size": 8,
                "embedding_exclude_overlap": True,
                "plda": "$model/plda",
            },
        },
        "params": {
            "clustering": asdict(clustering),
            "segmentation": {"min_duration_off": min_duration_off},
        },
    }
    text = yaml.safe_dump(config, sort_keys=False)
    (folder / "config.yaml").write_text(text, encoding="utf-8")


def _fields(plda: Plda, *names: str) -> dict[str, Any]:
    return {name: getattr(plda, name).astype(np.float32) for name in names}

"""Build a pyannote pipeline of the real size with random weights: PyanNet and WeSpeaker ResNet34.

What it costs is what the real one costs; what it says means nothing.
"""

from pathlib import Path

import numpy as np
import torch
from pyannote.audio.core.task import Problem, Resolution, Specifications
from pyannote.audio.models.embedding.wespeaker import WeSpeakerResNet34
from pyannote.audio.models.segmentation import PyanNet
from torch import nn

from demo.training.diarization.folder import ClusteringParameters, write_config, write_models
from demo.training.diarization.plda import Plda

DIMENSION = 256
"""Of an embedding of the real network."""

REDUCED = 128
"""Dimension of the space in which the real pipeline compares speakers."""


def build_diarization(folder: Path) -> Path:
    """Write the pipeline's folder, unless it is there."""
    if not (folder / "config.yaml").is_file():
        torch.manual_seed(0)
        write_models(folder, _segmentation(), _embedding(), _plda())
        write_config(folder, ClusteringParameters(threshold=0.6, Fa=0.07, Fb=0.8))
    return folder


def _segmentation() -> PyanNet:
    model = PyanNet(lstm={"hidden_size": 128, "num_layers": 4, "dropout": 0.5})
    model.specifications = Specifications(
        classes=["speaker#1", "speaker#2", "speaker#3"],
        problem=Problem.MONO_LABEL_CLASSIFICATION,
        resolution=Resolution.FRAME,
        duration=10.0,
        powerset_max_classes=2,
        permutation_invariant=True,
    )
    model.build()
    return model.eval()


def _embedding() -> WeSpeakerResNet34:
    model = WeSpeakerResNet34()
    generator = torch.Generator().manual_seed(0)
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            # Statistics of their own, as training leaves them: folding them in must be exact.
            nn.init.normal_(module.get_buffer("running_mean"), 0.0, 0.1, generator)
            nn.init.uniform_(module.get_buffer("running_var"), 0.5, 1.5, generator)
    model.specifications = Specifications(
        problem=Problem.REPRESENTATION, resolution=Resolution.CHUNK, duration=10.0
    )
    return model.eval()


def _plda() -> Plda:
    random = np.random.default_rng(0)
    return Plda(
        mean1=np.zeros(DIMENSION),
        lda=np.linalg.qr(random.normal(size=(DIMENSION, REDUCED)))[0],
        mean2=np.zeros(REDUCED),
        mu=np.zeros(REDUCED),
        tr=np.eye(REDUCED),
        psi=np.linspace(10.0, 0.1, REDUCED),
    )

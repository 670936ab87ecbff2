"""Train the segmentation network: who of up to three people speaks in each frame of a chunk."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from pyannote.audio.core.task import Problem, Resolution, Specifications
from pyannote.audio.models.segmentation import PyanNet
from pyannote.audio.utils.powerset import Powerset
from torch.nn import functional

from demo.training.diarization.mixtures import Mixture, draw_chunk
from demo.training.diarization.schedule import learning_rate
from demo.training.diarization.sounds import SoundBank
from demo.training.diarization.speech import Speaker
from demo.training.voices import SAMPLE_RATE

logger = logging.getLogger(__name__)

CHUNK_DURATION = 5.0
N_LOCAL_SPEAKERS = 3
_MAX_OVERLAPPING = 2


@dataclass(frozen=True, slots=True)
class SegmentationStage:
    """A stretch of the training, with a learning rate that rises and falls.

    Attributes:
        steps: Optimizer steps.
        peak_rate: Highest learning rate.
        demo_rate: Part of the speakers that have a voice of the demo episode.
        name_weight: Weight of the loss that asks for the names of the speakers.
        seed: Seed of the chunks.
        batch_size: Chunks in a step.
    """

    steps: int
    peak_rate: float
    demo_rate: float
    name_weight: float
    seed: int
    batch_size: int = 8


@dataclass(frozen=True, slots=True)
class SegmentationOptions:
    """How the segmentation network is trained.

    The first stage finds speech and learns that people differ; naming them, in the second one,
    teaches what they differ in far faster than telling apart the few within a chunk.

    Attributes:
        stages: Stages of the training.
        hidden_size: Units of one direction of one recurrent layer.
        seed: Seed of the weights.
    """

    stages: tuple[SegmentationStage, ...] = (
        SegmentationStage(2400, peak_rate=3e-3, demo_rate=0.5, name_weight=0.0, seed=21),
        SegmentationStage(1500, peak_rate=2e-3, demo_rate=0.7, name_weight=0.5, seed=22),
    )
    hidden_size: int = 64
    seed: int = 21


def train_segmentation(
    speakers: Sequence[Speaker], sounds: SoundBank, options: SegmentationOptions
) -> PyanNet:
    """Train a segmentation network from random weights."""
    torch.manual_seed(options.seed)
    model = _new_model(options)
    for stage in options.stages:
        train_stage(model, speakers, sounds, stage)
    return model


def train_stage(
    model: PyanNet, speakers: Sequence[Speaker], sounds: SoundBank, stage: SegmentationStage
) -> None:
    """Train the network in place."""
    rng = np.random.default_rng(stage.seed)
    turn_loss, name_loss = PermutationFreeLoss(), NameLoss(model, speakers)
    learnt = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW([*learnt, *name_loss.parameters()], weight_decay=1e-3)
    times = frame_times(model)
    model.train()
    for step in range(stage.steps):
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, stage.steps, stage.peak_rate)
        chunks = [
            draw_chunk(rng, speakers, sounds, CHUNK_DURATION, stage.demo_rate)
            for _ in range(stage.batch_size)
        ]
        activities = _activities(chunks, times)
        loss, accuracy = turn_loss(model(_waveforms(chunks)), activities)
        if stage.name_weight > 0:
            loss = loss + stage.name_weight * name_loss(chunks, activities)
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(learnt, 1.0)
        optimizer.step()
        if step % 100 == 99:
            logger.info("segmentation %d: loss %.3f, accuracy %.3f", step + 1, loss, accuracy)
    name_loss.detach()
    model.eval()


class NameLoss:
    """Cross-entropy of naming the one who speaks, from what the recurrent layers say.

    The layer that names speakers is for the training only; the network is saved without it.
    """

    def __init__(self, model: PyanNet, speakers: Sequence[Speaker]) -> None:
        """Listen to the recurrent layers of a network."""
        self._indices = {speaker.name: index for index, speaker in enumerate(speakers)}
        self._namer = torch.nn.Linear(2 * model.lstm.hidden_size, len(speakers))
        self._frames = torch.empty(0)
        self._hook = model.lstm.register_forward_hook(self._listen)

    def parameters(self) -> Iterator[torch.nn.Parameter]:
        """Return the weights that are trained with the network."""
        return self._namer.parameters()

    def __call__(self, chunks: Sequence[Mixture], activities: torch.Tensor) -> torch.Tensor:
        """Judge the last pass of the network.

        Args:
            chunks: What it heard.
            activities: (batch, frame, speaker) of 0 and 1.
        """
        alone = activities.sum(-1) == 1
        names = torch.tensor([self._names(chunk) for chunk in chunks])
        speaking = names.gather(1, activities.argmax(-1))
        return functional.cross_entropy(self._namer(self._frames[alone]), speaking[alone])

    def detach(self) -> None:
        """Stop listening."""
        self._hook.remove()

    def _names(self, chunk: Mixture) -> list[int]:
        names = [self._indices[name] for name in chunk.speakers]
        return names + [0] * (N_LOCAL_SPEAKERS - len(names))

    def _listen(
        self, _layer: torch.nn.Module, _inputs: object, outputs: tuple[torch.Tensor, object]
    ) -> None:
        self._frames = outputs[0]


class PermutationFreeLoss:
    """Cross-entropy against the powerset classes, under the best naming of the speakers."""

    def __init__(self) -> None:
        """Build the powerset of the local speakers."""
        self._powerset = Powerset(N_LOCAL_SPEAKERS, _MAX_OVERLAPPING)
        self._orders = [list(order) for order in permutations(range(N_LOCAL_SPEAKERS))]

    def __call__(
        self, scores: torch.Tensor, activities: torch.Tensor
    ) -> tuple[torch.Tensor, float]:
        """Compare scores with the truth.

        Args:
            scores: (batch, frame, class) log-probabilities.
            activities: (batch, frame, speaker) of 0 and 1.

        Returns:
            The mean loss, and the part of the frames that are right.
        """
        targets = torch.stack(
            [self._powerset.to_powerset(activities[:, :, order]) for order in self._orders]
        ).argmax(-1)
        losses = torch.stack(
            [
                functional.nll_loss(scores.transpose(1, 2), target, reduction="none").mean(1)
                for target in targets
            ]
        )
        best = losses.argmin(0)
        rows = torch.arange(len(scores))
        accuracy = (scores.argmax(-1) == targets[best, rows]).float().mean()
        return losses[best, rows].mean(), float(accuracy)


def frame_times(model: Any) -> npt.NDArray[np.float64]:
    """Say when the middle of each frame of a chunk is, as (frame,) seconds."""
    field = model.receptive_field
    n_frames = model.num_frames(round(CHUNK_DURATION * SAMPLE_RATE))
    times: npt.NDArray[np.float64] = (
        field.start + field.duration / 2 + np.arange(n_frames) * field.step
    )
    return times


def _new_model(options: SegmentationOptions) -> PyanNet:
    model = PyanNet(
        lstm={"hidden_size": options.hidden_size, "num_layers": 2},
        linear={"hidden_size": options.hidden_size, "num_layers": 1},
    )
    model.specifications = Specifications(
        problem=Problem.MONO_LABEL_CLASSIFICATION,
        resolution=Resolution.FRAME,
        duration=CHUNK_DURATION,
        warm_up=(0.0, 0.0),
        classes=[f"speaker#{index + 1}" for index in range(N_LOCAL_SPEAKERS)],
        powerset_max_classes=_MAX_OVERLAPPING,
        permutation_invariant=True,
    )
    model.build()
    # The filters that read the waveform start as a mel bank and stay one: their gradient alone
    # would take three quarters of the training time.
    model.sincnet.wav_norm1d.requires_grad_(False)
    model.sincnet.conv1d[0].requires_grad_(False)
    return model


def _waveforms(chunks: Sequence[Mixture]) -> torch.Tensor:
    """Stack chunks as (batch, 1, sample)."""
    return torch.from_numpy(np.stack([chunk.samples for chunk in chunks]))[:, None]


def _activities(chunks: Sequence[Mixture], times: npt.NDArray[np.float64]) -> torch.Tensor:
    """Stack the truth as (batch, frame, speaker) of 0 and 1."""
    truth = np.stack([chunk.activity(times, N_LOCAL_SPEAKERS) for chunk in chunks])
    return torch.from_numpy(truth.astype(np.float32))

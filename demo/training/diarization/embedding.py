"""Train the speaker-embedding network: one vector for the frames in which one person speaks."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from pyannote.audio.core.task import Problem, Resolution, Specifications
from torch.nn import functional

from demo.embedding import SmallSpeakerEmbedding
from demo.training.diarization.mixtures import Mixture, draw_chunk
from demo.training.diarization.schedule import learning_rate
from demo.training.diarization.segmentation import CHUNK_DURATION
from demo.training.diarization.sounds import SoundBank
from demo.training.diarization.speech import Speaker

logger = logging.getLogger(__name__)

_N_FRAMES = 250
_FRAME = CHUNK_DURATION / _N_FRAMES
_TIMES = np.asarray((np.arange(_N_FRAMES) + 0.5) * _FRAME, dtype=np.float64)
# Less speech than this, in seconds, is not worth learning from.
_LEAST_SPEECH = 0.4
# A feature that is zero in every frame has a standard deviation without a gradient; a little
# noise gives it one.
_JITTER = 1e-3


@dataclass(frozen=True, slots=True)
class EmbeddingOptions:
    """How the embedding network is trained.

    Attributes:
        steps: Optimizer steps.
        batch_size: Chunks in a step.
        peak_rate: Highest learning rate.
        margin: Angle in radians by which the right speaker must win.
        scale: Sharpness of the softmax over cosines.
        short_rate: Part of the masks that are cut to little speech.
        seed: Seed of the weights and of the chunks.
    """

    steps: int = 900
    batch_size: int = 16
    peak_rate: float = 4e-3
    margin: float = 0.2
    scale: float = 24.0
    short_rate: float = 0.5
    seed: int = 31


@dataclass(frozen=True, slots=True)
class MaskedBatch:
    """Chunks, and in each of them who is to be told apart.

    Attributes:
        waveforms: (chunk, 1, sample) float32.
        rows: (item,) index of the chunk of each item.
        masks: (item, frame) float32, 1 where only the speaker of the item speaks.
        labels: (item,) index of the speaker.
    """

    waveforms: torch.Tensor
    rows: torch.Tensor
    masks: torch.Tensor
    labels: torch.Tensor


class BatchSource:
    """Draws batches of masked chunks."""

    def __init__(
        self,
        rng: np.random.Generator,
        speakers: Sequence[Speaker],
        sounds: SoundBank,
        short_rate: float,
    ) -> None:
        """Draw from the given speakers; `short_rate` of the masks are cut short."""
        self._rng = rng
        self._speakers = speakers
        self._sounds = sounds
        self._short_rate = short_rate
        self._labels = {speaker.name: index for index, speaker in enumerate(speakers)}

    def draw(self, n_chunks: int) -> MaskedBatch:
        """Draw a batch; it has one to three items for nearly every chunk."""
        chunks = [
            draw_chunk(self._rng, self._speakers, self._sounds, CHUNK_DURATION)
            for _ in range(n_chunks)
        ]
        items = [
            (row, mask, self._labels[name])
            for row, chunk in enumerate(chunks)
            for name, mask in self._masks(chunk)
        ]
        rows, masks, labels = zip(*items, strict=True)
        return MaskedBatch(
            torch.from_numpy(np.stack([chunk.samples for chunk in chunks]))[:, None],
            torch.tensor(rows),
            torch.from_numpy(np.stack(masks).astype(np.float32)),
            torch.tensor(labels),
        )

    def _masks(self, chunk: Mixture) -> Iterator[tuple[str, npt.NDArray[np.bool_]]]:
        activity = chunk.activity(_TIMES, len(chunk.speakers))
        alone = activity & (activity.sum(axis=1, keepdims=True) == 1)
        for name, mask in zip(chunk.speakers, alone.T, strict=True):
            if mask.sum() * _FRAME >= _LEAST_SPEECH:
                yield name, self._shortened(mask)

    def _shortened(self, mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Keep a random run of the speech, as of someone who says little."""
        if self._rng.random() >= self._short_rate:
            return mask
        frames = np.flatnonzero(mask)
        kept = int(self._rng.integers(round(_LEAST_SPEECH / _FRAME), len(frames) + 1))
        first = int(self._rng.integers(len(frames) - kept + 1))
        short = np.zeros_like(mask)
        short[frames[first : first + kept]] = True
        return short


def train_embedding(
    speakers: Sequence[Speaker], sounds: SoundBank, options: EmbeddingOptions
) -> SmallSpeakerEmbedding:
    """Train an embedding network from random weights to tell the speakers apart."""
    torch.manual_seed(options.seed)
    source = BatchSource(np.random.default_rng(options.seed), speakers, sounds, options.short_rate)
    model = _new_model()
    anchors = torch.nn.Parameter(0.1 * torch.randn(len(speakers), model.dimension))
    optimizer = torch.optim.AdamW([*model.parameters(), anchors], weight_decay=1e-3)
    model.train()
    for step in range(options.steps):
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, options.steps, options.peak_rate)
        batch = source.draw(options.batch_size)
        cosines = (
            functional.normalize(embed(model, batch, _JITTER)) @ functional.normalize(anchors).T
        )
        # The margin grows, since a new network cannot meet it.
        margin = options.margin * min(1.0, 2 * step / options.steps)
        loss = margin_loss(cosines, batch.labels, margin, options.scale)
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_([*model.parameters(), anchors], 5.0)
        optimizer.step()
        if step % 100 == 99:
            right = float((cosines.argmax(1) == batch.labels).float().mean())
            logger.info("embedding %d: loss %.3f, right %.2f", step + 1, loss, right)
    model.eval()
    return model


def embed(model: SmallSpeakerEmbedding, batch: MaskedBatch, jitter: float = 0.0) -> torch.Tensor:
    """Embed each item of a batch, as (item, dimension).

    Args:
        model: The network.
        batch: What to embed.
        jitter: Standard deviation of noise on the frames before they are pooled.
    """
    frames = model.forward_frames(batch.waveforms)[batch.rows]
    frames = frames + jitter * torch.randn_like(frames)
    embeddings: torch.Tensor = model.forward_embedding(frames, weights=batch.masks)
    return embeddings


def margin_loss(
    cosines: torch.Tensor, labels: torch.Tensor, margin: float, scale: float
) -> torch.Tensor:
    """Cross-entropy over cosines (item, speaker), the right one handicapped by an angle."""
    angles = torch.acos(cosines.clamp(-1 + 1e-6, 1 - 1e-6))
    handicap = margin * functional.one_hot(labels, cosines.shape[1])
    return functional.cross_entropy(
        scale * torch.cos((angles + handicap).clamp(max=torch.pi)), labels
    )


def _new_model() -> SmallSpeakerEmbedding:
    model = SmallSpeakerEmbedding()
    model.specifications = Specifications(
        problem=Problem.REPRESENTATION, resolution=Resolution.CHUNK, duration=CHUNK_DURATION
    )
    return model

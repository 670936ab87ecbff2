"""Run the stages of the training in their order."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import torch

from demo.embedding import SmallSpeakerEmbedding
from demo.training.diarization import texts
from demo.training.diarization.embedding import (
    BatchSource,
    EmbeddingOptions,
    embed,
    train_embedding,
)
from demo.training.diarization.folder import write_config, write_models
from demo.training.diarization.plda import Plda, estimate_plda
from demo.training.diarization.scoring import held_out_dialogues
from demo.training.diarization.segmentation import SegmentationOptions, train_segmentation
from demo.training.diarization.sounds import SoundBank
from demo.training.diarization.speech import PoolOptions, Speaker, SpeechPool, build_pool
from demo.training.diarization.tuning import choose_clustering
from demo.training.diarization.work import kept

logger = logging.getLogger(__name__)

_N_TEXTS = 4000
_SOUNDS_SEED = 5
_PLDA_SEED = 61
_PLDA_BATCHES = 120
_DIALOGUE_DURATION = 60.0


@dataclass(frozen=True, slots=True)
class TrainingOptions:
    """Options of all stages."""

    pool: PoolOptions = field(default_factory=PoolOptions)
    segmentation: SegmentationOptions = field(default_factory=SegmentationOptions)
    embedding: EmbeddingOptions = field(default_factory=EmbeddingOptions)


def train(work: Path, output: Path, options: TrainingOptions) -> None:
    """Train everything and write the folder that the product loads.

    Args:
        work: Folder that keeps the results of the stages.
        output: Folder for the pipeline.
        options: Options of all stages.
    """
    pool = kept(work, "speech", options.pool, partial(_speak, options.pool))
    sounds = SoundBank(np.random.default_rng(_SOUNDS_SEED))
    segmentation = kept(
        work,
        "segmentation",
        (options.pool, options.segmentation),
        partial(train_segmentation, pool.training, sounds, options.segmentation),
    )
    embedding = kept(
        work,
        "embedding",
        (options.pool, options.embedding),
        partial(train_embedding, pool.training, sounds, options.embedding),
    )
    plda = kept(
        work,
        "plda",
        (options.pool, options.embedding),
        partial(_estimate, embedding, pool.training, sounds),
    )
    write_models(output, segmentation, embedding, plda)
    dialogues = held_out_dialogues(pool, sounds, _DIALOGUE_DURATION)
    write_config(output, choose_clustering(output, dialogues))


def _speak(options: PoolOptions) -> SpeechPool:
    return build_pool(texts.sentences(_N_TEXTS), texts.answers(), options)


def _estimate(model: SmallSpeakerEmbedding, speakers: Sequence[Speaker], sounds: SoundBank) -> Plda:
    """Estimate the PLDA from the embeddings of the speakers that were learnt from."""
    rng = np.random.default_rng(_PLDA_SEED)
    source = BatchSource(rng, speakers, sounds, short_rate=0.3)
    embeddings, labels = [], []
    with torch.inference_mode():
        for _ in range(_PLDA_BATCHES):
            batch = source.draw(n_chunks=16)
            embeddings.append(embed(model, batch).numpy())
            labels.append(batch.labels.numpy())
    return estimate_plda(np.concatenate(embeddings).astype(np.float64), np.concatenate(labels))

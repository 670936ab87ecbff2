"""Choose how embeddings are clustered, by the errors on dialogues that were not learnt from."""

import logging
from collections.abc import Sequence
from dataclasses import asdict
from itertools import product
from pathlib import Path
from typing import Any

from pyannote.audio import Pipeline

from demo.training.diarization.folder import ClusteringParameters, write_config
from demo.training.diarization.scoring import Dialogue, as_file, score, summary

logger = logging.getLogger(__name__)

_THRESHOLDS = (0.6, 0.8)
_FAS = (0.03, 0.07, 0.2)
_FBS = (0.4, 0.8, 2.0, 5.0)
# A speaker too many or too few weighs as much as this much error rate.
_COUNT_WEIGHT = 0.05


def choose_clustering(folder: Path, dialogues: Sequence[Dialogue]) -> ClusteringParameters:
    """Choose the parameters with the fewest errors for a folder of models."""
    candidates = [ClusteringParameters(*values) for values in product(_THRESHOLDS, _FAS, _FBS)]
    write_config(folder, candidates[0])
    pipeline: Any = Pipeline.from_pretrained(folder)
    # In training, a pipeline keeps the segmentation and the embeddings that it found in a file.
    pipeline.training = True
    files = [as_file(dialogue) for dialogue in dialogues]
    costs = {}
    for candidate in candidates:
        parameters = {"clustering": asdict(candidate), "segmentation": {"min_duration_off": 0.0}}
        pipeline.instantiate(parameters)
        scores = [score(pipeline, *pair) for pair in zip(dialogues, files, strict=True)]
        rate, count_error = summary(scores)
        costs[candidate] = rate + _COUNT_WEIGHT * count_error
        logger.info("%s: error rate %.3f, speakers off %.2f", candidate, rate, count_error)
    return min(costs, key=lambda candidate: costs[candidate])

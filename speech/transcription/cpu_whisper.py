"""Let a CPU's caches and its cores do what Whisper asks for.

Windows are encoded one by one, and decoded in batches; each core does either for itself.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from ctranslate2 import StorageView
from faster_whisper import WhisperModel

from speech.thread_map import side_by_side
from speech.transcription.whisper_device import MOST_WORKERS


class CpuWhisper(WhisperModel):  # type: ignore[misc]  # untyped base
    """faster-whisper's model; the same values, with each core at work on windows of its own.

    A window is 1,500 vectors, so that the encoder's matrices are large enough with one, and what
    lies between its layers falls out of the caches with several. The decoder has one vector for a
    window and hypothesis, and gains from every window that is beside it.
    """

    model: Any

    def __init__(self, folder: Path, compute_type: str, cores: int) -> None:
        """Load a model.

        Args:
            folder: The model's, in CTranslate2's format.
            compute_type: A name of CTranslate2's for the numbers to compute in.
            cores: So many threads, each with windows of its own up to `MOST_WORKERS`.
        """
        self._workers = min(cores, MOST_WORKERS)
        super().__init__(
            str(folder),
            device="cpu",
            compute_type=compute_type,
            cpu_threads=cores // self._workers,
            num_workers=self._workers,
        )
        self.model = BatchInParts(self.model, self._workers)

    def encode(self, features: npt.NDArray[np.float32]) -> Any:
        """Return what the decoder attends to.

        Args:
            features: `(n_mels, n_frames)` or `(n_windows, n_mels, n_frames)` float32.

        Returns:
            A `StorageView`, `(n_windows, n_frames / 2, width)`.
        """
        if features.ndim == 2 or len(features) == 1:  # noqa: PLR2004  one window
            return super().encode(features)
        windows = side_by_side(super().encode, features, self._workers)
        return StorageView.from_array(np.concatenate([np.asarray(w) for _, w in windows]))


class BatchInParts:
    """CTranslate2's Whisper; each of its workers takes a part of a batch.

    Two cores in one batch wait for each other after every layer.
    """

    def __init__(self, model: Any, workers: int) -> None:
        """Share out what is asked.

        Args:
            model: A `ctranslate2.models.Whisper`.
            workers: How many it has.
        """
        self._model = model
        self._workers = workers

    def __getattr__(self, name: str) -> Any:
        """Return whatever else the model has."""
        return getattr(self._model, name)

    def generate(self, features: Any, prompts: Sequence[list[int]], **options: Any) -> list[Any]:
        """See `ctranslate2.models.Whisper.generate`."""

        def ask(part: Any, rows: slice) -> list[Any]:
            results: list[Any] = self._model.generate(part, prompts[rows], **options)
            return results

        return self._in_parts(ask, features)

    def align(
        self,
        features: Any,
        start: Sequence[int],
        texts: Sequence[list[int]],
        num_frames: int | Sequence[int],
        **options: Any,
    ) -> list[Any]:
        """See `ctranslate2.models.Whisper.align`."""
        frames = [num_frames] * len(texts) if isinstance(num_frames, int) else num_frames

        def ask(part: Any, rows: slice) -> list[Any]:
            results: list[Any] = self._model.align(
                part, start, texts[rows], frames[rows], **options
            )
            return results

        return self._in_parts(ask, features)

    def _in_parts(self, ask: Callable[[Any, slice], list[Any]], features: Any) -> list[Any]:
        """Ask for a part of a batch in each worker, and join the answers."""
        encoded = np.asarray(features)
        n_parts = min(len(encoded), self._workers)
        edges = [len(encoded) * n // n_parts for n in range(n_parts + 1)]
        answers = side_by_side(
            lambda rows: ask(StorageView.from_array(encoded[rows]), rows),
            (slice(*edge) for edge in pairwise(edges)),
            n_parts,
        )
        return [result for _, answer in answers for result in answer]

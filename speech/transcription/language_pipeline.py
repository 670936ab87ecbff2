"""Let the batched pipeline say in which language each window is, from what it encodes anyway."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from ctranslate2 import Device, StorageView
from faster_whisper import BatchedInferencePipeline

from speech.detection.window_languages import LEAST_LANGUAGE, SLICE_FRAMES


class LanguagePipeline(BatchedInferencePipeline):  # type: ignore[misc]  # untyped base
    """faster-whisper's batched pipeline, which also keeps the languages that it detects.

    Attributes:
        languages: For each window that was decoded, the probable languages of each of its slices;
            nothing where the model knows only one.
    """

    def __init__(self, model: Any) -> None:
        super().__init__(model)
        self.languages: list[list[dict[str, float]]] = []

    def generate_segment_batched(self, features: Any, tokenizer: Any, options: Any) -> Any:
        """Decode a batch of windows, and note their languages."""
        encoded, outputs = super().generate_segment_batched(features, tokenizer, options)
        if self.model.model.is_multilingual:
            windows = np.asarray(encoded.to_device(Device.cpu))
            self.languages += map(self._languages_of, windows)
        return encoded, outputs

    def languages_of(self, samples: npt.NDArray[np.float32]) -> dict[str, float]:
        """Say in which language some seconds of speech may be; of more than a window its first.

        They are not filled up with silence to a window, which would cost ten times as much.
        """
        extractor = self.model.feature_extractor
        frames = min(len(samples) // extractor.hop_length, extractor.nb_max_frames)
        features = np.ascontiguousarray(extractor(samples)[:, :frames])
        (found,) = self.model.model.detect_language(self.model.encode(features))
        return _probable(found)

    def _languages_of(self, window: npt.NDArray[np.float32]) -> list[dict[str, float]]:
        """Return the languages of the slices of a window, `(n_frames, width)`."""
        slices = window.reshape(-1, SLICE_FRAMES, window.shape[-1])
        found = self.model.model.detect_language(StorageView.from_array(slices))
        return [_probable(row) for row in found]


def _probable(found: Iterable[tuple[str, float]]) -> dict[str, float]:
    return {tag[2:-2]: p for tag, p in found if p >= LEAST_LANGUAGE}

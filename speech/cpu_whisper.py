"""Let a CPU's caches hold what Whisper computes: encode window by window, decode in batches."""

from typing import Any

import numpy as np
import numpy.typing as npt
from ctranslate2 import StorageView
from faster_whisper import WhisperModel


class CpuWhisper(WhisperModel):  # type: ignore[misc]  # untyped base
    """faster-whisper's model; the same values, a batch's windows encoded one after the other.

    A window is 1,500 vectors, so that the encoder's matrices are large enough with one, and what
    lies between its layers falls out of the caches with several. The decoder has one vector for a
    window and hypothesis, and gains from every window that is beside it.
    """

    def encode(self, features: npt.NDArray[np.float32]) -> Any:
        """Return what the decoder listens to.

        Args:
            features: `(n_mels, n_frames)` or `(n_windows, n_mels, n_frames)` float32.

        Returns:
            A `StorageView`, `(n_windows, n_frames / 2, width)`.
        """
        if features.ndim == 2 or len(features) == 1:  # noqa: PLR2004  one window
            return super().encode(features)
        windows = [np.asarray(super(CpuWhisper, self).encode(window)) for window in features]
        return StorageView.from_array(np.concatenate(windows))

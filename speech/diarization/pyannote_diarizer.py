"""Find out who spoke when: the adapter to pyannote.audio."""

import gc
import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from audio.waveforms.waveform import Waveform
from podcast.model_errors import loading
from podcast.model_reference import LoadOptions, ModelFolder
from podcast.progress import Report
from podcast.timeline import Diarization, Span
from speech.diarization.chunk_outputs import ChunkGrid, ChunkOutputs, joined
from speech.diarization.diarizer import DiarizationOptions
from speech.diarization.pyannote_files import check_diarization
from speech.diarization.pyannote_output import to_diarization
from speech.diarization.second_look import (
    SURE,
    Agreement,
    agreement,
    shares,
    speakers_of,
    without_doubles,
)
from speech.diarization.stretch_voices import told_apart
from speech.lines.turns import number_speakers

PASSES = {"segmentation": (0.0, 0.15), "embeddings": (0.15, 1.0)}
"""pyannote's slow steps and the part of the whole that each takes, from its CPU profile."""


@dataclass(frozen=True, slots=True)
class PyannoteFolder(ModelFolder):
    """A folder with the `config.yaml` of a pipeline."""

    def problems(self) -> tuple[str, ...]:
        """See `DiarizerReference.problems`."""
        return check_diarization(self.folder)

    def load(self, options: LoadOptions) -> "PyannoteDiarizer":
        """See `ModelReference.load`.

        Raises:
            NetworkError: A part of it is on the model hub, which cannot be reached.
        """
        what = f"The diarization pipeline in {self.folder}"
        with loading(what, "Look into it with `interlinear models check`, or get it again."):
            if not (self.folder / "config.yaml").is_file():
                raise FileNotFoundError("it holds no config.yaml")
            os.environ.setdefault("PYANNOTE_METRICS_ENABLED", "0")  # read when it is imported
            with warnings.catch_warnings():
                # torchcodec decodes files; ours come decoded: its absence does not matter.
                warnings.simplefilter("ignore")
                return PyannoteDiarizer(_load(self.folder, options))


class PyannoteDiarizer:
    """A loaded pyannote.audio pipeline.

    Attributes:
        pipeline: A `speech.diarization.piecewise_diarization.PiecewiseDiarization`.
    """

    def __init__(self, pipeline: Any) -> None:
        self.pipeline = pipeline
        self.grid: ChunkGrid = pipeline.grid

    def padded_span(self, piece: Span, duration: float) -> Span:
        """See `Diarizer.padded_span`."""
        return self.grid.padded_span(piece, duration)

    def segment_and_embed(self, waveform: Waveform, report: Report) -> ChunkOutputs:
        """See `Diarizer.segment_and_embed`."""
        import torch

        with _single_frames():
            chunks: ChunkOutputs = self.pipeline.segment_and_embed(
                torch.from_numpy(waveform.samples)[None], _Hook(report)
            )
        report(1.0)
        return chunks

    def cluster(
        self, pieces: Sequence[ChunkOutputs], duration: float, options: DiarizationOptions
    ) -> Diarization:
        """See `Diarizer.cluster`."""
        chunks = joined(pieces)
        found = self._clustered(chunks, duration, options)
        if options.is_count_open:
            found = self._recounted(found, chunks, duration)
        heard = told_apart(found, chunks, self.grid, may_add=options.is_count_open)
        return number_speakers(heard, speakers_of(heard.turns))

    def _clustered(
        self, chunks: ChunkOutputs, duration: float, options: DiarizationOptions
    ) -> Diarization:
        output = self.pipeline.cluster(
            chunks,
            num_speakers=options.num_speakers,
            min_speakers=options.min_speakers,
            max_speakers=options.max_speakers,
        )
        return to_diarization(output, duration)

    def _recounted(self, found: Diarization, chunks: ChunkOutputs, duration: float) -> Diarization:
        """Look for one more speaker where two are mixed, and for voices that were split in two."""
        said = self._agreement(found, chunks)
        if said.holds_two:
            options = DiarizationOptions(num_speakers=1 + len(speakers_of(found.turns)))
            with _unmet_counts():
                finer = self._clustered(chunks, duration, options)
            said_then = self._agreement(finer, chunks)
            if said_then.contradicted * SURE < said.contradicted:
                found, said = finer, said_then
        return without_doubles(found, said)

    def _agreement(self, found: Diarization, chunks: ChunkOutputs) -> Agreement:
        turns = found.turns
        return agreement(turns, shares(turns, chunks, self.grid), len(chunks.activity))


@contextmanager
def _single_frames() -> Iterator[None]:
    """Let pyannote take the deviation of a single frame: there is none, and it expects that."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="std\\(\\): degrees of freedom")
        yield


@contextmanager
def _unmet_counts() -> Iterator[None]:
    """Let pyannote find fewer speakers than it is asked for: one more was a guess."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\s*The detected number of speakers")
        yield


def _load(folder: Path, options: LoadOptions) -> Any:
    import torch

    _import_pyannote()
    from pyannote.audio import Pipeline
    from pyannote.audio.pipelines import SpeakerDiarization

    from speech.diarization.fast_diarization import accelerate
    from speech.diarization.pyannote_folder import build_pipeline

    token = options.hub_token
    if folder.resolve() not in options.trusted:
        pipeline = build_pipeline(folder, token)
    elif type(pipeline := Pipeline.from_pretrained(folder, token=token)) is not SpeakerDiarization:
        raise TypeError(f"it is a {type(pipeline).__name__}, not a SpeakerDiarization")
    pipeline.to(torch.device(options.device))
    return accelerate(pipeline, options.threads)


@cache
def _import_pyannote() -> None:
    """Keep the search for garbage from its half a million objects, which stay: now and later."""
    gc.disable()
    try:
        import pyannote.audio.pipelines  # noqa: F401  for its time, not for its name
    finally:
        gc.freeze()
        gc.enable()


@dataclass(slots=True)
class _Hook:
    """Turn pyannote's per-step progress into one fraction."""

    report: Report
    done: float = 0.0

    def __call__(
        self,
        step: str,
        _artefact: object = None,
        *,
        completed: int | None = None,
        total: int | None = None,
        **_: object,
    ) -> None:
        if step in PASSES and completed is not None and total:
            start, end = PASSES[step]
            self.done = max(self.done, start + (end - start) * min(1.0, completed / total))
            self.report(self.done)

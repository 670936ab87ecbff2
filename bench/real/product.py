"""Run the product on real weights, and note what each stage costs."""

import os
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from bench.measuring import cpu_seconds
from bench.real.figures import Transcribed
from bench.real.weights import DIARIZATION, FOLDER, WHISPER_BASE
from flows.parameters import Models
from flows.runs.stage_progress import Progress, listening
from flows.settings import DEMO_MODELS, prepare_prefect
from outputs.record.episode_record import parse_record
from outputs.record.record_types import EpisodeRecord
from podcast.errors import SetupError
from podcast.stage import RedoFrom, Stage
from podcast.timeline import SpokenWord

PART_OF: dict[str, str] = {
    Stage.SEGMENT: Stage.DIARIZE,
    Stage.CLUSTER: Stage.DIARIZE,
    Stage.IDENTIFY_LANGUAGES: Stage.TRANSCRIBE,
    Stage.REDECODE: Stage.TRANSCRIBE,
    Stage.DECODE_ALONE: Stage.TRANSCRIBE,
    Stage.RETRY: Stage.TRANSLATE,
}
"""The parts and second tries of a stage, which the table counts with it."""


@dataclass(frozen=True, slots=True)
class Run:
    """One recording, processed.

    Attributes:
        record: What came out.
        seconds: Stage -> CPU seconds, of ffmpeg too.
    """

    record: EpisodeRecord
    seconds: dict[str, float]


def process(
    sound: Path,
    out: Path,
    whisper: Path = WHISPER_BASE,
    redo_from: RedoFrom | None = Stage.DIARIZE,
) -> Run:
    """Process a recording, everything anew unless something else is asked for.

    Real Argos packages are in no registry: those of the demo translate, and what they say of other
    texts than the demo's means nothing.

    Args:
        sound: The recording.
        out: Where to publish.
        whisper: Folder of the recogniser.
        redo_from: The first stage that is done again although its result is kept.

    Raises:
        SetupError: There are no weights.
        InterlinearError: The product refuses the recording.
    """
    _prepare()
    from flows.episode import process_episode
    from flows.server.prefect_server import unwatched

    costs = _StageCosts()
    with unwatched(), listening(costs):
        folder = process_episode(
            audio=str(sound),
            show="Real sound",
            title=sound.stem,
            redo_from=redo_from,
            models=_models(whisper),
            out=out,
        )
    record = parse_record((folder / "episode.json").read_bytes())
    return Run(record, costs.until_now())


def warm_up(whisper: Path = WHISPER_BASE) -> None:
    """Load the models, so that the first recording does not pay for it."""
    _prepare()
    from flows.models.loaded_models import engines
    from flows.models.model_set import find_models

    models = find_models(_models(whisper))
    engines().diarizer(models.diarizer)
    engines().recogniser(models.recogniser)
    engines().translator(models.translators.usual)


def as_transcribed(run: Run) -> Transcribed:
    """Return what the product made, to be measured."""
    record = run.record
    words = tuple(
        SpokenWord(word, line.speaker, line.speaker_confidence)
        for line in record.lines
        for word in line.words
    )
    return Transcribed(
        by="interlinear",
        words=words,
        turns=record.turns,
        seconds=run.seconds,
        n_lines=len(record.lines),
        fast=_fast(record),
    )


def _prepare() -> None:
    if not DIARIZATION.is_dir():
        raise SetupError(f"There are no weights in {FOLDER}. `make real` fetches them.")
    os.environ.setdefault("INTERLINEAR_CACHE", str(FOLDER / "cache"))
    os.environ.setdefault("INTERLINEAR_TRUSTED_MODELS", str(DIARIZATION))  # its voices are ours
    prepare_prefect(quiet=True)


def _models(whisper: Path) -> Models:
    return Models(
        whisper=str(whisper), diarization=str(DIARIZATION), packages=str(DEMO_MODELS / "argos")
    )


def _fast(record: EpisodeRecord) -> tuple[int, int] | None:
    """Return how many cues of the English captions alone are too fast, of how many."""
    speeds = record.quality.captions if record.quality else ()
    found = (one for one in speeds if f"{record.language}.vtt" in one.files)
    return next(((one.over_limit, one.cues) for one in found), None)


@dataclass(slots=True)
class _StageCosts:
    """Listens to the stages; what lies between two of them is the first one's."""

    stage: str = "start"
    counted: float = field(default_factory=cpu_seconds)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def __call__(self, progress: Progress) -> None:
        """Take what was spent since the last step; the languages are one stage."""
        self.until_now()
        name = progress.stage.partition(" ")[0]
        self.stage = PART_OF.get(name, name)

    def until_now(self) -> dict[str, float]:
        """Return what each stage has cost."""
        now = cpu_seconds()
        self.seconds[self.stage] += now - self.counted
        self.counted = now
        return dict(self.seconds)

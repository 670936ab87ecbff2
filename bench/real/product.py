"""Run the product on real weights, and note what each stage costs."""

import os
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from bench.measuring import cpu_seconds
from bench.real.weights import DIARIZATION, FOLDER, WHISPER_BASE
from flows.progress import Progress, listening
from flows.settings import DEMO_MODELS, prepare_prefect
from outputs.record import parse_record
from outputs.recorded import EpisodeRecord
from podcast.errors import SetupError


@dataclass(frozen=True, slots=True)
class Run:
    """One recording, processed.

    Attributes:
        record: What came out.
        seconds: Stage -> CPU seconds, of ffmpeg too.
    """

    record: EpisodeRecord
    seconds: dict[str, float]


def process(sound: Path, out: Path, whisper: Path = WHISPER_BASE) -> Run:
    """Process a recording, everything anew.

    Real Argos packages are in no registry: those of the demo translate, and what they say of other
    texts than the demo's means nothing.

    Args:
        sound: The recording.
        out: Where to publish.
        whisper: Folder of the recogniser.

    Raises:
        SetupError: There are no weights.
        InterlinearError: The product refuses the recording.
    """
    if not DIARIZATION.is_dir():
        raise SetupError(f"There are no weights in {FOLDER}. `make real` fetches them.")
    os.environ.setdefault("INTERLINEAR_CACHE", str(FOLDER / "cache"))
    prepare_prefect(quiet=True)
    from flows.episode import process_episode
    from flows.parameters import Models
    from flows.server import unwatched

    models = Models(
        whisper=str(whisper), diarization=str(DIARIZATION), packages=str(DEMO_MODELS / "argos")
    )
    costs = _StageCosts()
    with unwatched(), listening(costs):
        folder = process_episode(
            audio=str(sound),
            show="Real sound",
            title=sound.stem,
            redo_from="diarize",
            models=models,
            out=out,
        )
    record = parse_record((folder / "episode.json").read_bytes())
    return Run(record, costs.until_now())


@dataclass(slots=True)
class _StageCosts:
    """Listens to the stages; what lies between two of them is the first one's."""

    stage: str = "start"
    counted: float = field(default_factory=cpu_seconds)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def __call__(self, progress: Progress) -> None:
        """Take what was spent since the last step; the languages are one stage."""
        self.until_now()
        self.stage = progress.stage.partition(" ")[0]

    def until_now(self) -> dict[str, float]:
        """Return what each stage has cost."""
        now = cpu_seconds()
        self.seconds[self.stage] += now - self.counted
        self.counted = now
        return dict(self.seconds)

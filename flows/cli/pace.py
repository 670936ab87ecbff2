"""How fast this machine works: learnt from runs of the command, said before the next."""

import json
import math
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from flows.models.device import device
from flows.parameters import Models
from flows.runs.stage_progress import WorkTimes
from flows.settings import settings
from podcast.errors import StorageError
from podcast.files.staging import staged
from podcast.language import Language
from podcast.stage import Stage

LEARNS_FROM = 60.0
"""Seconds of talk; shorter recordings say little about long ones."""
NEWEST = 0.5
"""How much the last run counts beside those before it."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The speed of some models on this machine.

    Attributes:
        models: The choice of models.
        languages: To translate into.
    """

    models: Models
    languages: Sequence[Language]

    def forecast(self, talk: float) -> str:
        """Say how long some seconds of talk are going to take."""
        known = _known().get(self._key(), 0.0)
        if not known:
            return (
                f"{length(talk)} of talk. How long that takes, this machine knows after a first "
                "run; what is finished is kept if you interrupt it."
            )
        return f"{length(talk)} of talk take about {length(talk / known)}: {known:.1f}x real time"

    def learn(self, talk: float, times: WorkTimes) -> None:
        """Note how fast a run was, if it did all of its work anew."""
        wanted = (Stage.SEGMENT, Stage.TRANSCRIBE, *map(Stage.TRANSLATE.into, self.languages))
        if talk < LEARNS_FROM or not all(map(times.of, wanted)):
            return
        known, key, now = _known(), self._key(), talk / times.total()
        known[key] = NEWEST * now + (1 - NEWEST) * known.get(key, now)
        with suppress(StorageError), staged(_file()) as file:  # it was published all the same
            file.write(json.dumps(known, indent=1).encode())

    def _key(self) -> str:
        decisive = (device(), settings().cores, self.models.model_dump_json(), *self.languages)
        return sha256(repr(decisive).encode()).hexdigest()[:16]


def _known() -> dict[str, float]:
    """Return what was learnt; a file that cannot be read is as good as none."""
    try:
        paces = {str(key): float(pace) for key, pace in json.loads(_file().read_bytes()).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
    return {key: pace for key, pace in paces.items() if 0 < pace < math.inf}


def _file() -> Path:
    return settings().cache / "pace.json"


def length(seconds: float) -> str:
    """Write seconds as a person says them."""
    for unit, size in (("hours", 3600), ("minutes", 60)):
        if seconds >= 1.5 * size:
            return f"{seconds / size:.{unit == 'hours':d}f} {unit}"
    return f"{seconds:.0f} seconds"

"""What each stage of an episode costs; `bench.stage_costs` measures it."""

import json
from dataclasses import dataclass
from pathlib import Path

COSTS = Path(__file__).with_name("stage_costs.json")

HOUR = 3600.0
ROWS = 720
"""Assumed for an hour of talk: a row every five seconds."""


@dataclass(frozen=True, slots=True)
class StageCosts:
    """CPU seconds of one core for an hour of talk, and where they were measured."""

    machine: str
    decode: float
    diarize: float
    transcribe: float
    translate: float
    write: float

    @property
    def total(self) -> float:
        """Return the sum of all stages."""
        return self.decode + self.diarize + self.transcribe + self.translate + self.write


def load_costs(path: Path = COSTS) -> StageCosts:
    """Read what was measured."""
    return StageCosts(**json.loads(path.read_text(encoding="utf-8")))

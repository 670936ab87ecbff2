"""The stages of a run, under the names that forms, logs, pages, records and docs give them."""

from enum import StrEnum
from typing import Literal

from podcast.language import Language


class Stage(StrEnum):
    """A stage, in the order in which they are done; to diarize is to segment and to cluster."""

    FETCH = "fetch"
    FETCH_TRANSCRIPT = "fetch-transcript"
    DECODE = "decode"
    DIARIZE = "diarize"
    SEGMENT = "segment"
    CLUSTER = "cluster"
    TRANSCRIBE = "transcribe"
    IDENTIFY_LANGUAGES = "identify-languages"
    REDECODE = "redecode"
    DECODE_ALONE = "decode-alone"
    TRANSLATE = "translate"
    RETRY = "retry"
    WRITE = "write"

    @property
    def place(self) -> int:
        """Return how many stages come before this one."""
        return list(Stage).index(self)

    @property
    def phase(self) -> "Stage":
        """Return the stage of `PHASES` that this one is a part of."""
        return next(phase for phase in reversed(PHASES) if phase.place <= self.place)

    def into(self, target: Language) -> str:
        """Name the stage as it is done for one language."""
        return f"{self.value} {target.value}"


PHASES = (
    *(Stage.FETCH, Stage.DECODE, Stage.DIARIZE),
    *(Stage.TRANSCRIBE, Stage.TRANSLATE, Stage.WRITE),
)
"""What a person counts; each holds the stages up to the next one."""

RedoFrom = Literal[Stage.DIARIZE, Stage.TRANSCRIBE, Stage.TRANSLATE, Stage.WRITE]
"""A stage that a run can do again, with all after it, although its result is kept."""

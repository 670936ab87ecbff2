"""How much of what is spoken in a recording has words in its transcript."""

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class UnheardSpeech:
    """Speech that has no words.

    Attributes:
        start: Seconds.
        end: Seconds.
        speaker: Who speaks, as the diarizer calls them; empty where it heard nobody.
        reason: Why, in plain English.
    """

    start: float
    end: float
    speaker: str
    reason: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what is spoken has words.

    Attributes:
        speech: Seconds in which somebody speaks.
        unheard: What has no words, in time order.
        knows_languages: Whether the recogniser can tell that somebody does not speak English.
    """

    speech: float
    unheard: tuple[UnheardSpeech, ...]
    knows_languages: bool

    def with_merged(self, merged: Mapping[str, str]) -> "Coverage":
        """Return the same where some speakers turned out to be others: id -> id of that one."""
        unheard = (replace(u, speaker=merged.get(u.speaker, u.speaker)) for u in self.unheard)
        return replace(self, unheard=tuple(unheard))

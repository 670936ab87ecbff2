"""How much of what is spoken in a recording has words in its transcript."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

_NOT_ENGLISH = ", not English"


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

    @property
    def language(self) -> str:
        """English name of the language that is spoken, if that is the reason; else empty."""
        name = self.reason.removesuffix(_NOT_ENGLISH)
        return name if name != self.reason else ""


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

    @property
    def foreign(self) -> tuple[UnheardSpeech, ...]:
        """What has no words because it is not English, in time order."""
        return tuple(part for part in self.unheard if part.language)

    def with_speakers(self, ids: Mapping[str, str]) -> "Coverage":
        """Return it with some speakers called otherwise: id -> new id."""
        unheard = (replace(u, speaker=ids.get(u.speaker, u.speaker)) for u in self.unheard)
        return replace(self, unheard=tuple(unheard))


def not_english(language: str) -> str:
    """Return why speech in another language has no words.

    Args:
        language: What it is called in English.
    """
    return language + _NOT_ENGLISH

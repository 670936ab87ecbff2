"""Notice that a reference may be of another recording or language. Pure."""

import re
from collections.abc import Iterator, Sequence

from outputs.record.record_types import EpisodeRecord
from outputs.scoring.references import Reference
from outputs.scoring.scores import LeftOut, Measure
from podcast.language import TARGETS, Language

_WORST = {"WER": 0.8, "DER": 1.0}
"""Above this rate, hardly anything is of the same recording."""
_OVERHANG = 5.0
"""Seconds that a reference may end after the recording."""

_RARE = 10
"""Where a language needs letters of its own, one in so many others is enough."""


def doubts_about_reference(
    record: EpisodeRecord, reference: Reference, found: Sequence[Measure | LeftOut]
) -> Iterator[str]:
    """Say in plain sentences what does not fit."""
    believed = reference.language
    written = believed and _language_of("".join(reference.translations), believed)
    if believed and written and written is not believed:
        yield (
            f"{reference.name} is read as {believed.label} and looks like "
            f"{written.label}. Say with --language what it is."
        )
    last = max((one.end for one in reference.utterances), default=0.0)
    if last > record.recording.duration + _OVERHANG:
        yield (
            f"{reference.name} goes on until {last:.1f} s, the recording ends at "
            f"{record.recording.duration:.1f} s. Is it of this episode?"
        )
    bad = [f"{m.name} {m.shown}" for m in found if isinstance(m, Measure) and _is_off(m)]
    if bad:
        yield (
            f"Hardly anything fits ({', '.join(bad)}). Is {reference.name} of this episode, "
            f"{record.title!r}?"
        )


def _is_off(measure: Measure) -> bool:
    return measure.value > _WORST.get(measure.name, float("inf"))


def _language_of(text: str, believed: Language) -> Language | None:
    """Tell a target language by its letters, the one believed where others fit no better."""
    best = max(TARGETS, key=lambda target: (_fit(text, target), target is believed))
    return best if _fit(text, best) > 0 else None


def _fit(text: str, language: Language) -> int:
    """Return how many letters more a text has of a language than of others."""
    script = language.profile.script
    own, foreign, needed = (_count(text, s) for s in (script.own, script.foreign, script.needed))
    lacks_needed = script.needed and needed * _RARE <= own - needed
    return 0 if lacks_needed else own - foreign


def _count(text: str, letters: str) -> int:
    return len(re.findall(f"[{letters}]", text)) if letters else 0

"""Notice that a reference may be of another recording or language. Pure."""

import re
from collections.abc import Iterator, Sequence

from outputs.record.record_types import EpisodeRecord
from outputs.scoring.references import Reference
from outputs.scoring.scores import LeftOut, Measure
from podcast.language import Language

_WORST = {"WER": 0.8, "DER": 1.0}
"""Above this rate, hardly anything is of the same recording."""
_OVERHANG = 5.0
"""Seconds that a reference may end after the recording."""

_HANGUL = re.compile("[\\uac00-\\ud7a3]")
_KANA = re.compile("[\\u3041-\\u30ff]")
_HAN = re.compile("[\\u3400-\\u9fff]")


def doubts_about_reference(
    record: EpisodeRecord, reference: Reference, found: Sequence[Measure | LeftOut]
) -> Iterator[str]:
    """Say in plain sentences what does not fit."""
    written = _language_of("".join(reference.translations))
    if written and reference.language and written is not reference.language:
        yield (
            f"{reference.name} is read as {reference.language.label} and looks like "
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


def _language_of(text: str) -> Language | None:
    """Tell a language by its letters; None where there are none of the three."""
    hangul, kana, han = (len(p.findall(text)) for p in (_HANGUL, _KANA, _HAN))
    if not hangul + kana + han:
        return None
    if hangul > kana + han:
        return Language.KO
    return Language.JA if kana * 10 > han else Language.ZH

"""Lay the corrections of a human over what the models made. Pure.

Lines keep their number, order, ids, times and words, whatever a correction says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from podcast.editing.correction_matching import match_lines
from podcast.editing.corrections import (
    Applied,
    Correction,
    Corrections,
    UnusedCorrection,
    UsedCorrection,
)
from podcast.errors import BadInputError
from podcast.language import Language
from podcast.names import name_key
from podcast.transcript import Flag, Line, Made, Transcript, Translation


def apply_to_transcript(
    transcript: Transcript, corrections: Corrections, names: Mapping[str, str] | None = None
) -> Applied:
    """Correct the texts and speakers of a transcript's lines.

    Args:
        transcript: As the models made it, or as it was corrected before.
        corrections: Of this episode.
        names: Id of a speaker -> the name on the page; without it, the ids are the names.
    """
    known = dict(names) if names is not None else {s.speaker: s.speaker for s in transcript.lines}
    lines = list(transcript.lines)
    used: list[UsedCorrection] = []
    unused: list[UnusedCorrection] = []
    matches = match_lines(corrections.entries, transcript.lines)
    for correction, match in zip(corrections.entries, matches, strict=True):
        if match.row is None:
            unused.append(UnusedCorrection(correction, match.why))
            continue
        usable, rest = _with_known_speaker(correction, known)
        unused.extend(rest)
        if usable is not None:
            used.append(UsedCorrection(usable, lines[match.row]))
            lines[match.row] = _corrected(lines[match.row], usable)
    return Applied(replace(transcript, lines=tuple(lines)), tuple(used), tuple(unused))


def corrected_translations(
    lines: Sequence[Line],
    translations: Sequence[Translation],
    target: Language,
    used: Sequence[UsedCorrection],
) -> tuple[Translation, ...]:
    """Put the translations by hand in the place of those by the models.

    Args:
        lines: The corrected lines.
        translations: One for each line, in order.
        target: The language of the translations.
        used: From `apply_to_transcript`, which has compared the guards.
    """
    by_hand = {u.before.id: dict(u.correction.translations).get(target) for u in used}
    return tuple(
        Translation(text, Made.CORRECTED) if (text := by_hand.get(line.id)) else translation
        for line, translation in zip(lines, translations, strict=True)
    )


def corrected_title(title: Translation, target: Language, corrections: Corrections) -> Translation:
    """Put the title by hand in the place of another one."""
    text = dict(corrections.titles).get(target)
    return Translation(text, Made.CORRECTED) if text else title


def find_speaker(wanted: str, names: Mapping[str, str]) -> str:
    """Return the id of the speaker who has that id, or is called so on the page.

    Args:
        wanted: Id or name.
        names: Id -> name.

    Raises:
        BadInputError: Nobody is called so, or several are.
    """
    if wanted in names:
        return wanted
    called = [id_ for id_, name in names.items() if name_key(name) == name_key(wanted)]
    if len(called) == 1:
        return called[0]
    if called:
        raise BadInputError(f"{' and '.join(called)} are both called {wanted}; give one of the ids")
    choices = ", ".join(dict.fromkeys(names.values()))
    raise BadInputError(f"no speaker here has the name or id {wanted!r}; choose from {choices}")


def _with_known_speaker(
    correction: Correction, names: Mapping[str, str]
) -> tuple[Correction | None, list[UnusedCorrection]]:
    """Put the speaker's id into a correction; one without that part if the speaker is unknown."""
    if not correction.speaker:
        return correction, []
    try:
        return replace(correction, speaker=find_speaker(correction.speaker, names)), []
    except BadInputError as error:
        rest = replace(correction, text="", translations=())
        usable = replace(correction, speaker="")
        is_whole = not (usable.text or usable.translations)
        return None if is_whole else usable, [UnusedCorrection(rest, str(error))]


def _corrected(line: Line, correction: Correction) -> Line:
    text = correction.text or line.text
    by_hand = bool(correction.text or correction.speaker)
    return replace(
        line,
        text=text,
        # What was meant by the old text says nothing about the new one.
        meant=line.meant if text == line.text else "",
        speaker=correction.speaker or line.speaker,
        speaker_confidence=1.0 if correction.speaker else line.speaker_confidence,
        flags=tuple(dict.fromkeys((*line.flags, Flag.CORRECTED))) if by_hand else line.flags,
    )

"""Give the speakers of a record other names, or make one speaker of two. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from outputs.record.record_types import EpisodeRecord, RecordedLine, RecordedSpeaker
from podcast.errors import BadInputError
from podcast.names import NamedBy, name_key, parse_name
from podcast.timeline import SpeakerTurn

_GIVEN = re.compile(r"(?:speaker|guest)[\s_#-]*\d+", re.IGNORECASE)


def find_speaker(record: EpisodeRecord, text: str) -> RecordedSpeaker:
    """Find a speaker by id ("Speaker 2") or, where only one has it, by name.

    Raises:
        BadInputError: There is no such speaker, or several have that name.
    """
    for speaker in record.speakers:
        if speaker.id == text.strip():
            return speaker
    called = [s for s in record.speakers if name_key(s.name) == name_key(text)]
    if len(called) == 1:
        return called[0]
    if called:
        raise BadInputError(
            f"{len(called)} speakers of {record.title!r} are called {text!r}. "
            f"Say which: {_choices(called)}."
        )
    raise BadInputError(
        f"There is no speaker {text!r} in {record.title!r}. "
        f"Choose from {_choices(record.speakers)}."
    )


def name_speaker(record: EpisodeRecord, id_: str, name: str) -> EpisodeRecord:
    """Give a speaker a name by hand. Two speakers may have one name, and then show as one.

    Raises:
        BadInputError: The name cannot stand above a line, or is one of those that we give to voices
            without a name, such as "Speaker 2", and not this one's.
    """
    parsed = parse_name(name)
    own = {name_key(s.name) for s in record.speakers if s.id == id_} | {name_key(id_)}
    ids = {name_key(speaker.id) for speaker in record.speakers}
    key = name_key(parsed)
    if key not in own and (key in ids or _GIVEN.fullmatch(parsed)):
        raise BadInputError(
            f"{parsed!r} is what a voice without a name is called, and not this one. Give the "
            "person's name; if both are one person, use `interlinear speakers merge`."
        )
    return _renamed(record, id_, parsed, NamedBy.HAND)


def unname_speaker(record: EpisodeRecord, id_: str) -> EpisodeRecord:
    """Take a speaker's name away; the diarizer's stands there again."""
    return _renamed(record, id_, id_, NamedBy.NOBODY)


def merge_speakers(record: EpisodeRecord, gone: str, kept: str) -> EpisodeRecord:
    """Give all that one speaker says to another: the diarizer took one person for two.

    The lines stay as they are, each where it was, with its text and translations. So do the
    borders of the turns, which tell this run over the recording from others.

    Raises:
        BadInputError: Both are the same speaker.
    """
    if gone == kept:
        raise BadInputError(f"{gone} cannot be merged with itself. Name two speakers.")
    lines = tuple(_given_over(line, gone, kept) for line in record.lines)
    return replace(
        record,
        lines=lines,
        turns=tuple(
            SpeakerTurn(turn.start, turn.end, kept) if turn.speaker == gone else turn
            for turn in record.turns
        ),
        coverage=record.coverage and record.coverage.with_speakers({gone: kept}),
        speakers=_by_first_line(
            [speaker for speaker in record.speakers if speaker.id != gone],
            [line.speaker for line in lines],
        ),
    )


def _renamed(record: EpisodeRecord, id_: str, name: str, named: NamedBy) -> EpisodeRecord:
    return replace(
        record,
        speakers=tuple(
            replace(speaker, name=name, named=named) if speaker.id == id_ else speaker
            for speaker in record.speakers
        ),
    )


def _given_over(line: RecordedLine, gone: str, kept: str) -> RecordedLine:
    """Change the speaker of a line, and of what it was before somebody corrected it."""
    before = line.before
    if before is not None and before.speaker == gone:
        before = replace(before, speaker=kept)
    return replace(line, speaker=kept if line.speaker == gone else line.speaker, before=before)


def _by_first_line(
    speakers: Sequence[RecordedSpeaker], ids: Sequence[str]
) -> tuple[RecordedSpeaker, ...]:
    order = {id_: n for n, id_ in enumerate(dict.fromkeys(ids))}
    return tuple(sorted(speakers, key=lambda speaker: order.get(speaker.id, len(order))))


def _choices(speakers: Sequence[RecordedSpeaker]) -> str:
    return ", ".join(s.id if s.name == s.id else f"{s.id} ({s.name})" for s in speakers)

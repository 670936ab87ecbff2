"""Name the speakers of an episode by all that this machine knows of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flows.models.model_set import ModelSet
from flows.settings import settings
from flows.stages.recognition import names_written
from flows.voices.voice_files import load_store, save_voiceprints, show_called
from outputs.record.episode_record import Heard
from outputs.record.record_types import RecordedSpeaker
from podcast.names import parse_name
from podcast.transcript import Transcript
from speech.voiceprints.episode_voiceprints import voiceprints_of
from speech.voiceprints.speaker_identification import NamingHints, name_speakers
from speech.voiceprints.voiceprint_store import VoiceStore, known_voices


def named_speakers(  # noqa: PLR0913, PLR0917  where people are looked for
    shows: Sequence[str],
    heard: Heard,
    transcript: Transcript,
    hints: NamingHints,
    before: Mapping[str, str],
    models: ModelSet,
) -> tuple[RecordedSpeaker, ...]:
    """Name whoever says a line, in the order in which they first do.

    Args:
        shows: Whose voices to look through: the episode's own, then others.
        heard: Turns and voices.
        transcript: The lines, before anybody corrected a speaker.
        hints: Names of this run, and the people whom the feed announces.
        before: Names by hand since an earlier run.
        models: The voices of another diarizer do not compare.

    Raises:
        BadInputError: A name is none, or it is given to a speaker whom the episode does not have.
    """
    ids = tuple(dict.fromkeys(line.speaker for line in transcript.lines))
    given = {id_: parse_name(name) for id_, name in hints.given.items()}
    named = name_speakers(
        ids,
        heard.diarization.voiceprints,
        known_voices(_known_in(shows), models.diarizer.identity()),
        NamingHints(
            {id_: before[id_] for id_ in ids if id_ in before} | given,
            hints.people,
            {id_: name for id_, name in names_written(heard).items() if id_ in ids},
        ),
        models.matching,
    )
    return tuple(RecordedSpeaker(speaker.id, speaker.name, speaker.named) for speaker in named)


def _known_in(shows: Sequence[str]) -> VoiceStore:
    """Return what several shows know as if the first one knew it, whose own spelling counts."""
    data, (show, *names) = settings().data, shows
    own, others = load_store(data, show), [load_store(data, show_called(data, n)) for n in names]
    return replace(own, prints=tuple(p for store in (*others, own) for p in store.prints))


def keep_voiceprints(heard: Heard, models: ModelSet) -> None:
    """Keep the voices of an episode on this machine, for when somebody names one of them.

    Raises:
        StorageError: They cannot be written.
    """
    model = models.diarizer.identity()
    save_voiceprints(
        settings().data, voiceprints_of(heard.diarization, heard.recording.sha256, model)
    )

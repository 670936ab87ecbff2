"""Name the speakers of an episode by all that this machine knows of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flows.models.model_set import ModelSet
from flows.settings import settings
from flows.stages.request import EpisodeRequest
from flows.voices.voice_files import load_store, save_voiceprints, show_called
from outputs.record.record_types import RecordedSpeaker
from podcast.names import parse_name
from podcast.recognition import Recognition
from podcast.transcript import Transcript
from speech.voiceprints.episode_voiceprints import voiceprints_of
from speech.voiceprints.speaker_identification import NamingHints, name_speakers
from speech.voiceprints.voiceprint_store import VoiceStore, known_voices


def identify_speakers(
    recognition: Recognition,
    transcript: Transcript,
    by_hand: Mapping[str, str],
    request: EpisodeRequest,
) -> tuple[RecordedSpeaker, ...]:
    """Name whoever says a line, in the order in which they first do.

    Args:
        recognition: Whose voices are compared with those that are known.
        transcript: The lines, before anybody corrected a speaker.
        by_hand: Names since an earlier run, by the speaker's id.
        request: Names of this run, whom the feed announces, and whose voices to look through.

    Raises:
        BadInputError: A name is none, or it is given to a speaker whom the episode does not have.
    """
    ids = tuple(dict.fromkeys(line.speaker for line in transcript.lines))
    given = {id_: parse_name(name) for id_, name in request.hints.given.items()}
    named = name_speakers(
        ids,
        recognition.diarization.voiceprints,
        known_voices(_known_in(request.shows), request.models.diarizer.identity()),
        NamingHints(
            {id_: by_hand[id_] for id_ in ids if id_ in by_hand} | given,
            request.hints.people,
            {id_: name for id_, name in recognition.written_names.items() if id_ in ids},
        ),
        request.models.matching,
    )
    return tuple(RecordedSpeaker(speaker.id, speaker.name, speaker.named) for speaker in named)


def _known_in(shows: Sequence[str]) -> VoiceStore:
    """Return what several shows know as if the first one knew it, whose own spelling counts."""
    data, (show, *names) = settings().data, shows
    own, others = load_store(data, show), [load_store(data, show_called(data, n)) for n in names]
    return replace(own, prints=tuple(p for store in (*others, own) for p in store.prints))


def keep_voiceprints(recognition: Recognition, models: ModelSet) -> None:
    """Keep the voiceprints of an episode on this machine, for when somebody names a speaker.

    Raises:
        StorageError: They cannot be written.
    """
    sha256, model = recognition.recording.sha256, models.diarizer.identity()
    save_voiceprints(settings().data, voiceprints_of(recognition.diarization, sha256, model))

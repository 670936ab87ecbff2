"""From a recording to what was said and by whom: the stages that listen, and what they decide."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from prefect import get_run_logger

from audio.waveforms.pieces import cut_at_silence, cut_evenly
from audio.web.address import without_secrets
from flows.models.device import overlaps
from flows.models.model_set import ModelSet
from flows.runs.concurrency import in_turn, together
from flows.stages import tasks
from flows.stages.completing import complete, coverage_of, find_foreign
from flows.stages.run_stage import ask
from outputs.record.episode_record import Heard
from podcast.errors import InterlinearError, NoSpeechError
from podcast.invariants import check_decodings, check_transcript
from podcast.language import SOURCE
from podcast.recording import Recording
from podcast.timeline import Diarization, Segment, SpokenWord, Transcription, Word, joined
from podcast.transcript import Transcript
from speech.diarization.diarizer import DiarizationOptions
from speech.lines.boundaries import snap_boundaries
from speech.lines.line_building import build_transcript
from speech.lines.speakers import assign_speakers
from speech.lines.turns import number_speakers
from speech.publisher.publisher_alignment import Mismatch, take_published
from speech.publisher.publisher_speakers import names_in, speakers_of, with_labels
from speech.redecoding.second_decoding import (
    ChosenSegments,
    choose_segments,
    windows_to_redecode,
    with_likely_times,
)
from speech.redecoding.uncovered_speech import without_foreign
from speech.transcription.recogniser import TranscriptionOptions


def listen(  # noqa: PLR0913  what is known of a recording beforehand
    recording: Recording,
    speakers: DiarizationOptions,
    listening: TranscriptionOptions,
    models: ModelSet,
    transcript: str = "",
    *,
    force_english: bool = False,
) -> Heard:
    """Hear who speaks and what is said, doubtful stretches twice.

    Args:
        recording: The sound.
        speakers: How many there are.
        listening: How to hear what is said.
        models: Who hears it.
        transcript: Of the publisher, whose words take the place of the heard ones: path or
            address; empty for none.
        force_english: Take all speech for English, whatever it sounds like.

    Raises:
        NoSpeechError: Nobody speaks, or nothing that the models understand.
        ForeignSpeechError: Most of the speech is not English.
    """
    both = together if overlaps() else in_turn
    diarization, first = both(
        lambda: _who_speaks(recording, speakers, models),
        lambda: _first_hearing(recording, listening, models),
    )
    foreign = () if force_english else find_foreign(recording, first, diarization, models)
    settled = without_foreign(_settled(recording, first, listening, models), foreign)
    settled = complete(recording, settled, diarization, foreign, listening, models)
    if not diarization.turns or not any(segment.words for segment in settled.segments):
        raise NoSpeechError(
            f"Nobody speaks in {recording.source}: there is sound, but no speech in it that the "
            "models understand (music?). Nothing was published."
        )
    diarization = _numbered(diarization, settled)
    knows_languages = bool(first.languages)
    coverage = coverage_of(settled, diarization, foreign, knows_languages=knows_languages)
    heard = Heard(recording, diarization, settled.segments, settled.dropped, coverage=coverage)
    return _as_published(heard, transcript) if transcript else heard


def _as_published(heard: Heard, transcript: str) -> Heard:
    """Take the publisher's words; where that does not go, say why and stay with the heard ones."""
    shown = without_secrets(transcript) if "://" in transcript else transcript
    try:
        taken = take_published(heard.segments, tasks.fetch_transcript(transcript))
    except InterlinearError as error:
        taken = Mismatch(str(error))
    if isinstance(taken, Mismatch):
        get_run_logger().warning("The words are as heard, not as in %s: %s", shown, taken.reason)
        return replace(heard, text=f"as heard, not as in {shown}: {taken.reason}")
    get_run_logger().info("The words are those of %s; %.0f%% heard", shown, 100 * taken.share)
    return replace(
        heard,
        segments=taken.segments,
        labels=taken.labels,
        dropped=(*heard.dropped, *taken.dropped),
        text=f"of {shown}",
    )


def _numbered(diarization: Diarization, settled: ChosenSegments) -> Diarization:
    """Number the speakers in the order of their first lines."""
    words = [word for segment in settled.segments for word in segment.words]
    spoken = snap_boundaries(assign_speakers(words, diarization.turns))
    return number_speakers(diarization, (word.speaker for word in spoken))


def names_written(heard: Heard) -> dict[str, str]:
    """Return speaker -> name, as far as the publisher's transcript names them."""
    return names_in(speakers_of(_spoken(heard), heard.labels))


def _who_speaks(
    recording: Recording, speakers: DiarizationOptions, models: ModelSet
) -> Diarization:
    """Hear piece by piece, each kept when it is done, and then find out who is who."""
    pieces = cut_evenly(recording.duration)
    heard = tuple(ask(tasks.segment_and_embed, recording, piece, models) for piece in pieces)
    return ask(tasks.cluster, recording, heard, speakers, models)


def _first_hearing(
    recording: Recording, listening: TranscriptionOptions, models: ModelSet
) -> Transcription:
    """Hear piece by piece, each kept when it is done: a run that dies loses minutes, not hours."""
    pieces = cut_at_silence(recording.path)
    heard = [ask(tasks.transcribe, recording, piece, listening, models) for piece in pieces]
    return joined(zip((piece.start for piece in pieces), heard, strict=True))


def write_lines(heard: Heard) -> Transcript:
    """Join the words with their speakers, cut them into lines and check the promises."""
    spoken = snap_boundaries(with_labels(_spoken(heard), heard.labels))
    duration = heard.recording.duration
    foreign = heard.coverage.foreign if heard.coverage else ()
    transcript = build_transcript(SOURCE, spoken, duration, heard.diarization.overlaps, foreign)
    check_transcript(transcript, spoken, duration)
    return replace(transcript, dropped=(*heard.dropped, *transcript.dropped))


def _spoken(heard: Heard) -> tuple[SpokenWord, ...]:
    words = [word for segment in heard.segments for word in segment.words]
    return assign_speakers(words, heard.diarization.turns)


def _settled(
    recording: Recording,
    first: Transcription,
    listening: TranscriptionOptions,
    models: ModelSet,
) -> ChosenSegments:
    """Hear the doubtful stretches a second time, without the hotwords that may have misled."""
    windows = windows_to_redecode(first, listening.hotwords)
    second: tuple[tuple[Segment, ...], ...] = ()
    if windows:
        careful = replace(listening, hotwords=())
        second = ask(tasks.redecode, recording, tuple(windows.values()), careful, models)
    settled = choose_segments(first, dict(zip(windows, second, strict=True)), listening.hotwords)
    check_decodings(
        _words(first.segments),
        (word for segments in second for word in _words(segments)),
        _words(settled.segments),
        (dropped.word for dropped in settled.dropped),
    )
    return with_likely_times(settled)


def _words(segments: Iterable[Segment]) -> Iterator[Word]:
    return (word for segment in segments for word in segment.words)

"""From a recording to what was said: the stages that ask the diarizer and the recogniser."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from audio.waveforms.pieces import cut_at_silence, cut_evenly
from flows.stages import tasks
from flows.stages.completing import complete, coverage_of
from flows.stages.request import EpisodeRequest
from flows.stages.run_stage import run_stage
from podcast.errors import NoSpeechError
from podcast.invariants import check_decodings
from podcast.recognition import Recognition
from podcast.recording import Recording
from podcast.timeline import Diarization, Segment, Transcription, Word, joined
from speech.detection.foreign_stretches import ForeignSpeech
from speech.redecoding.second_decoding import (
    ChosenSegments,
    choose_segments,
    windows_to_redecode,
    with_likely_times,
)
from speech.redecoding.uncovered_speech import without_foreign


def diarize(recording: Recording, request: EpisodeRequest) -> Diarization:
    """Segment and embed piece by piece, each kept when it is done, and cluster the whole."""
    pieces, models = cut_evenly(recording.duration), request.models
    chunks = tuple(run_stage(tasks.segment_and_embed, recording, piece, models) for piece in pieces)
    return run_stage(tasks.cluster, recording, chunks, request.counts, models)


def transcribe(recording: Recording, request: EpisodeRequest) -> Transcription:
    """Decode piece by piece, each kept when it is done: a run that dies loses minutes."""
    pieces, asked = cut_at_silence(recording.path), (request.transcription, request.models)
    found = [run_stage(tasks.transcribe, recording, piece, *asked) for piece in pieces]
    return joined(zip((piece.start for piece in pieces), found, strict=True))


def redecode(
    recording: Recording,
    transcription: Transcription,
    diarization: Diarization,
    foreign: Sequence[ForeignSpeech],
    request: EpisodeRequest,
) -> Recognition:
    """Decode again what is suspect, leave out what is not English, decode what has no words.

    Args:
        recording: The sound.
        transcription: What was decoded at first.
        diarization: Who speaks when.
        foreign: Where somebody does not speak English.
        request: How to decode.

    Raises:
        NoSpeechError: Nobody speaks, or nothing that the models understand.
    """
    chosen = without_foreign(_chosen(recording, transcription, request), foreign)
    chosen = complete(recording, chosen, diarization, foreign, request)
    if not diarization.turns or not any(segment.words for segment in chosen.segments):
        raise NoSpeechError(
            f"Nobody speaks in {recording.source}: there is sound, but no speech in it that the "
            "models understand (music?). Nothing was published."
        )
    knows_languages = bool(transcription.languages)
    coverage = coverage_of(chosen, diarization, foreign, knows_languages=knows_languages)
    return Recognition(recording, diarization, chosen.segments, chosen.dropped, coverage=coverage)


def _chosen(recording: Recording, first: Transcription, request: EpisodeRequest) -> ChosenSegments:
    """Decode suspect windows again, without the hotwords that may have misled, and choose."""
    hotwords = request.transcription.hotwords
    windows = windows_to_redecode(first, hotwords)
    second: tuple[tuple[Segment, ...], ...] = ()
    if windows:
        careful = replace(request.transcription, hotwords=())
        spans = tuple(windows.values())
        second = run_stage(tasks.redecode, recording, spans, careful, request.models)
    chosen = choose_segments(first, dict(zip(windows, second, strict=True)), hotwords)
    check_decodings(
        _words(first.segments),
        (word for segments in second for word in _words(segments)),
        _words(chosen.segments),
        (dropped.word for dropped in chosen.dropped),
    )
    return with_likely_times(chosen)


def _words(segments: Iterable[Segment]) -> Iterator[Word]:
    return (word for segment in segments for word in segment.words)

"""Each stage as a task: its retries, its memory of finished work, and nothing else."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from prefect import Task, get_run_logger, task
from prefect.context import TaskRunContext
from prefect.serializers import CompressedPickleSerializer
from prefect.tasks import exponential_backoff
from prefect.utilities.hashing import hash_objects

from audio.decoding.decode import DECODER, decode
from audio.decoding.loudness import is_silent
from audio.files.source import read_file, sha256_of
from audio.transcripts.transcript_file import parse_transcript
from audio.waveforms.pieces import cut_at_silence
from audio.waveforms.waveform import load_waveform
from audio.web.address import without_secrets
from audio.web.download import DownloadOptions, download
from flows.feeds.polite_http import fetch_transcript_in_turn, turn_at, web_options
from flows.models import engine_calls
from flows.models.host_client import call_model
from flows.models.limits import time_for_rows, time_for_sound
from flows.models.model_set import ModelSet
from flows.runs.retrying import raised
from flows.runs.stage_progress import WHOLE, stage
from flows.settings import settings
from flows.stages.run_stage import named_after_episode
from podcast.errors import NoSpeechError, TransientError
from podcast.intervals import total
from podcast.language import Language
from podcast.publisher_transcript import Passage
from podcast.recording import Lift, Recording
from podcast.stage import Stage
from podcast.timeline import Diarization, Segment, Span, Transcription
from podcast.transcript import Translation
from speech.detection.quiet_speech import find_quiet_speech
from speech.diarization.chunk_outputs import ChunkOutputs
from speech.diarization.diarizer import DiarizationOptions
from speech.transcription.recogniser import TranscriptionOptions
from translation.conversation import Answer, SourceRow, Style

P = ParamSpec("P")
R = TypeVar("R")
Parameters = dict[str, Any]

RETRY_DELAY = 5
"""Seconds before a model is asked again whose process died."""


def _sound(parameters: Parameters) -> tuple[object, ...]:
    """Say what decides what the models get: the file, its track, how it is decoded and lifted."""
    recording: Recording = parameters["recording"]
    return recording.sha256, recording.track, DECODER, recording.lifts


def _recogniser(parameters: Parameters) -> tuple[object, ...]:
    reference = parameters["models"].recogniser
    return reference.identity(), reference.described()


def _translators(parameters: Parameters) -> tuple[str, ...]:
    """Name who translates, and who is asked for what that one fails at."""
    references = parameters["models"].translators.into(parameters["target"])
    return tuple(reference.identity() for reference in references)


def _model_task(
    name: str, version: int, content: Callable[[Parameters], tuple[object, ...]]
) -> Callable[[Callable[P, R]], Task[P, R]]:
    """Make a task that asks a model once, and remembers the answer.

    Values are remembered, files are not: a task that writes a file finds it again by its content.

    Args:
        name: Of the stage.
        version: Raised when the task's result changes for the same content.
        content: Takes what decides about the result from the task's parameters.
    """

    def key(context: TaskRunContext, parameters: Parameters) -> str:
        digest = hash_objects(*content(parameters), raise_on_failure=True)
        return f"{context.task.name}/v{version}/{digest}.pickle"

    return task(
        name=name,
        task_run_name=named_after_episode,
        cache_key_fn=key,
        persist_result=True,
        # JSON would turn tuples into lists, and lzma takes six times as long for as many bytes.
        result_serializer=CompressedPickleSerializer(compressionlib="zlib"),
        retries=1,
        retry_delay_seconds=RETRY_DELAY,
        retry_condition_fn=raised(TransientError),
    )


def _fetching_task(name: str) -> Callable[[Callable[P, R]], Task[P, R]]:
    return task(
        name=name,
        task_run_name=named_after_episode,
        persist_result=False,
        retries=2,
        retry_delay_seconds=exponential_backoff(backoff_factor=2),
        retry_condition_fn=raised(TransientError),
    )


@_fetching_task(Stage.FETCH)
def fetch(audio: str) -> Path:
    """Bring the sound to this machine; a local file stays where it is."""
    if "://" not in audio:
        return Path(audio).expanduser()
    with stage(Stage.FETCH, get_run_logger()) as report:

        def count(received: int, total: int | None) -> None:
            if total:
                report(min(1.0, received / total))

        # Each address has a folder of its own: many recordings are called "episode.mp3".
        folder = settings().downloads / hashlib.sha256(audio.encode()).hexdigest()[:16]
        with turn_at(audio, "sounds"):
            return download(audio, folder, count, DownloadOptions(web=web_options()))


@_fetching_task(Stage.FETCH_TRANSCRIPT)
def fetch_transcript(transcript: str) -> tuple[Passage, ...]:
    """Read the publisher's transcript, a file on this machine or of the web."""
    if "://" in transcript:
        return parse_transcript(fetch_transcript_in_turn(transcript), without_secrets(transcript))
    return parse_transcript(read_file(Path(transcript).expanduser(), transcript), transcript)


@task(persist_result=False, name=Stage.DECODE, task_run_name=named_after_episode)
def decode_recording(path: Path, audio: str, *, allow_partial: bool, track: int) -> Recording:
    """Decode the sound once; the diarizer and the recogniser share its WAV file.

    Args:
        path: Of the sound on this machine.
        audio: Where it comes from, a path or an address.
        allow_partial: Take what there is of a recording that breaks off early.
        track: Of the sound, from 1; 0 to choose one.
    """
    source = without_secrets(audio) if "://" in audio else path.name
    with stage(Stage.DECODE, get_run_logger()):
        sha256 = sha256_of(path)
        target = settings().recordings / f"{sha256}-{track}.wav"
        decoded = decode(
            path,
            target,
            allow_partial=allow_partial,
            name=source,
            track=track,
            max_silence=settings().gap_limit,
        )
        if decoded.tracks:
            get_run_logger().warning(
                "%s: %s; number %d is taken; --track takes another.",
                *(source, decoded.tracks, decoded.track),
            )
        if is_silent(target):
            others = f" Of {decoded.tracks}, choose with --track." if decoded.tracks else ""
            raise NoSpeechError(
                f"{source} is silent from start to end; nothing was published.{others}"
            )
        lifts = tuple(lift for piece in cut_at_silence(target) for lift in _lifts(target, piece))
        return Recording(
            *(target, sha256, decoded.duration, source, decoded.is_partial, decoded.track), lifts
        )


def _lifts(path: Path, piece: Span) -> tuple[Lift, ...]:
    return find_quiet_speech(load_waveform(path, piece), piece.start)


def _ask_of_piece(
    name: str, work: Callable[..., R], recording: Recording, piece: Span, *others: object
) -> R:
    """Ask a model about one piece, and report it as the part of a stage that it is."""
    seconds = piece.end - piece.start
    part = Span(piece.start / recording.duration, piece.end / recording.duration)
    limit = time_for_sound(seconds)
    return _ask(name, work, recording, piece, *others, limit=limit, seconds=seconds, part=part)


def _ask_of_spans(
    name: str,
    work: Callable[..., R],
    recording: Recording,
    spans: tuple[Span, ...],
    *others: object,
) -> R:
    """Ask a model about stretches of a recording, each alone."""
    limit = time_for_sound(recording.duration)
    return _ask(name, work, recording, spans, *others, limit=limit, seconds=total(spans))


def _ask(
    name: str,
    work: Callable[..., R],
    *arguments: object,
    limit: float,
    seconds: float = 0.0,
    part: Span = WHOLE,
) -> R:
    with stage(name, get_run_logger(), seconds, part, loads=True) as report:
        return call_model(work, *arguments, report=report, limit=limit)


@_model_task(Stage.SEGMENT, 2, lambda p: (_sound(p), p["piece"], p["models"].diarizer.identity()))
def segment_and_embed(recording: Recording, piece: Span, models: ModelSet) -> ChunkOutputs:
    """Tell who speaks in one piece of a recording, where nobody has a name yet."""
    return _ask_of_piece(Stage.SEGMENT, engine_calls.segment_and_embed, recording, piece, models)


@_model_task(Stage.CLUSTER, 4, lambda p: (_sound(p), p["options"], p["models"].diarizer.identity()))
def cluster(
    recording: Recording,
    chunks: tuple[ChunkOutputs, ...],
    options: DiarizationOptions,
    models: ModelSet,
) -> Diarization:
    """Find out which speakers of all pieces are one person."""
    asked, limit = (chunks, recording.duration, options, models), time_for_sound(recording.duration)
    return _ask(Stage.CLUSTER, engine_calls.cluster, *asked, limit=limit)


@_model_task(Stage.TRANSCRIBE, 4, lambda p: (_sound(p), p["piece"], p["options"], _recogniser(p)))
def transcribe(
    recording: Recording, piece: Span, options: TranscriptionOptions, models: ModelSet
) -> Transcription:
    """Decode one piece of a recording, on the piece's own clock."""
    return _ask_of_piece(
        Stage.TRANSCRIBE, engine_calls.transcribe, recording, piece, options, models
    )


@_model_task(Stage.REDECODE, 3, lambda p: (_sound(p), p["windows"], p["options"], _recogniser(p)))
def redecode(
    recording: Recording,
    windows: tuple[Span, ...],
    options: TranscriptionOptions,
    models: ModelSet,
) -> tuple[tuple[Segment, ...], ...]:
    """Decode suspect windows a second time, with more care."""
    asked = (recording, windows, options, models)
    return _ask_of_spans(Stage.REDECODE, engine_calls.redecode, *asked)


@_model_task(Stage.IDENTIFY_LANGUAGES, 2, lambda p: (_sound(p), p["spans"], _recogniser(p)))
def identify_languages(
    recording: Recording, spans: tuple[Span, ...], models: ModelSet
) -> tuple[dict[str, float], ...]:
    """Listen to speech that may not be English, each utterance alone."""
    asked = (recording, spans, models)
    return _ask_of_spans(Stage.IDENTIFY_LANGUAGES, engine_calls.identify_languages, *asked)


@_model_task(Stage.DECODE_ALONE, 3, lambda p: (_sound(p), p["parts"], p["options"], _recogniser(p)))
def decode_alone(
    recording: Recording,
    parts: tuple[Span, ...],
    options: TranscriptionOptions,
    models: ModelSet,
) -> tuple[Segment, ...]:
    """Decode stretches of speech that have no words, each alone."""
    asked = (recording, parts, options, models)
    return _ask_of_spans(Stage.DECODE_ALONE, engine_calls.decode_alone, *asked)


@_model_task(
    Stage.TRANSLATE, 4, lambda p: (p["rows"], p["target"].value, p["style"], _translators(p)[0])
)
def translate(
    rows: tuple[SourceRow, ...], target: Language, style: Style, models: ModelSet
) -> tuple[Answer, ...]:
    """Say every row again in one language."""
    asked, limit = (rows, target, style, models), time_for_rows(len(rows))
    return _ask(Stage.TRANSLATE.into(target), engine_calls.translate, *asked, limit=limit)


@_model_task(
    Stage.RETRY,
    5,
    lambda p: (p["rows"], p["raw"], p["target"].value, p["style"], _translators(p)),
)
def retry(
    rows: tuple[SourceRow, ...],
    raw: tuple[Answer, ...],
    target: Language,
    style: Style,
    models: ModelSet,
) -> tuple[Translation, ...]:
    """Try harder with the rows whose first translation failed its checks."""
    asked, limit = (rows, raw, target, style, models), time_for_rows(len(rows))
    return _ask(Stage.RETRY.into(target), engine_calls.retry, *asked, limit=limit)

"""Each stage as a task: its retries, its memory of finished work, and nothing else."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from prefect import get_run_logger, task
from prefect.context import TaskRunContext
from prefect.tasks import exponential_backoff
from prefect.utilities.hashing import hash_objects

from audio.checksum import sha256_of
from audio.decode import decode
from audio.download import DownloadOptions, download
from audio.loudness import is_silent
from audio.waveform import load_waveform
from flows.asking import turn_at
from flows.engines import engines
from flows.limits import model_place
from flows.model_set import ModelSet, identity
from flows.progress import stage
from flows.settings import settings
from flows.stages import named_after_episode
from podcast.episode import Recording
from podcast.errors import NoSpeechError, TransientError
from podcast.language import Language
from podcast.timeline import Diarization, Segment, Span, Transcription
from podcast.transcript import Translation
from speech.diarization import DiarizationOptions
from speech.transcription import TranscriptionOptions
from translation.ladder import climb
from translation.terms import Term

Parameters = dict[str, Any]


def _keyed(
    version: int, content: Callable[[Parameters], tuple[object, ...]]
) -> Callable[[TaskRunContext, Parameters], str]:
    """Key a stage's result by what it is made from, never by where that lies.

    Args:
        version: Of the stage's code; raise it when the same inputs give another result.
        content: Takes what decides the result out of the task's parameters.
    """

    def key(context: TaskRunContext, parameters: Parameters) -> str:
        digest = hash_objects(*content(parameters), raise_on_failure=True)
        return f"{context.task.name}/v{version}/{digest}.pickle"

    return key


def _is_transient(_task: object, _run: object, state: Any) -> bool:
    """Retry what may go away by itself; a broken file stays broken."""
    return isinstance(state.result(raise_on_failure=False), TransientError)


# Values are remembered, files are not: a task that writes a file finds it again by its content.
PICKLE = "compressed/pickle"  # JSON would turn tuples into lists


@task(
    persist_result=False,
    name="fetch",
    task_run_name=named_after_episode,
    retries=2,
    retry_delay_seconds=exponential_backoff(backoff_factor=2),
    retry_condition_fn=_is_transient,
)
def fetch(audio: str) -> Path:
    """Bring the sound to this machine; a local file stays where it is."""
    if "://" not in audio:
        return Path(audio).expanduser()
    with stage("fetch", get_run_logger()) as report:

        def count(received: int, total: int | None) -> None:
            if total:
                report(min(1.0, received / total))

        # Each address has a folder of its own: many recordings are called "episode.mp3".
        folder = settings().downloads / hashlib.sha256(audio.encode()).hexdigest()[:16]
        with turn_at(audio, "sounds"):
            return download(audio, folder, count, DownloadOptions(contact=settings().contact))


@task(persist_result=False, name="decode", task_run_name=named_after_episode)
def decode_recording(path: Path, source: str, *, allow_partial: bool) -> Recording:
    """Decode the sound once; the stages that listen share its WAV file."""
    with stage("decode", get_run_logger()):
        sha256 = sha256_of(path)
        target = settings().recordings / f"{sha256}.wav"
        decoded = decode(path, target, allow_partial=allow_partial, name=source)
        if is_silent(target):
            raise NoSpeechError(f"{source} is silent from start to end; nothing was published.")
        return Recording(target, sha256, decoded.duration, source, decoded.is_partial)


@task(
    persist_result=True,
    result_serializer=PICKLE,
    name="diarize",
    task_run_name=named_after_episode,
    cache_key_fn=_keyed(
        1, lambda p: (p["recording"].sha256, p["options"], identity(p["models"].diarization))
    ),
)
def diarize(recording: Recording, options: DiarizationOptions, models: ModelSet) -> Diarization:
    """Hear who speaks when."""
    with stage("diarize", get_run_logger(), recording.duration) as report:
        waveform = load_waveform(recording.path)
        with model_place():
            return engines().diarizer(models).diarize(waveform, options, report)


@task(
    persist_result=True,
    result_serializer=PICKLE,
    name="transcribe",
    task_run_name=named_after_episode,
    cache_key_fn=_keyed(
        2, lambda p: (p["recording"].sha256, p["options"], identity(p["models"].whisper))
    ),
)
def transcribe(
    recording: Recording, options: TranscriptionOptions, models: ModelSet
) -> Transcription:
    """Hear what is said."""
    with stage("transcribe", get_run_logger(), recording.duration) as report:
        waveform = load_waveform(recording.path)
        with model_place():
            return engines().transcriber(models).transcribe(waveform, options, report)


@task(
    persist_result=True,
    result_serializer=PICKLE,
    name="listen-again",
    task_run_name=named_after_episode,
    cache_key_fn=_keyed(
        1,
        lambda p: (
            *(p["recording"].sha256, p["windows"], p["options"]),
            identity(p["models"].whisper),
        ),
    ),
)
def listen_again(
    recording: Recording,
    windows: tuple[Span, ...],
    options: TranscriptionOptions,
    models: ModelSet,
) -> tuple[tuple[Segment, ...], ...]:
    """Hear doubtful stretches a second time, with more care."""
    seconds = sum(window.end - window.start for window in windows)
    with stage("listen again", get_run_logger(), seconds) as report:
        waveform = load_waveform(recording.path)
        transcriber = engines().transcriber(models)
        heard: list[tuple[Segment, ...]] = []
        with model_place():
            for window in windows:
                heard.append(transcriber.redo(waveform, window, options))
                report(len(heard) / len(windows))
        return tuple(heard)


@task(
    persist_result=True,
    result_serializer=PICKLE,
    name="translate",
    task_run_name=named_after_episode,
    cache_key_fn=_keyed(
        1, lambda p: (p["texts"], p["target"].value, identity(p["models"].packages))
    ),
)
def translate(texts: tuple[str, ...], target: Language, models: ModelSet) -> tuple[str, ...]:
    """Say every row again in one language."""
    with stage(f"translate {target.value}", get_run_logger()) as report, model_place():
        return engines().translator(models).translate(texts, target, report)


@task(
    persist_result=True,
    result_serializer=PICKLE,
    name="mend",
    task_run_name=named_after_episode,
    cache_key_fn=_keyed(
        1,
        lambda p: (
            *(p["texts"], p["raw"], p["target"].value, p["terms"]),
            identity(p["models"].packages),
        ),
    ),
)
def mend(
    texts: tuple[str, ...],
    raw: tuple[str, ...],
    target: Language,
    terms: tuple[Term, ...],
    models: ModelSet,
) -> tuple[Translation, ...]:
    """Try harder with the rows whose first translation failed its checks."""
    with stage(f"mend {target.value}", get_run_logger()) as report, model_place():
        return climb(texts, raw, target, terms, engines().translator(models), report)

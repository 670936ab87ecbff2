"""A real Prefect engine for the tests of flows, and fakes that stand in for the models only."""

import atexit
import os
import shutil
import tempfile
import wave
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audio.waveforms.waveform import SAMPLE_RATE, Waveform
from flows.settings import prepare_prefect, settings

os.environ["INTERLINEAR_CACHE"] = tempfile.mkdtemp(prefix="interlinear-tests-")
atexit.register(shutil.rmtree, os.environ["INTERLINEAR_CACHE"], ignore_errors=True)
prepare_prefect(quiet=True)  # before Prefect is imported

from prefect.settings import (
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
    PREFECT_LOGGING_TO_API_ENABLED,
    PREFECT_RESULTS_LOCAL_STORAGE_PATH,
    temporary_settings,
)

from flows.models import loaded_models
from outputs.record.episode_record import build_record
from outputs.record.record_types import EpisodeRecord, Provenance, RecordedSpeaker
from podcast.editing.corrections import Applied
from podcast.language import Language
from podcast.progress import Report
from podcast.recognition import Recognition
from podcast.recording import Episode, Recording
from podcast.timeline import (
    Diarization,
    LanguageSlice,
    Segment,
    Span,
    SpeakerTurn,
    Transcription,
    Voiceprint,
    Word,
    overlap,
)
from podcast.transcript import (
    BilingualTranscript,
    Line,
    LinePair,
    Transcript,
    Translation,
)
from speech.diarization.chunk_outputs import ChunkOutputs
from speech.diarization.diarizer import DiarizationOptions, DiarizerReference
from speech.transcription.recogniser import RecogniserReference, TranscriptionOptions
from translation.conversation import Answer, Candidates, SourceRow, Style
from translation.engines.fake_translator import FakeTranslator
from translation.engines.translator import Translator, TranslatorReference


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    from prefect.testing.utilities import prefect_test_harness  # its server takes long to import

    quiet = {PREFECT_LOGGING_TO_API_ENABLED: False}  # each line a request; tests/live has them
    with temporary_settings(quiet), prefect_test_harness(server_startup_timeout=180):
        yield


@pytest.fixture
def prefect(
    prefect_server: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Run flows in the harness with a cache and a memory of finished work of their own."""
    monkeypatch.setenv("INTERLINEAR_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("INTERLINEAR_DATA", str(tmp_path / "data"))
    settings.cache_clear()
    of_this_test = {
        PREFECT_RESULTS_LOCAL_STORAGE_PATH: tmp_path / "cache" / "results",
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,  # its thread ends a second after the flow
    }
    with temporary_settings(of_this_test):
        yield
    settings.cache_clear()


SAID = {
    "A title": {"ko": "제목", "zh": "标题", "ja": "題名"},
    "And then": {"ko": "그러고 나서", "zh": "然后", "ja": "それから"},
    "Now then": {"ko": "자, 그러면", "zh": "那么", "ja": "それでは"},
}
"""What the fake translator knows; of the rest it makes nothing."""


@dataclass
class FakeEngines:
    """Hear and say what a test has written down, and count how often each was asked."""

    turns: Sequence[SpeakerTurn] = ()
    words: Sequence[Word] = ()
    second: Sequence[Word] = ()
    alone: Sequence[Word] = ()
    languages: Sequence[LanguageSlice] = ()
    language: str = "en"
    says: dict[str, dict[str, str]] = field(default_factory=lambda: SAID)
    retries: dict[str, tuple[str, ...]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    asked: list[tuple[str, ...]] = field(default_factory=list)
    pieces: list[float] = field(default_factory=list)
    reads_context: bool = False
    others: dict[TranslatorReference, Translator] = field(default_factory=dict)

    def diarizer(self, _reference: DiarizerReference) -> "FakeEngines":
        return self

    def recogniser(self, _reference: RecogniserReference) -> "FakeEngines":
        return self

    def translator(self, reference: TranslatorReference) -> Translator:
        return self.others.get(reference, self)

    def padded_span(self, piece: Span, _duration: float) -> Span:
        return piece

    def segment_and_embed(self, waveform: Waveform, report: Report) -> ChunkOutputs:
        self.pieces.append(waveform.duration)
        report(0.5)
        return ChunkOutputs(np.zeros((1, 1, 1), np.uint8), np.zeros((1, 1, 1), np.float32))

    def cluster(
        self, heard: Sequence[ChunkOutputs], _duration: float, options: DiarizationOptions
    ) -> Diarization:
        self.calls.append(f"cluster {options.num_speakers}")
        assert heard
        speakers = dict.fromkeys(turn.speaker for turn in self.turns)
        return Diarization(tuple(self.turns), (), tuple(Voiceprint(s, (1.0,)) for s in speakers))

    def transcribe(
        self, waveform: Waveform, _options: TranscriptionOptions, report: Report
    ) -> Transcription:
        self.calls.append("transcribe")
        report(0.5)
        speech = tuple(Span(word.start, word.end) for word in self.words)
        segment = _segment(self.words, waveform.duration)
        return Transcription((segment,), speech, tuple(self.languages))

    def redecode(
        self, waveform: Waveform, span: Span, _options: TranscriptionOptions
    ) -> tuple[Segment, ...]:
        self.calls.append(f"redecode {span.start:.1f}-{span.end:.1f}")
        return (_segment(self.second, waveform.duration),) if self.second else ()

    def decode_alone(
        self, _waveform: Waveform, span: Span, _options: TranscriptionOptions
    ) -> tuple[Segment, ...]:
        self.calls.append(f"decode alone {span.start:.1f}-{span.end:.1f}")
        found = [word for word in self.alone if span.start <= word.start <= span.end]
        return (_segment(found, span.end),) if found else ()

    def languages_of(self, _waveform: Waveform, span: Span) -> dict[str, float]:
        self.calls.append(f"name language {span.start:.1f}-{span.end:.1f}")
        half = (span.end - span.start) / 2
        is_english = all(overlap(part, span) < half for part in self.languages)
        return {"en" if is_english else self.language: 1.0}

    def translate(
        self, rows: Sequence[SourceRow], target: Language, style: Style, report: Report
    ) -> tuple[Answer, ...]:
        self.calls.append(f"translate {target.value}")
        self.asked.append(tuple(row.text for row in rows))
        return self._translator.translate(rows, target, style, report)

    def retry(
        self, rows: Sequence[SourceRow], target: Language, style: Style, report: Report
    ) -> tuple[Candidates, ...]:
        self.calls.append(f"retry {target.value}")
        return self._translator.retry(rows, target, style, report)

    def describe(self, target: Language) -> str:
        return self._translator.describe(target)

    @property
    def _translator(self) -> FakeTranslator:
        return FakeTranslator(
            lambda text, target: (self.says.get(text, {}).get(target.value, ""),),
            lambda text, _: self.retries.get(text, ()),
        )


def _segment(words: Sequence[Word], duration: float) -> Segment:
    text = " ".join(word.text for word in words)
    return Segment(0.0, duration, text, tuple(words), -0.1, 0.0, 1.0)


@pytest.fixture
def fakes() -> Iterator[FakeEngines]:
    """Two people, four words: "Yeah." "Yeah." "And then" """
    replacement = FakeEngines(
        turns=[
            SpeakerTurn(0.5, 1.5, "Speaker 1"),
            SpeakerTurn(1.5, 2.5, "Speaker 2"),
            SpeakerTurn(2.5, 4.0, "Speaker 1"),
        ],
        words=[
            Word(0.6, 1.0, "Yeah.", 0.9),
            Word(1.6, 2.0, "Yeah.", 0.9),
            Word(2.6, 3.0, "And", 0.9),
            Word(3.1, 3.5, "then", 0.9),
        ],
    )
    with loaded_models.using(replacement):
        yield replacement


SaveWav = Callable[[str, np.ndarray], Path]


@pytest.fixture
def save_wav(tmp_path: Path) -> SaveWav:
    """Write samples between -1 and 1 as a 16 kHz file."""

    def save(name: str, samples: np.ndarray) -> Path:
        with wave.open(str(tmp_path / name), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(SAMPLE_RATE)
            file.writeframes((samples * 32767).astype("<i2").tobytes())
        return tmp_path / name

    return save


@pytest.fixture
def tone(save_wav: SaveWav) -> Path:
    """Six seconds of a loud tone."""
    return save_wav("tone.wav", 0.5 * np.sin(np.arange(6 * SAMPLE_RATE) * 0.2))


@pytest.fixture
def silence(save_wav: SaveWav) -> Path:
    """Six seconds of nothing."""
    return save_wav("silence.wav", np.zeros(6 * SAMPLE_RATE))


@pytest.fixture
def record() -> EpisodeRecord:
    """An episode of one line, in Korean."""
    words = (Word(1.0, 1.5, "Hello", 0.9), Word(1.6, 2.0, "there.", 0.9))
    line = Line("0001", 1.0, 2.0, "Speaker 1", 1.0, "Hello there.", "", (), words)
    turns = (SpeakerTurn(1.0, 2.0, "Speaker 1"),)
    pairs = (LinePair(line, Translation("안녕하세요.", "model")),)
    title = Translation("제목", "model")
    return build_record(
        Episode("Open Ears", "A title"),
        Recognition(
            Recording(Path("a.wav"), "ab" * 32, 3.0, "a.mp3"), Diarization(turns, (), ()), ()
        ),
        [RecordedSpeaker("Speaker 1", "Ann", "hand")],
        Applied(Transcript(Language.EN, (line,)), (), ()),
        [BilingualTranscript(Language.EN, Language.KO, title, pairs)],
        Provenance({}, {}, {}),
    )


PODCAST = "https://podcastindex.org/namespace/1.0"


@dataclass
class PodcastHost:
    """A host of podcasts: what it serves, and what it was asked for.

    Attributes:
        raw: Served in the place of the feed of `items`.
        stamps: Name of a sound -> its ETag; one without is not looked at with HEAD.
    """

    url: str = ""
    bodies: dict[str, bytes] = field(default_factory=dict)
    stamps: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(
        default_factory=lambda: {"/moved": "/feed.xml", "/moved-sound": "/one.wav"}
    )
    items: list[str] = field(default_factory=list)
    raw: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, Any]] = field(default_factory=list)

    def announce(self, guid: str, title: str, sound: str, day: int = 1, length: int = 1) -> None:
        self.items.append(
            f"<item><guid>{guid}</guid><title>{title}</title>"
            f"<pubDate>{day:02} Nov 2026 06:00:00 GMT</pubDate><p:person>Ann Lee</p:person>"
            f"<enclosure url='/{sound}' length='{length}' type='audio/mpeg'/></item>"
        )

    def feed(self) -> bytes:
        return (
            self.raw
            or (
                f'<rss version="2.0" xmlns:p="{PODCAST}"><channel><title>Open Ears</title>'
                f"{''.join(self.items)}</channel></rss>"
            ).encode()
        )

    def answer(self, path: str, asked: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
        if path in self.moved:
            return 301, {"Location": self.moved[path]}, b""
        if path != "/feed.xml":
            name = path.lstrip("/").partition("?")[0]
            known = self.bodies.get(name)
            stamp = {"ETag": self.stamps[name]} if name in self.stamps else {}
            return (404, {}, b"") if known is None else (200, stamp, known)
        body = self.feed()
        tag = f'"{hash(body)}"'
        if self.status == 200 and asked.get("If-None-Match") == tag:
            return 304, {}, b""
        return self.status, {"ETag": tag, **self.headers}, body

    def polls(self) -> int:
        return sum(path == "/feed.xml" for path, _ in self.asked)


@pytest.fixture
def host(serve: Callable[..., str], tone: Path) -> PodcastHost:
    host = PodcastHost(bodies={"one.wav": tone.read_bytes(), "two.wav": tone.read_bytes()})

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            if self.path.lstrip("/") in host.stamps:
                self.do_GET()
            else:
                self.send_error(501)

        def do_GET(self) -> None:
            asked = f"{self.path} {self.command}" if self.command != "GET" else self.path
            host.asked.append((asked, self.headers))
            status, headers, body = host.answer(self.path, self.headers)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    host.url = serve(Handler)
    return host


@pytest.fixture
def show(host: PodcastHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prefect: None) -> Path:
    monkeypatch.setenv("INTERLINEAR_OUT", str(tmp_path / "out"))
    monkeypatch.setenv("INTERLINEAR_HOST_PAUSE", "0")
    settings.cache_clear()
    path = tmp_path / "shows" / "ears.toml"
    path.parent.mkdir()
    path.write_text(
        f'feed = "{host.url}/feed.xml"\nlanguages = ["ko"]\ntries = 2\n[models]\npreset = "demo"\n',
        encoding="utf-8",
    )
    return path


@pytest.fixture
def artifacts(prefect: None) -> Callable[[], dict[str, Any]]:
    """What the pages of runs show, by how its heading begins; of several the latest."""
    from prefect.client.orchestration import get_client

    def read() -> dict[str, Any]:
        with get_client(sync_client=True) as client:
            answer = client._client.post("/artifacts/filter", json={"sort": "CREATED_DESC"})  # noqa: SLF001  it has no call for that
        shown = reversed(answer.json())
        return {str(artifact["description"]).partition(":")[0]: artifact for artifact in shown}

    return read

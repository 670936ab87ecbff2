"""The adapter to faster-whisper, with the real library and the demo's model and episode."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import faster_whisper
import numpy as np
import pytest

from audio.decoding.decode import decode
from audio.waveforms.levels import Samples, cut
from audio.waveforms.waveform import SAMPLE_RATE, Waveform, load_waveform
from podcast.errors import SetupError
from podcast.model_reference import LoadOptions
from podcast.timeline import Segment, Span, Transcription, Word
from speech.plausibility.hallucinations import suspicions
from speech.plausibility.suspect_words import key_of
from speech.transcription.recogniser import TranscriptionOptions
from speech.transcription.whisper_recogniser import (
    WhisperFolder,
    WhisperOptions,
    WhisperRecogniser,
)

pytestmark = pytest.mark.model

DEMO = Path(__file__).resolve().parents[3] / "demo"
WHISPER = DEMO / "models" / "whisper"
ENGLISH = TranscriptionOptions()
OPTIONS = WhisperOptions(chunk_length=6, speech_pad_ms=150)
SECONDS = 40


@pytest.fixture(scope="module")
def waveform(tmp_path_factory: pytest.TempPathFactory) -> Waveform:
    """The first part of the demo's episode."""
    path = tmp_path_factory.mktemp("sound") / "episode.wav"
    decode(DEMO / "episode" / "episode.mp3", path)
    return Waveform(load_waveform(path).samples[: SECONDS * SAMPLE_RATE])


@pytest.fixture(scope="module")
def recogniser() -> WhisperRecogniser:
    return WhisperFolder(WHISPER, OPTIONS).load(LoadOptions())


def told(recogniser: WhisperRecogniser, options: WhisperOptions) -> WhisperRecogniser:
    """Let the same model decode in another way."""
    return WhisperRecogniser(recogniser.pipeline, recogniser.batch_size, options)


@pytest.fixture(scope="module")
def heard(recogniser: WhisperRecogniser, waveform: Waveform) -> Transcription:
    return recogniser.transcribe(waveform, ENGLISH, lambda _: None)


def test_a_missing_file_is_named_before_anything_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "config.json").touch()

    with pytest.raises(SetupError, match=r"lacks model\.bin, tokenizer\.json"):
        WhisperFolder(tmp_path).load(LoadOptions())


def test_a_broken_model_is_a_setup_error(tmp_path: Path) -> None:
    for path in WHISPER.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "model.bin").write_bytes(b"not a model")

    with pytest.raises(SetupError, match=r"cannot be loaded"):
        WhisperFolder(tmp_path).load(LoadOptions())


def test_silence_has_no_segments_and_no_speech(recogniser: WhisperRecogniser) -> None:
    seen: list[float] = []
    silence = Waveform(np.zeros(3 * SAMPLE_RATE, np.float32))

    assert recogniser.transcribe(silence, ENGLISH, seen.append) == Transcription((), ())
    assert seen == [1.0]
    assert recogniser.redecode(silence, Span(0.5, 2.5), ENGLISH) == ()


@pytest.mark.parametrize(
    "options", [OPTIONS, replace(OPTIONS, chunk_length=None, batch_size=3, min_silence_ms=500)]
)
def test_speech_is_recognised_as_by_the_library_alone(
    recogniser: WhisperRecogniser, waveform: Waveform, options: WhisperOptions
) -> None:
    """Looking for speech beforehand, and encoding window by window, change nothing at all."""
    model = faster_whisper.WhisperModel(str(WHISPER), "cpu", compute_type="int8", cpu_threads=1)
    plain, _ = faster_whisper.BatchedInferencePipeline(model).transcribe(
        waveform.samples,
        language="en",
        batch_size=options.batch_size or 8,
        chunk_length=options.chunk_length,
        word_timestamps=True,
        vad_parameters={
            "speech_pad_ms": options.speech_pad_ms,
            "min_silence_duration_ms": options.min_silence_ms,
        },
    )
    expected = [
        (s.start, s.end, s.text.strip(), s.avg_logprob, s.no_speech_prob, s.compression_ratio,
         [(w.start, w.end, w.word.strip(), w.probability) for w in s.words or ()])
        for s in plain
    ]  # fmt: skip

    segments = told(recogniser, options).transcribe(waveform, ENGLISH, lambda _: None).segments

    assert len(segments) > 3
    assert expected == [
        (s.start, s.end, s.text, s.avg_logprob, s.no_speech_prob, s.compression_ratio,
         [(w.start, w.end, w.text, w.probability) for w in s.words])
        for s in segments
    ]  # fmt: skip


def test_speech_holds_the_words_and_leaves_silence_out(heard: Transcription) -> None:
    words = [word for segment in heard.segments for word in segment.words]
    inside = [
        word
        for word in words
        if any(span.start <= (word.start + word.end) / 2 <= span.end for span in heard.speech)
    ]

    assert len(inside) == len(words) > 50
    assert all(before.end <= after.start for before, after in pairwise(heard.speech))
    assert 0.5 * SECONDS < sum(span.end - span.start for span in heard.speech) < SECONDS


def test_speech_is_looked_for_once_and_each_batch_is_decoded_once(
    recogniser: WhisperRecogniser, waveform: Waveform, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def counted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            calls.append(name)
            return real(*arguments, **named)

        return call

    looks = counted("look", faster_whisper.vad.get_speech_timestamps)
    for module in (faster_whisper.vad, faster_whisper.transcribe):
        monkeypatch.setattr(module, "get_speech_timestamps", looks)
    monkeypatch.setattr(
        recogniser.pipeline, "forward", counted("batch", recogniser.pipeline.forward)
    )

    told(recogniser, replace(OPTIONS, batch_size=4)).transcribe(waveform, ENGLISH, lambda _: None)

    assert calls == ["look", "batch", "batch"]


def test_a_cpu_encodes_windows_one_by_one_and_decodes_them_together(
    recogniser: WhisperRecogniser, waveform: Waveform, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[str, int]] = []
    real = recogniser.pipeline.model.model

    class Counted:
        """CTranslate2's model, which cannot be patched itself."""

        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

        def encode(self, features: Any, **named: Any) -> Any:
            calls.append(("encode", features.shape[0]))
            return real.encode(features, **named)

        def generate(self, encoded: Any, *arguments: Any, **named: Any) -> Any:
            calls.append(("generate", encoded.shape[0]))
            return real.generate(encoded, *arguments, **named)

        def align(self, encoded: Any, *arguments: Any, **named: Any) -> Any:
            calls.append(("align", encoded.shape[0]))
            return real.align(encoded, *arguments, **named)

    monkeypatch.setattr(recogniser.pipeline.model, "model", Counted())

    told(recogniser, replace(OPTIONS, batch_size=16)).transcribe(waveform, ENGLISH, lambda _: None)

    encodes = [call for call in calls if call == ("encode", 1)]
    assert len(encodes) > 3
    assert calls == [*encodes, ("generate", len(encodes)), ("align", len(encodes))]


def test_each_core_takes_a_part_of_a_batch_and_the_words_are_the_same(
    heard: Transcription, waveform: Waveform, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = WhisperFolder(WHISPER, replace(OPTIONS, batch_size=16)).load(LoadOptions(threads=2))
    real = both.pipeline.model.model._model  # noqa: SLF001  CTranslate2's, whose calls are met
    meeting = threading.Barrier(2, timeout=60)
    parts: list[tuple[str, int]] = []

    class Meeting:
        """CTranslate2's model, which waits for a second call before it answers a first."""

        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

        def generate(self, encoded: Any, *arguments: Any, **named: Any) -> Any:
            return self._met("generate", encoded, *arguments, **named)

        def align(self, encoded: Any, *arguments: Any, **named: Any) -> Any:
            return self._met("align", encoded, *arguments, **named)

        def _met(self, name: str, encoded: Any, *arguments: Any, **named: Any) -> Any:
            meeting.wait()
            parts.append((name, encoded.shape[0]))
            return getattr(real, name)(encoded, *arguments, **named)

    monkeypatch.setattr(both.pipeline.model.model, "_model", Meeting())

    found = both.transcribe(waveform, ENGLISH, lambda _: None)

    assert [name for name, _ in parts] == ["generate", "generate", "align", "align"]
    assert abs(parts[0][1] - parts[1][1]) <= 1
    assert found == heard


def test_progress_never_falls(recogniser: WhisperRecogniser, waveform: Waveform) -> None:
    seen: list[float] = []

    recogniser.transcribe(waveform, ENGLISH, seen.append)

    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert len(seen) > 3


def test_a_stretch_is_heard_again_on_the_clock_of_the_recording(
    recogniser: WhisperRecogniser, waveform: Waveform, heard: Transcription
) -> None:
    chosen = heard.segments[3]
    span = Span(chosen.start - 0.2, chosen.end + 0.2)

    again = recogniser.redecode(waveform, span, ENGLISH)

    times = [time for segment in again for word in segment.words for time in (word.start, word.end)]
    assert times == sorted(times)
    assert span.start <= times[0] < times[-1] <= span.end
    assert len(_texts(again) & _texts([chosen])) > len(_texts([chosen])) / 2


@pytest.mark.parametrize("how", [WhisperRecogniser.redecode, WhisperRecogniser.decode_alone])
def test_what_is_said_four_times_is_heard_four_times_again(
    how: Callable[..., tuple[Segment, ...]],
    recogniser: WhisperRecogniser,
    waveform: Waveform,
    heard: Transcription,
) -> None:
    """Nothing keeps words from coming again where a pause is between them."""
    line = max(heard.segments, key=lambda segment: len(segment.words))
    samples = cut(waveform.samples, Span(line.start - 0.1, line.end + 0.1))
    pause = np.zeros(SAMPLE_RATE // 2, np.float32)
    slogan = Waveform(np.concatenate([samples, pause] * 4))

    patient = told(recogniser, replace(OPTIONS, chunk_length=None))
    again = how(patient, slogan, Span(0, slogan.duration), ENGLISH)

    said = [key_of(word.text) for word in line.words]
    words = [key_of(word.text) for segment in again for word in segment.words]
    assert sum(words.count(key) == 4 * said.count(key) for key in said) > len(said) / 2


def test_a_burst_that_is_skipped_is_decoded_alone(
    recogniser: WhisperRecogniser, waveform: Waveform, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []

    def skipping(samples: Samples, start: float, *_: object) -> tuple[Segment, ...]:
        asked.append(start)
        word = Word(start, start + 0.4, "Buy", 0.9)
        return (Segment(start, start + 0.4, "Buy", (word,), -0.2, 0.0, 1.0),)

    monkeypatch.setattr(recogniser, "_decode_with_care", skipping)

    again = recogniser.decode_alone(waveform, Span(0, 20), ENGLISH)

    assert len(again) == len(asked) - 1 > 1


def test_a_good_recording_is_not_suspicious(heard: Transcription) -> None:
    assert suspicions(heard.segments, heard.speech) == ()


def test_hearing_again_leaves_the_next_first_hearing_as_it_was(
    recogniser: WhisperRecogniser, waveform: Waveform, heard: Transcription
) -> None:
    told(recogniser, replace(OPTIONS, chunk_length=4)).redecode(waveform, Span(0, 8), ENGLISH)

    assert recogniser.transcribe(waveform, ENGLISH, lambda _: None) == heard


def test_a_stretch_without_sound_has_no_segments(
    recogniser: WhisperRecogniser, waveform: Waveform
) -> None:
    assert recogniser.redecode(waveform, Span(SECONDS + 1, SECONDS + 2), ENGLISH) == ()


def test_hotwords_are_told_before_the_text(
    recogniser: WhisperRecogniser, waveform: Waveform, heard: Transcription
) -> None:
    """The demo's model knows no previous text; that it is confused shows that it was told some."""
    told = recogniser.transcribe(
        waveform, TranscriptionOptions(hotwords=("Anna", "Leo")), lambda _: None
    )

    assert told.speech == heard.speech
    assert told.segments != heard.segments


def _texts(segments: Iterable[Segment]) -> set[str]:
    return {word.text.lower() for segment in segments for word in segment.words}

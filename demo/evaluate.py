"""Measure the demo models: on the bundled episode, and on sentences that they never saw.

Run with `python -m demo.evaluate` (or `make evaluate`). The unseen sentences are spoken on the
spot by flite (Debian's libflite1); without it that part is left out, and the table says so.
"""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import jiwer
import numpy as np
import numpy.typing as npt

from audio.waveforms.waveform import SAMPLE_RATE, Waveform
from demo.scores import (
    EPISODE,
    Truth,
    bare,
    diarization_error,
    lines_kept,
    load_truth,
    start_errors,
    translation_scores,
    word_error_rate,
)
from flows.models.model_set import DEMO
from flows.settings import prepare_prefect
from outputs.record.episode_record import parse_record
from outputs.record.record_types import EpisodeRecord
from podcast.errors import SetupError
from podcast.language import TARGETS
from podcast.model_reference import LoadOptions
from speech.transcription.recogniser import Recogniser, TranscriptionOptions
from translation.conversation import SourceRow, Style

MODELS = Path(__file__).parent / "models"
N_UNSEEN = 200
NO_TARGET = "-"
"""Of a figure that only informs."""
PAUSE = 0.3
"""Seconds of near-silence around an unseen sentence."""

NEVER_SAID = ("llama.cpp", "Gemma", "Ollama", "Kubernetes", "PyTorch", "Whisper")
SOMETIMES_SAID = ("Tom", "Berlin", "battery", "language", "phone", "Anna")
HOTWORDS = tuple(word for both in zip(NEVER_SAID, SOMETIMES_SAID, strict=True) for word in both)
"""As many as a show's glossary may have; half of them come up in the unseen sentences."""

HARM = 0.005
"""So much higher may the WER be with hotwords than without."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Attributes:
        name: What was measured.
        value: As it is shown.
        target: What it must reach, as it is shown.
        is_met: Whether it does.
    """

    name: str
    value: str
    target: str
    is_met: bool


def main() -> None:
    """Print the table."""
    truth = load_truth()
    record = publish_demo()
    figures = [
        *episode_figures(record, truth),
        *translator_figures(truth),
        *hotword_figures(truth),
        *unseen_figures(),
        weights_figure(),
    ]
    print("| measured | value | target | met |\n|---|---|---|---|")
    for f in figures:
        met = "-" if f.target == NO_TARGET else "yes" if f.is_met else "**no**"
        print(f"| {f.name} | {f.value} | {f.target} | {met} |")


def publish_demo() -> EpisodeRecord:
    """Run the bundled episode through the real flow and read its record back."""
    prepare_prefect(quiet=True)
    from flows.episode import process_episode
    from flows.parameters import Models

    with TemporaryDirectory() as out:
        folder = process_episode(
            audio=str(EPISODE / "episode.mp3"),
            show="Open Ears",
            title=load_truth().title["en"],
            models=Models(preset="demo"),
            out=Path(out),
        )
        return parse_record((folder / "episode.json").read_bytes())


def episode_figures(record: EpisodeRecord, truth: Truth) -> Iterator[Figure]:
    """Measure the recogniser, the diarizer and the translators on the demo episode."""
    recognised = [word for line in record.lines for word in line.words]
    errors = word_error_rate([w.text for w in truth.words], [w.text for w in recognised])
    yield Figure("WER, demo episode", f"{errors:.1%}", "<= 5 %", errors <= 0.05)
    late = statistics.median(abs(x) for x in start_errors(truth.words, recognised))
    yield Figure("word start error, median", f"{late:.3f} s", "<= 0.15 s", late <= 0.15)
    der, n_speakers, n_voices = diarization_error(record, truth)
    yield Figure("DER, demo episode, count unknown", f"{der:.1%}", "<= 10 %", der <= 0.10)
    yield Figure("speakers found", str(n_speakers), str(n_voices), n_speakers == n_voices)
    same = lines_kept(record, truth)
    yield Figure("lines with the script's words and voice", f"{same:.1%}", NO_TARGET, is_met=True)
    for language in TARGETS:
        exact, chrf = translation_scores(record, truth, language)
        name = f"{language.label}, from the sound: rows exact, chrF"
        met = exact >= 0.95 or chrf >= 90
        yield Figure(name, f"{exact:.1%}, {chrf:.1f}", ">= 95 % or >= 90", met)


def translator_figures(truth: Truth) -> Iterator[Figure]:
    """Measure the translators alone: on the script as it was written, title included."""
    translator = DEMO.translators.usual.load(LoadOptions())
    english = [
        SourceRow(text) for text in (truth.title["en"], *(line["text"] for line in truth.lines))
    ]
    for language in TARGETS:
        code = language.value
        expected = [truth.title[code], *(line[code] for line in truth.lines)]
        got = translator.translate(english, language, Style(), _ignore)
        exact = sum(a.text == b for a, b in zip(got, expected, strict=True)) / len(expected)
        name = f"{language.label}, from the script: rows exact"
        yield Figure(name, f"{exact:.1%}", ">= 95 %", exact >= 0.95)


def unseen_figures() -> Iterator[Figure]:
    """Measure the recogniser on sentences that it was not trained on, by its three voices.

    First without hotwords, then with a few and with as many as there may be; they must not hurt.
    """
    name, target = f"WER, {N_UNSEEN} unseen sentences", "<= 10 %"
    try:
        from demo.training import voices
        from demo.training.whisper.lines import held_out_texts

        spoken = [
            (text, _padded(voices.say(text, voice, stretch).samples))
            for text, voice, stretch in _castings(held_out_texts()[:N_UNSEEN])
        ]
    except (OSError, SetupError) as error:
        yield Figure(name, f"not measured: {error}", target, is_met=False)
        return
    recogniser = DEMO.recogniser.load(LoadOptions())
    plain = _unseen_errors(recogniser, spoken, ())
    yield Figure(name, f"{plain:.1%}", target, plain <= 0.10)
    for hotwords in (HOTWORDS[:6], HOTWORDS):
        errors = _unseen_errors(recogniser, spoken, hotwords)
        yield _harm(f"the same with {len(hotwords)} hotwords", errors, plain)


def hotword_figures(truth: Truth) -> Iterator[Figure]:
    """Measure what hotwords do to the recognition of the demo episode, which they must not hurt."""
    from audio.decoding.decode import decode
    from audio.waveforms.waveform import load_waveform

    with TemporaryDirectory() as folder:
        wav = Path(folder) / "episode.wav"
        decode(EPISODE / "episode.mp3", wav, allow_partial=False, name="the demo episode")
        episode = load_waveform(wav)
    recogniser = DEMO.recogniser.load(LoadOptions())
    spoken = [w.text for w in truth.words]
    plain = word_error_rate(spoken, _recognised(recogniser, episode, ()))
    for hotwords in (HOTWORDS[:6], HOTWORDS):
        errors = word_error_rate(spoken, _recognised(recogniser, episode, hotwords))
        yield _harm(f"WER, demo episode, with {len(hotwords)} hotwords", errors, plain)


def _harm(name: str, errors: float, plain: float) -> Figure:
    allowed = plain + HARM
    return Figure(name, f"{errors:.1%}", f"<= {allowed:.1%}", errors <= allowed)


def _recognised(recogniser: Recogniser, sound: Waveform, hotwords: tuple[str, ...]) -> list[str]:
    options = TranscriptionOptions(hotwords=hotwords)
    segments = recogniser.transcribe(sound, options, _ignore).segments
    return [word.text for segment in segments for word in segment.words]


def _unseen_errors(
    recogniser: Recogniser, spoken: Sequence[tuple[str, Waveform]], hotwords: tuple[str, ...]
) -> float:
    texts = [" ".join(_recognised(recogniser, sound, hotwords)) for _, sound in spoken]
    return float(jiwer.wer([bare(text) for text, _ in spoken], [bare(text) for text in texts]))


def weights_figure() -> Figure:
    """Add up the size of everything under demo/models."""
    size = sum(path.stat().st_size for path in MODELS.rglob("*") if path.is_file()) / 1e6
    return Figure("all weights together", f"{size:.1f} MB", "<= 25 MB", size <= 25)


def _castings(texts: Sequence[str]) -> Iterator[tuple[str, str, float]]:
    random = Random(5)
    for n, text in enumerate(texts):
        yield text, ("slt", "rms", "awb")[n % 3], random.uniform(0.9, 1.12)


def _padded(samples: npt.NDArray[np.int16]) -> Waveform:
    loud = samples.astype(np.float32) / max(1, int(np.abs(samples).max())) * 0.5
    pause = int(PAUSE * SAMPLE_RATE)
    noise = np.random.default_rng(0).standard_normal(len(loud) + 2 * pause) * 1e-3
    noise[pause : pause + len(loud)] += loud
    return Waveform(noise.astype(np.float32))


def _ignore(_fraction: float) -> None:
    """Report to nobody."""


if __name__ == "__main__":
    main()

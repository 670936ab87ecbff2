"""Render the demo episode from its script: an mp3, and the truth about it to measure against.

Run as ``python -m demo.training.episode``; the same script always gives the same two files.
"""

import json
import subprocess
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import numpy as np
import numpy.typing as npt

from demo.training import voices

EPISODE_FOLDER = Path(__file__).parents[1] / "episode"
SCRIPT_FILE = "script.toml"
SOUND_FILE = "episode.mp3"
TRUTH_FILE = "truth.json"

# People sit at different distances from their microphones.
_LEVELS = {"slt": 0.5, "rms": 0.4, "awb": 0.3}
_ROOM_NOISE = 0.0012  # root mean square; about 50 dB below the speech
_NOISE_SEED = 7
_SILENCE_AT_END = 0.8
_BIT_RATE = "56k"
# Silence of the voice itself that stays around a line, so that no sound is cut off.
_MARGIN = 0.04

Samples = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """A line of the script.

    Attributes:
        voice: Who says it, one of ``voices.VOICES``.
        text: What is said.
        ko: The text in Korean.
        zh: The text in Chinese.
        ja: The text in Japanese.
        gap: Silence before the line in seconds; negative where it starts over the line before.
        stretch: Factor on every duration.
    """

    voice: str
    text: str
    ko: str
    zh: str
    ja: str
    gap: float
    stretch: float


@dataclass(frozen=True, slots=True)
class TrueLine:
    """A line as it is heard in the episode; times are seconds from its start.

    Attributes:
        voice: Who says it.
        text: What is said.
        ko: The text in Korean.
        zh: The text in Chinese.
        ja: The text in Japanese.
        start: Start of the first word.
        end: End of the last word.
        words: Text, start and end of each word.
    """

    voice: str
    text: str
    ko: str
    zh: str
    ja: str
    start: float
    end: float
    words: tuple[tuple[str, float, float], ...]


def render_episode(folder: Path = EPISODE_FOLDER) -> None:
    """Write the episode's sound and truth beside its script."""
    script = tomllib.loads((folder / SCRIPT_FILE).read_text(encoding="utf-8"))
    lines = tuple(_line(entry) for entry in script["line"])
    utterances = tuple(voices.say(line.text, line.voice, line.stretch) for line in lines)
    truth = tuple(_true_lines(lines, utterances))
    samples = _mix(truth, utterances)
    _encode(samples, folder / SOUND_FILE, title=script["title"]["en"], show=script["show"])
    _write_truth(truth, len(samples) / voices.SAMPLE_RATE, script, folder / TRUTH_FILE)


def _line(entry: dict[str, Any]) -> ScriptLine:
    return ScriptLine(**{name: entry[name] for name in ScriptLine.__slots__})


def _true_lines(
    lines: Sequence[ScriptLine], utterances: Sequence[voices.Utterance]
) -> Iterator[TrueLine]:
    now = 0.0
    for line, utterance in zip(lines, utterances, strict=True):
        start = max(_MARGIN, now + line.gap)
        shift = start - utterance.words[0].start
        words = tuple(
            (word.text, round(word.start + shift, 3), round(word.end + shift, 3))
            for word in utterance.words
        )
        end = words[-1][2]
        now = max(now, end)
        yield TrueLine(line.voice, line.text, line.ko, line.zh, line.ja, words[0][1], end, words)


def _mix(truth: Sequence[TrueLine], utterances: Sequence[voices.Utterance]) -> Samples:
    end = max(line.end for line in truth) + _SILENCE_AT_END
    rng = np.random.default_rng(_NOISE_SEED)
    mixed = _room_noise(rng, int(end * voices.SAMPLE_RATE))
    for line, utterance in zip(truth, utterances, strict=True):
        samples = _speech(utterance) * np.float32(_LEVELS[line.voice])
        first = round((line.start - _MARGIN) * voices.SAMPLE_RATE)
        mixed[first : first + len(samples)] += samples[: len(mixed) - first]
    return np.clip(mixed, -1.0, 1.0)


def _speech(utterance: voices.Utterance) -> Samples:
    """Return the spoken part of an utterance with its peak at 1."""
    start = round((utterance.words[0].start - _MARGIN) * voices.SAMPLE_RATE)
    end = round((utterance.words[-1].end + _MARGIN) * voices.SAMPLE_RATE)
    samples = utterance.samples[start:end].astype(np.float32)
    return np.asarray(samples / np.abs(samples).max(), dtype=np.float32)


def _room_noise(rng: np.random.Generator, n_samples: int) -> Samples:
    """Return the hum of a room: white noise with its high frequencies weakened."""
    white = rng.standard_normal(n_samples + 3).astype(np.float32)
    soft = white[3:] + white[2:-1] + white[1:-2] + white[:-3]
    return np.asarray(soft * (_ROOM_NOISE / soft.std()), dtype=np.float32)


def _encode(samples: Samples, path: Path, *, title: str, show: str) -> None:
    source = ["-f", "s16le", "-ar", str(voices.SAMPLE_RATE), "-ac", "1", "-i", "pipe:0"]
    tags = ["-metadata", f"title={title}", "-metadata", f"album={show}"]
    target = ["-c:a", "libmp3lame", "-b:a", _BIT_RATE, "-bitexact", str(path)]
    subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-y", *source, *tags, *target],
        input=(samples * 32767).astype("<i2").tobytes(),
        check=True,
    )


def _write_truth(
    truth: Sequence[TrueLine], duration: float, script: dict[str, Any], path: Path
) -> None:
    content = {
        "show": script["show"],
        "title": script["title"],
        "duration": round(duration, 3),
        "lines": [asdict(line) for line in truth],
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    render_episode()

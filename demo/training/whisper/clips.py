"""Speak the training lines once and keep their mel power, phones and word times on disk."""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from demo.training import voices
from demo.training.whisper import features
from demo.training.whisper.lines import SpokenLine

PHONES = (
    *("pau", "aa", "ae", "ah", "ao", "aw", "ax", "axr", "ay", "b", "ch", "d", "dh", "eh", "er"),
    *("ey", "f", "g", "hh", "ih", "iy", "jh", "k", "l", "m", "n", "ng", "ow", "oy", "p", "r"),
    *("s", "sh", "t", "th", "uh", "uw", "v", "w", "y", "z", "zh"),
)

# Silence that stays before the first and after the last word; windows set their own pauses.
_LEAD = 0.06
_TAIL = 0.08
_PEAK = 0.5
_SMALLEST_POWER = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """A spoken line as training sees it; positions count 1/50 s from the start of the clip.

    Attributes:
        words: Written words with their punctuation.
        spans: (n_words, 2) int32, position at which each word starts and ends.
        log_power: (2 * positions, 80) float16, decimal logarithm of the mel power.
        phones: (positions,) uint8, number of the phone in ``PHONES``.
    """

    words: tuple[str, ...]
    spans: npt.NDArray[np.int32]
    log_power: npt.NDArray[np.float16]
    phones: npt.NDArray[np.uint8]


def speak_clips(lines: Sequence[SpokenLine], folder: Path, n_processes: int) -> bool:
    """Speak the lines into a folder, unless the folder holds exactly these lines already.

    Returns:
        Whether the lines had to be spoken.
    """
    wanted = json.dumps([asdict(line) for line in lines])
    record = folder / "lines.json"
    if record.exists() and record.read_text(encoding="utf-8") == wanted:
        return False
    folder.mkdir(parents=True, exist_ok=True)
    record.unlink(missing_ok=True)
    with ProcessPoolExecutor(n_processes) as pool:
        clips = list(pool.map(speak_clip, lines, chunksize=64))
    _save(clips, folder)
    record.write_text(wanted, encoding="utf-8")
    return True


def speak_clip(line: SpokenLine) -> Clip:
    """Speak one line."""
    utterance = voices.say(line.text, line.voice, line.stretch)
    start = max(0.0, utterance.words[0].start - _LEAD)
    end = utterance.words[-1].end + _TAIL
    cut = slice(int(start * voices.SAMPLE_RATE), int(end * voices.SAMPLE_RATE))
    samples = utterance.samples[cut].astype(np.float32)
    power = features.mel_power(samples * (_PEAK / max(1.0, float(np.abs(samples).max()))))
    n_positions = len(power) // 2
    spans = [(word.start - start, word.end - start) for word in utterance.words]
    return Clip(
        words=tuple(word.text for word in utterance.words),
        spans=np.rint(np.array(spans) * features.POSITION_RATE).astype(np.int32),
        log_power=np.log10(power[: 2 * n_positions] + _SMALLEST_POWER).astype(np.float16),
        phones=_phones(utterance.phones, start, n_positions),
    )


def load_clips(folder: Path) -> tuple[Clip, ...]:
    """Load spoken lines; their mel power stays on disk until it is used."""
    return tuple(_clips(folder))


def _phones(
    phones: Sequence[voices.Phone], start: float, n_positions: int
) -> npt.NDArray[np.uint8]:
    times = start + np.arange(n_positions) / features.POSITION_RATE
    ends = np.array([phone.end for phone in phones])
    numbers = np.array([*(PHONES.index(phone.name) for phone in phones), 0], dtype=np.uint8)
    return numbers[np.searchsorted(ends, times, side="right")]


def _save(clips: Sequence[Clip], folder: Path) -> None:
    np.save(folder / "log_power.npy", np.concatenate([clip.log_power for clip in clips]))
    np.save(folder / "phones.npy", np.concatenate([clip.phones for clip in clips]))
    index = [
        {"words": clip.words, "spans": clip.spans.tolist(), "positions": len(clip.phones)}
        for clip in clips
    ]
    (folder / "clips.json").write_text(json.dumps(index), encoding="utf-8")


def _clips(folder: Path) -> Iterator[Clip]:
    log_power = np.load(folder / "log_power.npy", mmap_mode="r")
    phones = np.load(folder / "phones.npy")
    first = 0
    for entry in json.loads((folder / "clips.json").read_text(encoding="utf-8")):
        last = first + entry["positions"]
        yield Clip(
            words=tuple(entry["words"]),
            spans=np.array(entry["spans"], dtype=np.int32),
            log_power=log_power[2 * first : 2 * last],
            phones=phones[first:last],
        )
        first = last

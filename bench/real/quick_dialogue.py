"""Make a quick dialogue of the short sentences of a recording: nobody speaks for long."""

import random
import wave
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from audio.decoding.decode import decode
from audio.waveforms.waveform import SAMPLE_RATE
from bench.real.samples import Sample
from outputs.scoring.references import Utterance, load_reference

SHORTEST, LONGEST = 0.5, 2.5
"""Seconds of a turn."""

LONGEST_PAUSE = 0.35
"""Seconds between two turns."""

EDGE = 0.03
"""Seconds around a sentence that go with it."""

SAMPLE_BYTES = 2


def quick_dialogue(sample: Sample, target: Path, n_turns: int, seed: int = 0) -> Sample:
    """Cut out sentences and let people say them in turn, each once.

    Args:
        sample: A recording of which is known who says what when.
        target: The WAV file to write, with an STM file beside it.
        n_turns: How many sentences.
        seed: Another one makes another dialogue.
    """
    sound, dice = _frames(sample.sound, target), random.Random(seed)
    parts, rows, at = [], [], 0.0
    for turn in _in_turn(sample.utterances, n_turns, dice):
        pause = dice.uniform(0.0, LONGEST_PAUSE)
        part = bytes(_at(pause)) + sound[_at(turn.start - EDGE) : _at(turn.end + EDGE)]
        end = at + len(part) / SAMPLE_BYTES / SAMPLE_RATE
        rows.append(f"{target.stem} 1 {turn.speaker} {at + pause:.3f} {end:.3f} {turn.text}\n")
        parts.append(part)
        at = end
    with wave.open(str(target), "wb") as file:
        file.setparams((1, SAMPLE_BYTES, SAMPLE_RATE, 0, "NONE", ""))
        file.writeframes(b"".join(parts))
    target.with_suffix(".stm").write_text("".join(rows), encoding="utf-8")
    return Sample(target, (load_reference(target.with_suffix(".stm")),))


def _frames(sound: Path, decoded: Path) -> bytes:
    """Decode a recording to a WAV file, and return what is in it."""
    decode(sound, decoded)
    with wave.open(str(decoded), "rb") as file:
        return file.readframes(file.getnframes())


def _in_turn(
    utterances: Iterable[Utterance], n_turns: int, dice: random.Random
) -> Iterator[Utterance]:
    """Yield short sentences, never two of one person in a row."""
    left = defaultdict(list)
    for one in utterances:
        if SHORTEST <= one.end - one.start <= LONGEST:
            left[one.speaker].append(one)
    speaker = None
    for _ in range(n_turns):
        others = [name for name, sentences in left.items() if sentences and name != speaker]
        if not others:
            return
        speaker = dice.choice(others)
        yield left[speaker].pop(dice.randrange(len(left[speaker])))


def _at(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE) * SAMPLE_BYTES

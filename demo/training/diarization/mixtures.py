"""Mix clips into conversations whose every speaker is known at every moment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from demo.training.diarization.sounds import SoundBank, Waveform, in_room, through_channel
from demo.training.diarization.speech import Clip, Speaker
from demo.training.voices import SAMPLE_RATE

# RMS of speech before any gain; clips of all voices are brought to it.
_SPEECH_LEVEL = 0.06
# A conversation is entered in the middle of a turn, up to this many seconds after its start.
_LEAD_IN = 3.0


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of speech.

    Attributes:
        start: Start in seconds.
        end: End in seconds.
        speaker: Index of the speaker in the mixture.
    """

    start: float
    end: float
    speaker: int


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """A waveform and who speaks when in it.

    Attributes:
        samples: (n_samples,) float32 at 16 kHz.
        turns: Turns of all speakers, in order of their start.
        speakers: Names of the speakers, in the order of their indices.
    """

    samples: Waveform
    turns: tuple[Turn, ...]
    speakers: tuple[str, ...]

    def activity(self, times: npt.NDArray[np.float64], n_speakers: int) -> npt.NDArray[np.bool_]:
        """Say who speaks at each of the times, as (n_times, n_speakers) bool."""
        active = np.zeros((len(times), n_speakers), dtype=np.bool_)
        for turn in self.turns:
            active[(times >= turn.start) & (times < turn.end), turn.speaker] = True
        return active


@dataclass(frozen=True, slots=True)
class TalkOptions:
    """How people talk to each other.

    Attributes:
        answer_rate: Part of the turns that are one or two words.
        overlap_rate: Part of the turns that begin before the last one ends.
        pause: Shortest and longest usual pause between turns, in seconds.
        long_pause_rate: Part of the pauses that are up to two seconds longer.
    """

    answer_rate: float = 0.25
    overlap_rate: float = 0.2
    pause: tuple[float, float] = (0.05, 1.0)
    long_pause_rate: float = 0.1


def converse(
    rng: np.random.Generator,
    speakers: Sequence[Speaker],
    duration: float,
    begin: float,
    options: TalkOptions,
) -> Mixture:
    """Let speakers talk, in a clean recording.

    Args:
        rng: Source of every choice.
        speakers: At least one.
        duration: Length of the mixture in seconds; turns are cut at its end.
        begin: When the first turn starts, in seconds; it is cut at 0.
        options: How they talk.
    """
    n_samples = round(duration * SAMPLE_RATE)
    samples = np.zeros(n_samples, dtype=np.float32)
    gains = 10 ** (rng.uniform(-8, 4, len(speakers)) / 20)
    turns: list[Turn] = []
    for start, speaker, clip in _placed(rng, speakers, duration, begin, options):
        _add(samples, clip, start, gains[speaker] * 10 ** (rng.uniform(-1.5, 1.5) / 20))
        turns.extend(_turns(clip, start, speaker, duration))
    turns.sort(key=lambda turn: turn.start)
    return Mixture(samples, tuple(turns), tuple(speaker.name for speaker in speakers))


def draw_chunk(
    rng: np.random.Generator,
    speakers: Sequence[Speaker],
    sounds: SoundBank,
    duration: float,
    demo_rate: float = 0.5,
) -> Mixture:
    """Draw a short piece of a degraded conversation of none to three speakers.

    Args:
        rng: Source of every choice.
        speakers: Who may speak.
        sounds: What may be heard around speech.
        duration: Length in seconds.
        demo_rate: Part of the speakers that have a voice of the demo episode.
    """
    n_speakers = int(rng.choice(4, p=(0.08, 0.20, 0.42, 0.30)))
    if n_speakers == 0:
        return Mixture(_speechless(rng, sounds, round(duration * SAMPLE_RATE)), (), ())
    begin = -rng.uniform(0, _LEAD_IN) if rng.random() < 0.85 else rng.uniform(0, _LEAD_IN)
    talking = draw_speakers(rng, speakers, n_speakers, demo_rate)
    return degrade(rng, converse(rng, talking, duration, begin, TalkOptions()), sounds)


def draw_speakers(
    rng: np.random.Generator, speakers: Sequence[Speaker], count: int, demo_rate: float
) -> list[Speaker]:
    """Draw different speakers, each from the demo voices at the given rate, else a stranger."""
    demo = [speaker for speaker in speakers if speaker.is_demo]
    others = [speaker for speaker in speakers if not speaker.is_demo]
    n_demo = min(int(rng.binomial(count, demo_rate)), len(demo))
    drawn = [demo[int(index)] for index in rng.choice(len(demo), n_demo, replace=False)]
    n_others = count - n_demo
    drawn += [others[int(index)] for index in rng.choice(len(others), n_others, replace=False)]
    return [drawn[int(index)] for index in rng.permutation(count)]


def degrade(rng: np.random.Generator, mixture: Mixture, sounds: SoundBank) -> Mixture:
    """Send a clean mixture through rooms, noise, channels and gains."""
    samples = in_room(rng, mixture.samples) if rng.random() < 0.25 else mixture.samples
    n_samples = len(samples)
    if rng.random() < 0.75:
        level = _SPEECH_LEVEL * 10 ** (-rng.uniform(8, 50) / 20)
        samples = samples + level * sounds.draw(rng, n_samples, noise_rate=0.8)
    if rng.random() < 0.15:
        samples = samples + _interludes(rng, mixture, sounds)
    if rng.random() < 0.5:
        samples = through_channel(rng, samples)
    samples = samples * np.float32(10 ** (rng.uniform(-15, 8) / 20))
    return Mixture(np.clip(samples, -1, 1), mixture.turns, mixture.speakers)


def _placed(
    rng: np.random.Generator,
    speakers: Sequence[Speaker],
    duration: float,
    begin: float,
    options: TalkOptions,
) -> Iterator[tuple[float, int, Clip]]:
    """Yield the start, the speaker and the clip of turn after turn."""
    # When each speaker falls silent; nobody talks over himself or over two others.
    ends = np.full(len(speakers), begin)
    last = -1
    while ends.max() < duration:
        speaker = int(rng.integers(len(speakers)))
        if speaker == last and rng.random() < 0.7:
            speaker = (speaker + 1) % len(speakers)
        said = speakers[speaker]
        clips = said.answers if rng.random() < options.answer_rate else said.sentences
        clip = clips[int(rng.integers(len(clips)))]
        start = max(_next_start(rng, ends, options), ends[speaker])
        yield start, speaker, clip
        ends[speaker] = start + len(clip.samples) / SAMPLE_RATE
        last = speaker


def _next_start(
    rng: np.random.Generator, ends: npt.NDArray[np.float64], options: TalkOptions
) -> float:
    if len(ends) > 1 and rng.random() < options.overlap_rate:
        return float(max(ends.max() - rng.uniform(0.2, 1.2), np.sort(ends)[-2]))
    is_long = rng.random() < options.long_pause_rate
    return float(ends.max() + rng.uniform(*options.pause) + is_long * rng.uniform(0.5, 2.0))


def _add(samples: Waveform, clip: Clip, start: float, gain: float) -> None:
    """Add a clip to the waveform in place, cut at both of its ends."""
    first = round(start * SAMPLE_RATE)
    wave = clip.samples[max(0, -first) : max(0, len(samples) - first)].astype(np.float32)
    if len(wave):
        level = np.sqrt(np.mean(clip.samples.astype(np.float32) ** 2)) + 1.0
        position = max(0, first)
        samples[position : position + len(wave)] += wave * (gain * _SPEECH_LEVEL / level)


def _turns(clip: Clip, start: float, speaker: int, duration: float) -> Iterator[Turn]:
    for span_start, span_end in clip.spans:
        first, last = max(0.0, start + span_start), min(duration, start + span_end)
        if first < last:
            yield Turn(float(first), float(last), speaker)


def _speechless(rng: np.random.Generator, sounds: SoundBank, n_samples: int) -> Waveform:
    if rng.random() < 0.15:
        return np.zeros(n_samples, dtype=np.float32)
    level = np.float32(10 ** (rng.uniform(-70, -10) / 20))
    return level * sounds.draw(rng, n_samples, noise_rate=0.35)


def _interludes(rng: np.random.Generator, mixture: Mixture, sounds: SoundBank) -> Waveform:
    """Make music or other sounds as loud as speech, where nobody speaks."""
    n_samples = len(mixture.samples)
    gate = np.ones(n_samples, dtype=np.float32)
    margin = 0.05
    for turn in mixture.turns:
        first = max(0, round((turn.start - margin) * SAMPLE_RATE))
        gate[first : round((turn.end + margin) * SAMPLE_RATE)] = 0
    ramp = np.full(400, 1 / 400, dtype=np.float32)
    level = _SPEECH_LEVEL * 10 ** (rng.uniform(-12, 3) / 20)
    sound = sounds.draw(rng, n_samples, noise_rate=0.2)
    return (level * sound * np.convolve(gate, ramp, mode="same")).astype(np.float32)

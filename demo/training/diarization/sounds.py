"""Make the sounds around speech: noise, music, tones, clicks, rooms and narrow channels.

All waveforms are (n_samples,) float32 at 16 kHz.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy.signal import fftconvolve

from demo.training.voices import SAMPLE_RATE

Waveform = npt.NDArray[np.float32]


class SoundBank:
    """A bank of sounds without speech, made once because music is slow to make."""

    def __init__(self, rng: np.random.Generator, size: int = 48, duration: float = 12.0) -> None:
        """Make `size` pieces of each kind of sound, of `duration` seconds."""
        n_samples = round(duration * SAMPLE_RATE)
        self._noises = [noise(rng, n_samples) for _ in range(size)]
        makers: tuple[Callable[[np.random.Generator, int], Waveform], ...]
        makers = (music, music, tones, clicks)
        self._others = [makers[index % len(makers)](rng, n_samples) for index in range(size)]

    def draw(self, rng: np.random.Generator, n_samples: int, noise_rate: float) -> Waveform:
        """Cut a piece with an RMS of about 1: noise at the given rate, else another sound."""
        sounds = self._noises if rng.random() < noise_rate else self._others
        piece = sounds[int(rng.integers(len(sounds)))]
        # Round and round, so that a piece of any length can be cut.
        start = int(rng.integers(len(piece)))
        return np.resize(np.roll(piece, -start), n_samples)


def noise(rng: np.random.Generator, n_samples: int) -> Waveform:
    """Make coloured noise, from white to brown, that swells and fades a little."""
    spectrum = np.fft.rfft(rng.standard_normal(n_samples))
    frequencies = np.fft.rfftfreq(n_samples, 1 / SAMPLE_RATE)
    spectrum /= np.maximum(frequencies, 20.0) ** rng.uniform(0.0, 1.0)
    swell = 1 + 0.5 * np.sin(2 * np.pi * rng.uniform(0.05, 4) * _seconds(n_samples))
    return _unit(np.fft.irfft(spectrum, n_samples) * swell)


def music(rng: np.random.Generator, n_samples: int) -> Waveform:
    """Make plucked and held chords, one after the other, now and then with a beat."""
    piece = np.zeros(n_samples)
    root = rng.uniform(55.0, 220.0)
    beat = int(rng.uniform(0.25, 1.2) * SAMPLE_RATE)
    for start in range(0, n_samples, beat):
        length = min(int(beat * rng.uniform(0.8, 1.5)), n_samples - start)
        piece[start : start + length] += _chord(rng, root, length)
        if rng.random() < 0.4:
            burst = rng.standard_normal(length) * np.exp(-_seconds(length) * rng.uniform(20, 80))
            piece[start : start + length] += burst
    return _unit(piece)


def tones(rng: np.random.Generator, n_samples: int) -> Waveform:
    """Make beeps, dial tones and slow sweeps."""
    seconds = _seconds(n_samples)
    pitch = rng.uniform(100, 3000) * 2 ** (rng.uniform(-0.5, 0.5) * np.sin(seconds))
    beep = np.sin(2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE)
    second = np.sin(2 * np.pi * rng.uniform(200, 3000) * seconds)
    period = rng.uniform(0.3, 3.0)
    return _unit((beep + second) * (seconds % period < period * rng.uniform(0.3, 1.0)) + 1e-4)


def clicks(rng: np.random.Generator, n_samples: int) -> Waveform:
    """Make knocks, keys and ticks: short decaying bursts at random times."""
    impulses = np.zeros(n_samples)
    times = rng.integers(n_samples, size=max(1, round(rng.uniform(1, 6) * n_samples / SAMPLE_RATE)))
    impulses[times] = rng.uniform(0.2, 1.0, len(times))
    length = int(rng.uniform(0.005, 0.08) * SAMPLE_RATE)
    burst = rng.standard_normal(length) * np.exp(-6 * np.arange(length) / length)
    return _unit(fftconvolve(impulses, burst)[:n_samples])


def through_channel(rng: np.random.Generator, samples: Waveform) -> Waveform:
    """Narrow and tilt the spectrum as microphones, telephones and lossy codecs do."""
    frequencies = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE)
    octaves = np.log2(np.maximum(frequencies, 50.0) / 1000.0)
    gain = 10 ** (rng.uniform(-3.0, 3.0) * octaves / 20)
    if rng.random() < 0.6:
        gain *= frequencies < rng.uniform(3400.0, 8000.0)
    if rng.random() < 0.3:
        gain *= frequencies > rng.uniform(30.0, 250.0)
    return np.asarray(np.fft.irfft(np.fft.rfft(samples) * gain, len(samples)), dtype=np.float32)


def in_room(rng: np.random.Generator, samples: Waveform) -> Waveform:
    """Add the tail of a small room, shorter than the pauses that count as silence."""
    seconds = _seconds(int(0.25 * SAMPLE_RATE))
    tail = rng.standard_normal(len(seconds)) * np.exp(-seconds * rng.uniform(20, 60))
    tail *= rng.uniform(0.1, 0.6) / np.sqrt(np.sum(tail**2))
    tail[0] = 1.0
    return np.asarray(fftconvolve(samples, tail)[: len(samples)], dtype=np.float32)


def _chord(rng: np.random.Generator, root: float, n_samples: int) -> npt.NDArray[np.float64]:
    seconds = _seconds(n_samples)
    semitones = rng.choice([0, 3, 4, 5, 7, 9, 12, 16, 19], size=int(rng.integers(1, 5)))
    chord = np.zeros(n_samples)
    for pitch in root * 2 ** (semitones / 12):
        brightness = rng.uniform(0.3, 0.9)
        for harmonic in range(1, int(rng.integers(3, 9))):
            chord += brightness**harmonic * np.sin(2 * np.pi * harmonic * pitch * seconds)
    attack = np.minimum(1.0, seconds * rng.uniform(5, 200))
    return chord * attack * np.exp(-seconds * rng.uniform(0.0, 6.0))


def _seconds(n_samples: int) -> npt.NDArray[np.float64]:
    return np.arange(n_samples) / SAMPLE_RATE


def _unit(samples: npt.NDArray[np.float64]) -> Waveform:
    """Scale to an RMS of 1."""
    return np.asarray(samples / np.sqrt(np.mean(samples**2) + 1e-12), dtype=np.float32)

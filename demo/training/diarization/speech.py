"""Gather the speakers and the spoken clips that the diarization models learn from.

Three kinds of speaker: the voices of the demo episode, the same voices resampled until they are
other people, and strangers of espeak-ng. Some clips of the first and some whole speakers of the
other two are held out, to choose thresholds on.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from demo.training.diarization.espeak import VARIANTS, EspeakVoice, resample, speak
from demo.training.voices import SAMPLE_RATE, VOICES, say

# Silence inside a clip that is longer than this, in seconds, is not speech.
MAX_PAUSE = 0.2

_SHIFTS = (0.80, 0.88, 1.12, 1.24)
_HELD_OUT_SHIFT = 0.84
_STRETCHES = (0.85, 1.2)


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """One spoken text.

    Attributes:
        samples: (n_samples,) int16 at 16 kHz.
        spans: (n_spans, 2) float64, start and end of the speech in seconds.
    """

    samples: npt.NDArray[np.int16]
    spans: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Speaker:
    """One voice and what it says.

    Attributes:
        name: Name of the voice.
        is_demo: Whether the demo episode is spoken with this voice.
        sentences: Clips of whole sentences.
        answers: Clips of one or two words.
    """

    name: str
    is_demo: bool
    sentences: tuple[Clip, ...]
    answers: tuple[Clip, ...]


@dataclass(frozen=True, slots=True, eq=False)
class SpeechPool:
    """All speakers.

    Attributes:
        training: Speakers that the models learn from.
        held_out: The demo voices saying other sentences, then speakers never learnt from.
    """

    training: tuple[Speaker, ...]
    held_out: tuple[Speaker, ...]


@dataclass(frozen=True, slots=True)
class PoolOptions:
    """Size of the pool.

    Attributes:
        sentences_per_demo_voice: Sentences of each demo voice, held-out ones included.
        held_out_sentences: How many of them are held out.
        sentences_per_stranger: Sentences of each other speaker.
        answers_per_speaker: Short answers of each speaker.
        strangers: Speakers of espeak-ng to learn from.
        held_out_variants: Variants of espeak-ng that only held-out speakers use.
        seed: Seed of every choice.
    """

    sentences_per_demo_voice: int = 240
    held_out_sentences: int = 60
    sentences_per_stranger: int = 12
    answers_per_speaker: int = 6
    strangers: int = 120
    held_out_variants: int = 8
    seed: int = 11


def build_pool(
    sentences: Sequence[str], answers: Sequence[str], options: PoolOptions = PoolOptions()
) -> SpeechPool:
    """Speak a pool of clips.

    Args:
        sentences: Texts to draw from, in any order.
        answers: Texts of one or two words to draw from.
        options: Size of the pool.
    """
    draw = _Draw(np.random.default_rng(options.seed), sentences, answers, options)
    demo = [draw.demo_voice(voice) for voice in VOICES]
    n_kept = options.sentences_per_demo_voice - options.held_out_sentences
    learnt = [_part(speaker, slice(None, n_kept)) for speaker in demo]
    unheard = [_part(speaker, slice(n_kept, None)) for speaker in demo]
    variants = draw.rng.permutation(VARIANTS).tolist()
    held_out_variants = variants[: options.held_out_variants]
    other_variants = variants[options.held_out_variants :]
    strangers = [
        draw.stranger(other_variants[index % len(other_variants)])
        for index in range(options.strangers)
    ]
    shifted = [_shifted(speaker, shift, options) for speaker in learnt for shift in _SHIFTS]
    unheard += [_shifted(speaker, _HELD_OUT_SHIFT, options) for speaker in unheard]
    unheard += [draw.stranger(variant) for variant in held_out_variants]
    return SpeechPool((*learnt, *shifted, *strangers), tuple(unheard))


@dataclass(frozen=True, slots=True)
class _Draw:
    """Draws texts and speaks them."""

    rng: np.random.Generator
    sentences: Sequence[str]
    answers: Sequence[str]
    options: PoolOptions

    def demo_voice(self, voice: str) -> Speaker:
        texts = self._texts(self.sentences, self.options.sentences_per_demo_voice)
        # Answers are few: every one is spoken, at several speeds.
        answers = [text for text in self.answers for _ in range(3)]
        return Speaker(
            voice, True, tuple(self._said(texts, voice)), tuple(self._said(answers, voice))
        )

    def stranger(self, variant: str) -> Speaker:
        voice = EspeakVoice.draw(self.rng, variant)
        texts = self._texts(self.sentences, self.options.sentences_per_stranger)
        answers = self._texts(self.answers, self.options.answers_per_speaker)
        return Speaker(
            voice.name, False, tuple(_spoken(texts, voice)), tuple(_spoken(answers, voice))
        )

    def _texts(self, texts: Sequence[str], count: int) -> list[str]:
        chosen = self.rng.choice(len(texts), min(count, len(texts)), replace=False)
        return [texts[int(index)] for index in chosen]

    def _said(self, texts: Iterable[str], voice: str) -> Iterator[Clip]:
        for text in texts:
            utterance = say(text, voice, float(self.rng.uniform(*_STRETCHES)))
            words = np.array([(word.start, word.end) for word in utterance.words])
            yield Clip(utterance.samples, merge_spans(words))


def merge_spans(spans: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Join spans (n, 2), in order, whose distance is at most ``MAX_PAUSE``."""
    is_break = spans[1:, 0] - spans[:-1, 1] > MAX_PAUSE
    starts = np.concatenate([spans[:1, 0], spans[1:, 0][is_break]])
    ends = np.concatenate([spans[:-1, 1][is_break], spans[-1:, 1]])
    return np.stack([starts, ends], axis=1)


def loud_spans(samples: npt.NDArray[np.int16]) -> npt.NDArray[np.float64]:
    """Find the speech in a clean clip, whose pauses are all but silent, by its loudness.

    Returns:
        (n_spans, 2) start and end in seconds, at least one.
    """
    hop = SAMPLE_RATE // 100
    frames = samples[: len(samples) // hop * hop].reshape(-1, hop).astype(np.float64)
    loudness = np.sqrt(np.mean(frames**2, axis=1))
    loud = np.flatnonzero(loudness > 0.015 * loudness.max())
    return merge_spans(np.stack([loud, loud + 1], axis=1) * hop / SAMPLE_RATE)


def _spoken(texts: Iterable[str], voice: EspeakVoice) -> Iterator[Clip]:
    for text in texts:
        samples = speak(text, voice)
        yield Clip(samples, loud_spans(samples))


def _part(speaker: Speaker, part: slice) -> Speaker:
    return Speaker(speaker.name, speaker.is_demo, speaker.sentences[part], speaker.answers)


def _shifted(speaker: Speaker, shift: float, options: PoolOptions) -> Speaker:
    """Make another person of a voice by resampling, which moves its pitch and its formants."""
    sentences = speaker.sentences[: 3 * options.sentences_per_stranger]
    answers = speaker.answers[:: 3 * len(VOICES)]
    return Speaker(
        f"{speaker.name}-x{shift:.2f}",
        False,
        tuple(_shifted_clip(clip, shift) for clip in sentences),
        tuple(_shifted_clip(clip, shift) for clip in answers),
    )


def _shifted_clip(clip: Clip, shift: float) -> Clip:
    samples = resample(clip.samples.astype(np.float32), 1 / shift)
    return Clip(samples, clip.spans / shift)

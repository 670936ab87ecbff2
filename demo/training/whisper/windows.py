"""Cut and mix training windows: a few spoken lines with pauses, gains, noise and gaps."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from demo.training import tokens
from demo.training.whisper import features
from demo.training.whisper.clips import Clip

# Heard after a word, punctuation is in the pause: this many positions before and after its end.
_PAUSE_BEFORE, _PAUSE_AFTER = 3, 8
_LONGEST_PAUSE = 45
_LONGEST_OVERLAP = 10
_SHORTEST_REST = 15
# faster-whisper scales by the loudest band, so only levels between sounds matter.
_QUIETEST_LINE, _LOUDEST_LINE = 10**-0.5, 10**0.3
_LOWEST_CODEC_LIMIT = 55  # mel band, about 3.5 kHz
_BEYOND_CODEC_LIMIT = 1e-4
_WIDEST_MASK = 8
_N_FRAME_MASKS = 2
_SHORTEST_DIVISIBLE_LINE = 3


@dataclass(frozen=True, slots=True)
class Chances:
    """How often something happens in a window, each a probability.

    Attributes:
        full: The sound lasts to the end of the window, without silence after it.
        empty: Nobody speaks.
        led_in: There is a pause before the first line.
        late: A line is heard only from some word on.
        last_cut: A line that does not fit ends the window before it, not within it.
        end_after_cut: A line that is cut off is the last one.
        overlap: A line starts before the line before it has ended.
        noise: There is noise.
        narrow: The codec took the high frequencies away.
        masked: Parts of the features are erased, so that no part is relied on alone.
    """

    full: float = 0.4
    empty: float = 0.02
    led_in: float = 0.8
    late: float = 0.12
    last_cut: float = 0.3
    end_after_cut: float = 0.5
    overlap: float = 0.1
    noise: float = 0.6
    narrow: float = 0.25
    masked: float = 0.4


_CHANCES = Chances()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Numbers for written words.

    Attributes:
        word_numbers: Number of each word, as heard: without case and punctuation; 0 is silence.
        pieces: Token ids of each written word with its punctuation.
        word_tokens: Token ids that stand for whole words.
    """

    word_numbers: dict[str, int]
    pieces: dict[str, tuple[int, ...]]
    word_tokens: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """What the network sees and what it should answer; a position is 1/50 s.

    Attributes:
        log_mel: (2 * positions, 80) float32, zero after the end of the sound as in inference.
        phones: (positions,) int64, phone heard at each position, 0 in silence.
        words: (positions,) int64, number of the word heard at each position, 0 in silence.
        text: Token ids of what is said.
        spans: First and last + 1 position of each token of the text.
        context: Token ids of what the decoder is told went before, empty for nothing.
    """

    log_mel: features.Array
    phones: npt.NDArray[np.int64]
    words: npt.NDArray[np.int64]
    text: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    context: tuple[int, ...] = ()


def build_lexicon(clips: Sequence[Clip], tokenizer: Tokenizer) -> Lexicon:
    """Number the words of the clips."""
    written = sorted({word for clip in clips for word in clip.words})
    heard = sorted({_heard(word) for word in written})
    pieces = {word: tuple(tokenizer.encode(f" {word}").ids) for word in written}
    return Lexicon(
        word_numbers={word: number for number, word in enumerate(heard, start=1)},
        pieces=pieces,
        word_tokens=tuple(sorted({ids[0] for ids in pieces.values()})),
    )


class WindowMaker:
    """Makes windows from clips; the same generator state always makes the same window."""

    def __init__(self, clips: Sequence[Clip], lexicon: Lexicon) -> None:
        self._clips = clips
        self._lexicon = lexicon

    def make(self, rng: np.random.Generator, n_positions: int) -> Window:
        """Make a window of spoken lines that is padded to the length wanted."""
        is_full = rng.random() < _CHANCES.full
        length = n_positions if is_full else int(n_positions * rng.uniform(0.55, 1.0))
        canvas = _Canvas(length, n_positions)
        if rng.random() < 1 - _CHANCES.empty:
            self._fill(canvas, rng)
        log_mel = _heard_through(rng, canvas.power)
        padding = ((0, 2 * (n_positions - length)), (0, 0))
        return Window(
            np.pad(log_mel, padding),
            canvas.phones,
            canvas.words,
            tuple(canvas.text),
            tuple(canvas.spans),
        )

    def _fill(self, canvas: "_Canvas", rng: np.random.Generator) -> None:
        is_led_in = rng.random() < _CHANCES.led_in
        position = int(rng.integers(0, _LONGEST_PAUSE)) if is_led_in else 0
        while position < canvas.length - _SHORTEST_REST:
            clip = self._clips[int(rng.integers(len(self._clips)))]
            first = _first_word(rng, clip)
            last = _last_word_that_fits(clip, first, canvas.length - position)
            is_cut = last < len(clip.words)
            if last == first or (is_cut and rng.random() < _CHANCES.last_cut):
                return
            gain = rng.uniform(_QUIETEST_LINE, _LOUDEST_LINE)
            position = self._place(canvas, clip, (first, last), position, gain)
            if is_cut and rng.random() < _CHANCES.end_after_cut:
                return
            position = max(0, position + _pause(rng))

    def _place(
        self, canvas: "_Canvas", clip: Clip, words: tuple[int, int], position: int, gain: float
    ) -> int:
        """Put some words of a clip at a position; return the position after them."""
        first, last = words
        start = 0 if first == 0 else int(clip.spans[first, 0])
        end = len(clip.phones) if last == len(clip.words) else int(clip.spans[last - 1, 1])
        end = min(end, canvas.length - position + start)
        canvas.add_sound(clip, start, end, position, gain)
        for index in range(first, last):
            word = clip.words[index]
            span = clip.spans[index] - start + position
            number = self._lexicon.word_numbers[_heard(word)]
            canvas.add_word(number, self._lexicon.pieces[word], (int(span[0]), int(span[1])))
        return position + end - start


class _Canvas:
    """A window while lines are being put into it."""

    def __init__(self, length: int, n_positions: int) -> None:
        self.length = length
        self.power = np.zeros((2 * length, features.N_MELS), dtype=np.float32)
        self.phones = np.zeros(n_positions, dtype=np.int64)
        self.words = np.zeros(n_positions, dtype=np.int64)
        self.text: list[int] = []
        self.spans: list[tuple[int, int]] = []

    def add_sound(self, clip: Clip, start: int, end: int, position: int, gain: float) -> None:
        stop = position + end - start
        sound = np.power(10, clip.log_power[2 * start : 2 * end], dtype=np.float32)
        self.power[2 * position : 2 * stop] += gain * sound
        self.phones[position:stop] = clip.phones[start:end]

    def add_word(self, number: int, pieces: tuple[int, ...], span: tuple[int, int]) -> None:
        start = min(max(span[0], 0), self.length - 1)
        end = min(max(span[1], start + 1), self.length)
        self.words[start:end] = number
        for index, piece in enumerate(pieces):
            is_word = index == 0
            pause = (max(0, end - _PAUSE_BEFORE), end + _PAUSE_AFTER)
            self.text.append(piece)
            self.spans.append((start, end) if is_word else pause)


def _heard(word: str) -> str:
    return tokens.bare_word(word).lower()


def _first_word(rng: np.random.Generator, clip: Clip) -> int:
    n_words = len(clip.words)
    is_late = n_words >= _SHORTEST_DIVISIBLE_LINE and rng.random() < _CHANCES.late
    return int(rng.integers(1, n_words)) if is_late else 0


def _last_word_that_fits(clip: Clip, first: int, room: int) -> int:
    start = 0 if first == 0 else int(clip.spans[first, 0])
    ends = clip.spans[first:, 1] - start
    return first + int(np.searchsorted(ends, room, side="right"))


def _pause(rng: np.random.Generator) -> int:
    if rng.random() < _CHANCES.overlap:
        return -int(rng.integers(0, _LONGEST_OVERLAP))
    return int(rng.integers(0, _LONGEST_PAUSE))


def _heard_through(rng: np.random.Generator, power: features.Array) -> features.Array:
    """Return the features of a sound after the room and the codec, some of them erased."""
    if rng.random() < _CHANCES.noise:
        power += _noise(rng, power)
    if rng.random() < _CHANCES.narrow:
        power[:, rng.integers(_LOWEST_CODEC_LIMIT, features.N_MELS) :] *= _BEYOND_CODEC_LIMIT
    log_mel = features.log_mel(power * 10 ** rng.uniform(-1.5, 0.5))
    if rng.random() < _CHANCES.masked:
        _mask(rng, log_mel)
    return log_mel


def _noise(rng: np.random.Generator, power: features.Array) -> features.Array:
    loudest = float(power.max()) or 30.0
    tilt = 10 ** (-rng.uniform(0, 1.5) * np.linspace(0, 1, features.N_MELS))
    level = loudest * 10 ** -rng.uniform(2.2, 6.5)
    grain = rng.standard_gamma(2.0, power.shape, dtype=np.float32) / 2
    return (grain * (level * tilt * features.band_widths()).astype(np.float32)).astype(np.float32)


def _mask(rng: np.random.Generator, log_mel: features.Array) -> None:
    mean = log_mel.mean()
    band = int(rng.integers(0, features.N_MELS - 4))
    log_mel[:, band : band + int(rng.integers(1, _WIDEST_MASK + 1))] = mean
    for _ in range(_N_FRAME_MASKS):
        frame = int(rng.integers(0, len(log_mel)))
        log_mel[frame : frame + int(rng.integers(1, _WIDEST_MASK + 1))] = mean

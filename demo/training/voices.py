"""Speak English text with flite's voices and say when each phone and each word is heard.

The recordings that the demo models learn from are synthetic: flite is deterministic, fast, and
knows the exact times of what it speaks, which no recording of a person comes with. It is a
Debian package (``apt-get install libflite1``), reached here through its C interface.
"""

import ctypes
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from podcast.errors import SetupError

VOICES = ("slt", "rms", "awb")
SAMPLE_RATE = 16000

# Items are walked as opaque pointers; a path such as "R:Token.parent" leads from one to another.
_WORD_OF_SEGMENT = b"R:SylStructure.parent.parent"
_TOKEN_OF_WORD = b"R:Token.parent"


class UnspeakableTextError(ValueError):
    """Raised when a whitespace-separated token of the text is spoken as nothing at all."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A speech sound in flite's US English phone set, or ``pau`` for silence.

    Attributes:
        name: Name of the phone.
        start: Start in seconds from the start of the utterance.
        end: End in seconds.
    """

    name: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A whitespace-separated token of the text, with its punctuation, and when it is heard.

    Attributes:
        text: The token as written, so "20" is one word although two syllables are spoken.
        start: Start in seconds from the start of the utterance.
        end: End in seconds.
    """

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True, eq=False)
class Utterance:
    """A text as one voice speaks it.

    Attributes:
        samples: (n_samples,) int16 at 16 kHz.
        phones: Phones in order, without gaps between them.
        words: One word for each token of the text.
    """

    samples: npt.NDArray[np.int16]
    phones: tuple[Phone, ...]
    words: tuple[SpokenWord, ...]


def say(text: str, voice: str, stretch: float = 1.0) -> Utterance:
    """Speak a text.

    Args:
        text: English text; all of it becomes one utterance.
        voice: One of ``VOICES``.
        stretch: Factor on every duration: above 1 is slower.

    Raises:
        UnspeakableTextError: A token has no sound of its own, for example a lone dash.
        SetupError: Flite is not installed.
    """
    library = _library()
    loaded = _voice(voice)
    features = ctypes.cast(loaded, ctypes.POINTER(_VoiceStruct)).contents.features
    library.feat_set_float(features, b"duration_stretch", stretch)
    # The breath in the voices is the C library's noise: seeded, an utterance is always the same.
    ctypes.CDLL(None).srand(zlib.crc32(text.encode()))
    utterance = library.flite_synth_text(text.encode(), loaded)
    try:
        samples = _samples(library.utt_wave(utterance))
        segments = tuple(_segments(library, utterance))
    finally:
        library.delete_utterance(utterance)
    phones = tuple(segment.phone for segment in segments)
    return Utterance(samples, phones, _words(text, segments))


@dataclass(frozen=True, slots=True)
class _Segment:
    phone: Phone
    token: int | None  # address of the token that the phone belongs to; None for silence


class _VoiceStruct(ctypes.Structure):
    _fields_ = (("name", ctypes.c_char_p), ("features", ctypes.c_void_p))


class _WaveStruct(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_char_p),
        ("sample_rate", ctypes.c_int),
        ("n_samples", ctypes.c_int),
        ("n_channels", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    )


def _segments(library: ctypes.CDLL, utterance: int) -> Iterator[_Segment]:
    item = library.relation_head(library.utt_relation(utterance, b"Segment"))
    start = 0.0
    while item:
        end = round(float(library.item_feat_float(item, b"end")), 4)
        name = library.item_feat_string(item, b"name").decode()
        word = library.path_to_item(item, _WORD_OF_SEGMENT)
        token = library.path_to_item(word, _TOKEN_OF_WORD) if word else None
        yield _Segment(Phone(name, start, end), token)
        start, item = end, library.item_next(item)


def _words(text: str, segments: tuple[_Segment, ...]) -> tuple[SpokenWord, ...]:
    spans: dict[int, tuple[float, float]] = {}
    for segment in segments:
        if segment.token is not None:
            first, _ = spans.get(segment.token, (segment.phone.start, 0.0))
            spans[segment.token] = (first, segment.phone.end)
    tokens = text.split()
    if len(tokens) != len(spans):
        raise UnspeakableTextError(
            f"{len(tokens)} tokens are spoken as {len(spans)} in {text!r}; reword the text"
        )
    return tuple(
        SpokenWord(token, *span) for token, span in zip(tokens, spans.values(), strict=True)
    )


def _samples(address: int) -> npt.NDArray[np.int16]:
    wave = ctypes.cast(address, ctypes.POINTER(_WaveStruct)).contents
    if wave.sample_rate != SAMPLE_RATE or wave.n_channels != 1:
        raise RuntimeError(
            f"flite spoke {wave.n_channels} x {wave.sample_rate} Hz, not 16 kHz mono"
        )
    return np.ctypeslib.as_array(wave.samples, (wave.n_samples,)).astype(np.int16)


@cache
def _voice(name: str) -> int:
    if name not in VOICES:
        raise ValueError(f"no voice {name!r}; there are {', '.join(VOICES)}")
    _library()
    register = getattr(_load(f"libflite_cmu_us_{name}.so.1"), f"register_cmu_us_{name}")
    register.restype = ctypes.c_void_p
    register.argtypes = [ctypes.c_void_p]
    return int(register(None))


@cache
def _library() -> ctypes.CDLL:
    pointer, text = ctypes.c_void_p, ctypes.c_char_p
    library = _load("libflite.so.1")
    _load("libflite_usenglish.so.1")
    _load("libflite_cmulex.so.1")
    for name, result, arguments in (
        ("flite_synth_text", pointer, [text, pointer]),
        ("utt_wave", pointer, [pointer]),
        ("utt_relation", pointer, [pointer, text]),
        ("relation_head", pointer, [pointer]),
        ("item_next", pointer, [pointer]),
        ("item_feat_float", ctypes.c_float, [pointer, text]),
        ("item_feat_string", text, [pointer, text]),
        ("path_to_item", pointer, [pointer, text]),
        ("feat_set_float", None, [pointer, text, ctypes.c_float]),
        ("delete_utterance", None, [pointer]),
    ):
        function = getattr(library, name)
        function.restype = result
        function.argtypes = arguments
    library.flite_init()
    return library


def _load(name: str) -> ctypes.CDLL:
    try:
        # The voices look up flite's own symbols globally.
        return ctypes.CDLL(name, mode=ctypes.RTLD_GLOBAL)
    except OSError as error:
        raise SetupError(f"{name} cannot be loaded; install Debian's libflite1") from error

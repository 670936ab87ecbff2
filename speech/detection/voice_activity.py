"""Find where somebody speaks: Silero's detector, and a second look at what it leaves out.

The detector remembers what came before. After loud speech it takes quiet speech for noise, and
after a long silence it takes the first words for silence. So whatever it leaves out is looked at
again in pieces of a few seconds, each on its own and as loud as speech is.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from audio.waveforms.levels import FAINTEST, Samples, cut, evened, level_of
from audio.waveforms.waveform import SAMPLE_RATE
from podcast.intervals import merge_spans
from podcast.timeline import Span

SHORTEST_GAP = 0.8
"""Seconds without speech that are looked at again."""

PIECE, STEP = 6.0, 3.0
"""Seconds of a piece, and from one to the next."""

WILLING = 0.35
"""Probability from which on a piece holds speech; 0.5 is the detector's own. Of room tone and music
at -60 to -15 dB nothing reaches even 0.2."""

SHORTEST_SPEECH_MS = 300
PAD_MS = 100
MIN_SILENCE_MS = 160


def speech_between(samples: Samples, speech: Sequence[Span]) -> tuple[Span, ...]:
    """Return where somebody speaks between the stretches in which speech was found.

    Args:
        samples: `(n_samples,)` float32 at 16 kHz.
        speech: What the detector found in them, in time order, in seconds.

    Returns:
        In time order, without overlaps, none of them in `speech`.
    """
    edges = [0.0, *(time for span in speech for time in (span.start, span.end))]
    edges.append(len(samples) / SAMPLE_RATE)
    gaps = [Span(start, end) for start, end in pairwise(edges)][::2]
    return tuple(
        found
        for gap in gaps
        if gap.end - gap.start >= SHORTEST_GAP
        for found in speech_in_gap(samples, gap)
    )


def speech_at_first_sight(samples: Samples) -> list[Span]:
    """Return where the detector finds speech at first sight, as loud as it is."""
    from faster_whisper.vad import get_speech_timestamps

    chunks = get_speech_timestamps(samples)
    return [Span(chunk["start"] / SAMPLE_RATE, chunk["end"] / SAMPLE_RATE) for chunk in chunks]


def speech_in_gap(samples: Samples, gap: Span) -> list[Span]:
    """Return where somebody speaks in a stretch, whatever is around it; without overlaps."""
    found: list[Span] = []
    start = gap.start
    while start == gap.start or start + PIECE - STEP < gap.end:
        piece = Span(start, min(start + PIECE, gap.end))
        found += _speech_in(cut(samples, piece), piece.start)
        start += STEP
    return merge_spans(found)


def _speech_in(samples: Samples, start: float) -> Iterator[Span]:
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    if level_of(samples) < FAINTEST:
        return
    options = VadOptions(
        threshold=WILLING,
        min_speech_duration_ms=SHORTEST_SPEECH_MS,
        min_silence_duration_ms=MIN_SILENCE_MS,
        speech_pad_ms=PAD_MS,
    )
    for chunk in get_speech_timestamps(evened(samples), options):
        yield Span(*(round(start + chunk[edge] / SAMPLE_RATE, 3) for edge in ("start", "end")))

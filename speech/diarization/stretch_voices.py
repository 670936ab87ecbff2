"""Tell apart, by what each says without a break, people whom a clustering took for one. Pure.

A clustering knows a voice by all that it says in ten seconds. Where people answer each other within
two, chunks put two of them into one voice, and hardly anybody speaks for long enough to be counted.
What somebody says without a break is of one person nearly always, and long enough to know them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from audio.waveforms.waveform import SAMPLE_RATE
from podcast.timeline import Diarization, SpeakerTurn, Voiceprint
from speech.diarization.chunk_outputs import ChunkGrid, ChunkOutputs
from speech.diarization.second_look import speakers_of

APART = 0.25
"""Cosine distance from which on two voices are two: that of pyannote 3.1, 0.7046 as Euclidean."""

NEARER = 0.1
"""Cosine similarity by which a stretch must be nearer to another speaker to be theirs."""

TELLING = 0.5
"""Seconds from which on a stretch says what a voice is like; shorter ones are only compared."""

LEAST_SECONDS, LEAST_PASSAGES = 2.0, 3
"""What a voice must say, and how often somebody else must speak between, to be one more person.
A mood, a hand before the mouth or another telephone come once; who takes part comes back."""

FEWEST = 4
"""Stretches that it takes to look for two voices in them."""

MOST_ROUNDS = 20
"""After so many, the few stretches that still change sides may do so."""

FRAME = 0.02
"""Seconds."""

NOBODY = -1

Owners = npt.NDArray[np.int64]
"""The speaker of each stretch or frame, as an index; `NOBODY` where there is none."""

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """What speakers of chunks say without a break; chunks overlap, so all is heard several times.

    Attributes:
        frames: (num_stretches, 2), first frame in the recording and the one after the last.
        voices: (num_stretches, dimension), of length 1.
    """

    frames: npt.NDArray[np.int64]
    voices: Vectors

    @property
    def weights(self) -> npt.NDArray[np.float64]:
        """Return the seconds of each that say what a voice is like."""
        seconds = np.diff(self.frames)[:, 0] * FRAME
        return np.where(seconds >= TELLING, seconds, 0.0)


def told_apart(
    diarization: Diarization, chunks: ChunkOutputs, grid: ChunkGrid, *, may_add: bool
) -> Diarization:
    """Give what is said without a break to whom it sounds like, if need be to somebody new.

    Args:
        diarization: Who is who.
        chunks: All of them.
        grid: Where they lie.
        may_add: Whether there may be more speakers.
    """
    heard, speakers = _heard(chunks, grid), speakers_of(diarization.turns)
    if not speakers or not len(heard.voices):
        return diarization
    first = _owners(diarization.turns, speakers, heard)
    voices = _means(heard, first, len(speakers))
    if may_add:
        voices = _with_more(heard, first, voices)
    alike = _similarities(heard, voices)
    own = np.take_along_axis(alike, np.maximum(first, 0)[:, None], axis=1)[:, 0]
    moves = (first == NOBODY) | (alike.max(axis=1) > own + NEARER)
    owners = np.where(moves, alike.argmax(axis=1), first)
    names = [*speakers, *(f"one more {n}" for n in range(len(voices) - len(speakers)))]
    return _regrouped(diarization, names, _votes(heard, owners, len(voices)), voices)


def _heard(chunks: ChunkOutputs, grid: ChunkGrid) -> Heard:
    """Return the stretches of all chunks that have a voice."""
    stretches, per_frame = chunks.stretches, grid.length / SAMPLE_RATE / chunks.activity.shape[1]
    if stretches is None:
        return Heard(np.zeros((0, 2), np.int64), np.zeros((0, 1), np.float32))
    lengths = np.linalg.norm(stretches.embeddings, axis=1)
    is_known = np.isfinite(lengths) & (lengths > 0)
    starts = stretches.frames[:, :1] * (grid.step / SAMPLE_RATE)
    frames = np.rint((starts + stretches.frames[:, 1:] * per_frame) / FRAME).astype(np.int64)
    return Heard(frames[is_known], stretches.embeddings[is_known] / lengths[is_known, None])


def _owners(turns: Sequence[SpeakerTurn], speakers: Sequence[str], heard: Heard) -> Owners:
    """Return whose turns each stretch lies in for the longest."""
    at = np.full(_n_frames(heard), NOBODY)
    for turn in turns:
        at[round(turn.start / FRAME) : round(turn.end / FRAME)] = speakers.index(turn.speaker)
    spoken = (at[first:stop] for first, stop in heard.frames.tolist())
    counts = (np.bincount(part + 1, minlength=2)[1:] for part in spoken)
    return np.array([count.argmax() if count.any() else NOBODY for count in counts])


def _n_frames(heard: Heard) -> int:
    return int(heard.frames.max()) + 1


def _means(heard: Heard, owners: Owners, n_speakers: int) -> Vectors:
    """Return the voice of each speaker, (num_speakers, dimension); zeros if it is not known."""
    shares = (owners[:, None] == np.arange(n_speakers)) * heard.weights[:, None]
    sums = shares.T @ heard.voices
    means: Vectors = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
    return means


def _similarities(heard: Heard, voices: Vectors) -> Vectors:
    """Return the cosine similarity of each stretch and voice; -1 to one that is not known."""
    alike: Vectors = np.where(voices.any(axis=1), heard.voices @ voices.T, -1.0)
    return alike


def _settled(heard: Heard, owners: Owners, n_speakers: int) -> tuple[Owners, Vectors]:
    """Give stretches to the nearest voice until nothing changes (k-means on the sphere)."""
    for _ in range(MOST_ROUNDS):
        voices, before = _means(heard, owners, n_speakers), owners
        owners = _similarities(heard, voices).argmax(axis=1)
        if (owners == before).all():
            break
    return owners, voices


def _with_more(heard: Heard, first: Owners, voices: Vectors) -> Vectors:
    """Return the voices of all speakers, and of those found among what they say."""
    owners, _ = _settled(heard, first, len(voices))
    while (more := _one_more(heard, owners, len(voices))) is not None:
        owners, voices = more
    return voices


def _one_more(heard: Heard, owners: Owners, n_speakers: int) -> tuple[Owners, Vectors] | None:
    """Find a speaker who is two, the least alike first; None if nobody is."""
    halves = [_halves(heard, owners == speaker) for speaker in range(n_speakers)]
    found = sorted((apart, n) for n, (apart, _) in enumerate(halves) if apart >= APART)
    for _, speaker in reversed(found):
        second = halves[speaker][1]
        tried, voices = _settled(heard, np.where(second, n_speakers, owners), n_speakers + 1)
        near = np.delete(voices @ voices[[speaker, -1]].T, [speaker, n_speakers], axis=0)
        is_new = max(near.max(initial=-1.0), voices[speaker] @ voices[-1]) <= 1 - APART
        votes = _votes(heard, tried, n_speakers + 1)
        if is_new and _takes_part(votes, speaker) and _takes_part(votes, n_speakers):
            return tried, voices
    return None


def _halves(heard: Heard, is_theirs: npt.NDArray[np.bool_]) -> tuple[float, npt.NDArray[np.bool_]]:
    """Cut what one speaker says in two voices: how far apart, and which stretches are the second's.

    Args:
        heard: All stretches.
        is_theirs: (num_stretches,), which of them the speaker says.
    """
    theirs = Heard(heard.frames[is_theirs], heard.voices[is_theirs])
    second, weights = np.zeros_like(is_theirs), theirs.weights
    if np.count_nonzero(weights) < FEWEST:
        return 0.0, second
    off = theirs.voices - np.average(theirs.voices, axis=0, weights=weights)
    _, axes = np.linalg.eigh(off.T @ (off * weights[:, None]))
    sides, voices = _settled(theirs, (off @ axes[:, -1] > 0).astype(np.int64), 2)
    second[is_theirs] = sides == 1
    return 1 - float(voices[0] @ voices[1]), second


def _votes(heard: Heard, owners: Owners, n_speakers: int) -> Owners:
    """Return who says what is in each frame, as most stretches have it."""
    votes = np.zeros((_n_frames(heard), n_speakers), np.int32)
    for (first, stop), owner in zip(heard.frames.tolist(), owners.tolist(), strict=True):
        votes[first:stop, owner] += 1
    return np.where(votes.any(axis=1), votes.argmax(axis=1), NOBODY)


def _takes_part(votes: Owners, speaker: int) -> bool:
    """Say whether somebody speaks for long enough, and comes back often enough."""
    spoken = votes[votes != NOBODY]
    changes = np.flatnonzero(np.diff(spoken)) + 1
    passages = [part for part in np.split(spoken, changes) if len(part) * FRAME >= TELLING]
    mine = [len(part) * FRAME for part in passages if part[0] == speaker]
    return sum(mine) >= LEAST_SECONDS and len(mine) >= LEAST_PASSAGES


def _regrouped(
    diarization: Diarization, names: Sequence[str], votes: Owners, voices: Vectors
) -> Diarization:
    """Return the turns as the stretches in them have it."""
    turns = tuple(part for turn in diarization.turns for part in _parts(turn, names, votes))
    known = {voice.speaker: voice for voice in diarization.voiceprints}
    new = {
        name: Voiceprint(name, tuple(voice.tolist()))
        for name, voice in zip(names, voices, strict=True)
        if name not in speakers_of(diarization.turns)
    }
    prints = {**known, **new}
    kept = tuple(prints[name] for name in speakers_of(turns) if name in prints)
    return replace(diarization, turns=turns, voiceprints=kept)


def _parts(turn: SpeakerTurn, names: Sequence[str], votes: Owners) -> Iterator[SpeakerTurn]:
    """Cut a turn where its stretches change the speaker; what is in none goes with the nearest."""
    first = round(turn.start / FRAME)
    told = votes[first : max(first + 1, round(turn.end / FRAME))]
    at = np.flatnonzero(told != NOBODY)
    if not len(at):
        yield turn
        return
    changes = np.flatnonzero(np.diff(told[at]))
    middles = (first + (at[changes] + at[changes + 1] + 1) / 2) * FRAME
    times = [turn.start, *middles.tolist(), turn.end]
    for (start, end), owner in zip(pairwise(times), told[at[[0, *changes + 1]]], strict=True):
        yield SpeakerTurn(start, end, names[owner])

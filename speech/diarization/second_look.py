"""Compare who is who in a recording with what each chunk of it says. Pure.

A clustering knows voices by one embedding for each chunk. Where voices are alike, no distance says
whether they are one. The chunks know more: the network that segments ten seconds at once says
whether two speakers there are two.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from audio.waveforms.waveform import SAMPLE_RATE
from podcast.timeline import Diarization, SpeakerTurn, Voiceprint
from speech.diarization.chunk_outputs import ChunkGrid, ChunkOutputs
from speech.lines.turns import merge_speakers

SURE = 4.0
"""How much longer chunks must say one thing of two speakers than the other to be believed."""

LEAST = 1.0
"""Seconds that chunks must say so; every second is in ten of them."""

NO_ONE_VOICE = 0.6
"""Cosine distance of two voices from which on they stay two, whatever the chunks say."""

MIXED = 0.2
"""Part of a speaker's time in which chunks have two, above which one more speaker is looked for."""

SPEAKS = 0.5
"""Score from which on somebody speaks, of a network that gives scores; others give 0 and 1."""

TINY = 1e-12

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Share:
    """How long one voice of one chunk speaks alone in one turn.

    Attributes:
        chunk: Index of the chunk.
        voice: Index of the voice in it.
        turn: Index of the turn.
        seconds: In the turn, nobody else speaking.
    """

    chunk: int
    voice: int
    turn: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """For how many seconds chunks say that speakers are one, or two; all chunks added up.

    Attributes:
        same: (num_speakers, num_speakers), one voice of a chunk speaks as both.
        other: (num_speakers, num_speakers), two voices of a chunk speak as these two; on the
            diagonal, as one.
    """

    same: Matrix
    other: Matrix

    @property
    def contradicted(self) -> float:
        """Seconds in which chunks say something else than who is who."""
        one_as_two = float(np.triu(self.same, 1).sum())
        return one_as_two + float(np.diag(self.other).sum())

    @property
    def holds_two(self) -> bool:
        """Whether chunks have two people in what one speaker says."""
        return bool((np.diag(self.other) > MIXED * np.diag(self.same)).any())


def shares(turns: Sequence[SpeakerTurn], chunks: ChunkOutputs, grid: ChunkGrid) -> list[Share]:
    """Return where the voices of all chunks speak alone.

    Args:
        turns: Exclusive, in time order.
        chunks: All of them.
        grid: Where they lie.
    """
    starts, ends = np.array([(turn.start, turn.end) for turn in turns]).reshape(-1, 2).T
    frame = grid.length / SAMPLE_RATE / chunks.activity.shape[1]
    middles = (np.arange(chunks.activity.shape[1]) + 0.5) * frame
    found = []
    for chunk, activity in enumerate(chunks.activity):
        times = chunk * grid.step / SAMPLE_RATE + middles
        at = np.searchsorted(starts, times, side="right") - 1
        is_in_turn = times < np.append(ends, -np.inf)[at]  # the last one is for those before all
        spoken = activity > SPEAKS
        alone = spoken & (spoken.sum(axis=1, keepdims=True) == 1)
        for voice, frames in enumerate(alone.T):
            for turn, count in Counter(at[frames & is_in_turn].tolist()).items():
                found.append(Share(chunk, voice, turn, count * frame))
    return found


def agreement(turns: Sequence[SpeakerTurn], found: Sequence[Share], n_chunks: int) -> Agreement:
    """Return what chunks say of the speakers, who are in the order of `speakers_of`."""
    speakers = {speaker: n for n, speaker in enumerate(speakers_of(turns))}
    n_voices = 1 + max((share.voice for share in found), default=0)
    said = np.zeros((n_chunks, n_voices, len(speakers)))
    for share in found:
        said[share.chunk, share.voice, speakers[turns[share.turn].speaker]] += share.seconds
    same, other = np.zeros((2, len(speakers), len(speakers)))
    for one in range(n_voices):
        same += _both(said[:, one], said[:, one])
        for two in range(one):
            pair = _both(said[:, one], said[:, two])
            other += pair + pair.T - np.diag(np.diag(pair))
    return Agreement(same, other)


def speakers_of(turns: Sequence[SpeakerTurn]) -> list[str]:
    """Return who has a turn, as they first speak."""
    return list(dict.fromkeys(turn.speaker for turn in turns))


def without_doubles(diarization: Diarization, said: Agreement) -> Diarization:
    """Make one speaker of two that are one voice in chunks, and that sound alike.

    Args:
        diarization: Who is who.
        said: What chunks say of its speakers.
    """
    prints = {voice.speaker: _unit(voice) for voice in diarization.voiceprints}
    speakers, merged = speakers_of(diarization.turns), dict[str, str]()
    by_time = np.argsort(-np.diag(said.same), kind="stable").tolist()
    for n, kept in enumerate(by_time):
        for gone in by_time[n + 1 :]:
            pair = speakers[kept], speakers[gone]
            is_one = said.same[kept, gone] > max(LEAST, SURE * said.other[kept, gone])
            is_known = merged.keys().isdisjoint(pair) and prints.keys() >= set(pair)
            if is_one and is_known and 1 - prints[pair[0]] @ prints[pair[1]] < NO_ONE_VOICE:
                merged[pair[1]] = pair[0]
    return merge_speakers(diarization, merged)


def _both(one: Matrix, two: Matrix) -> Matrix:
    """Return the seconds, all chunks added up, in which one voice is a speaker and one another.

    Args:
        one: (num_chunks, num_speakers), seconds of a voice of each chunk as each speaker.
        two: The same of another voice, or of the same one.

    Returns:
        (num_speakers, num_speakers)
    """
    total: Matrix = np.minimum(one[:, :, None], two[:, None, :]).sum(axis=0)
    return total


def _unit(voice: Voiceprint) -> Matrix:
    embedding = np.array(voice.embedding)
    unit: Matrix = embedding / max(float(np.linalg.norm(embedding)), TINY)
    return unit

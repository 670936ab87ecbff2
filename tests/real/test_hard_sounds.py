"""Sound as users have it, made of real recordings: nothing that is said gets lost."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from audio.decoding.ffmpeg import find_ffmpeg
from bench.real.product import Run
from bench.real.repeats import REPEATS, TALK, Repeated, heard_in
from bench.real.samples import SHARED
from speech.plausibility.suspect_words import text_of

JFK = SHARED / "jfk" / "jfk.flac"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the recordings are not beside the checkout"),
]

FORM = "aresample=16000,aformat=sample_fmts=s16:channel_layouts=mono"
HOST = f"[0:a]atrim=25.75:31.6,asetpts=N/SR/TB,{FORM}[before]"
SOUNDS = {
    "room tone first": (f"anoisesrc=d=20:a=0.004:r=16000,{FORM}[before]", ""),
    "silence first": (f"anullsrc=d=20:r=16000,{FORM}[before]", ""),
    "a telephone after a host": (HOST, "aresample=8000,highpass=300,lowpass=3400,volume=-14dB,"),
    "a guest of -40 dB after a host": (HOST, "volume=-40dB,"),
}
SLOGAN = "This is pretty much a lookup table."
TIMES = 4
ANSWERS = [REPEATS[0], REPEATS[7], REPEATS[10], REPEATS[14]]


@pytest.mark.parametrize(("before", "change"), SOUNDS.values(), ids=SOUNDS.keys())
def test_who_is_hard_to_hear_is_heard(
    hear: Callable[[Path], Run], tmp_path: Path, before: str, change: str
) -> None:
    guest = f"[1:a]{change}{FORM}[guest]"

    run = hear(make(tmp_path / "guest.flac", f"{before};{guest};[before][guest]concat=n=2:v=0:a=1"))

    assert "not what your country can do for you ask what you can" in heard_in(run)


def test_a_slogan_is_written_as_often_as_it_is_said(
    hear: Callable[[Path], Run], tmp_path: Path
) -> None:
    once = f"[0:a]atrim=46.4:48.1,asetpts=N/SR/TB,{FORM},apad=pad_dur=0.5"
    loop = f"aloop=loop={TIMES - 1}:size={round(2.2 * 16_000)}"

    run = hear(make(tmp_path / "slogan.flac", f"{once},{loop}"))

    assert heard_in(run) == text_of(SLOGAN.split() * TIMES)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.said)
def test_an_answer_is_written_as_often_as_it_is_given(
    hear: Callable[[Path], Run], tmp_path: Path, answer: Repeated
) -> None:
    assert heard_in(hear(answer.write(tmp_path / "answer.wav"))) == answer.text


def make(target: Path, graph: str) -> Path:
    inputs = ("-i", TALK, "-i", JFK)
    command = [find_ffmpeg(), "-v", "error", *inputs, "-filter_complex", graph, target]
    subprocess.run(command, check=True, timeout=60)
    return target

"""Importing the package is quiet and light."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from audio.decoding.ffmpeg import find_ffmpeg
from audio.decoding.sound import AudioSegment

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "audio").rglob("[!_]*.py")
)


def test_importing_every_module_prints_and_warns_nothing(tmp_path: Path) -> None:
    compiled_anew = f"pycache_prefix={tmp_path}"  # some warnings come only then

    done = subprocess.run(
        [sys.executable, "-X", compiled_anew, "-W", "error", "-c", f"import {', '.join(MODULES)}"],
        env={"PYTHONPATH": str(ROOT), "PATH": str(tmp_path)},
        check=False, capture_output=True, text=True, timeout=120,
    )  # fmt: skip

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_pydub_uses_the_ffmpeg_that_was_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    AudioSegment.silent(duration=100).export(str(tmp_path / "a.mp3"), format="mp3").close()

    assert AudioSegment.converter == find_ffmpeg()
    assert (tmp_path / "a.mp3").stat().st_size > 0

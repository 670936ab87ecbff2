"""What the tests of every caption format share: a line changed, a long episode, ffmpeg."""

import subprocess
from collections.abc import Callable
from dataclasses import replace

import pytest

from audio.decoding.ffmpeg import find_ffmpeg
from outputs.record.record_types import EpisodeRecord
from podcast.transcript import Translation


@pytest.fixture
def changed(record: EpisodeRecord) -> Callable[..., EpisodeRecord]:
    """Change the first line, its Korean, its speaker's name and its times."""

    def change(
        text: str, target: str, name: str = "Ann", start: float = 4.12, end: float = 4.9
    ) -> EpisodeRecord:
        translations = record.lines[0].translations | {"ko": Translation(target, "model")}
        first = replace(
            record.lines[0], text=text, translations=translations, start=start, end=end, words=()
        )
        voices = (replace(record.speakers[0], name=name), record.speakers[1])
        return replace(record, lines=(first,), speakers=voices)

    return change


@pytest.fixture
def long_record(record: EpisodeRecord) -> EpisodeRecord:
    """An episode of two thousand lines, one a second."""
    lines = (
        replace(record.lines[0], id=f"{n:05d}", start=float(n), end=n + 0.9, words=())
        for n in range(2_000)
    )
    return replace(record, lines=tuple(lines))


@pytest.fixture
def converted() -> Callable[[str, str, str], str]:
    """Let ffmpeg read captions and write them as others: `converted(text, "srt", "ass")`."""

    def convert(text: str, source: str, target: str) -> str:
        command = [find_ffmpeg(), "-v", "error", "-f", source, "-i", "-", "-f", target, "-"]
        run = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
        assert run.stderr == b""
        return run.stdout.decode()

    return convert

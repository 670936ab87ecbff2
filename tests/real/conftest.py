"""What the tests on public weights share: the weights, and the chain on a recording."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from audio.decoding.ffmpeg import find_ffmpeg
from bench.real.figures import Figures, figures
from bench.real.product import Run, as_transcribed, process
from bench.real.samples import Sample
from bench.real.weights import DIARIZATION, FOLDER

Hear = Callable[[Path], Run]
Cut = Callable[[Path, Path, float], Path]


@pytest.fixture(scope="session", autouse=True)
def weights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Hear with public weights, and keep nothing for another process."""
    if not DIARIZATION.is_dir():
        pytest.fail(f"There are no weights in {FOLDER}. `make real` fetches them.")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INTERLINEAR_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def hear(tmp_path_factory: pytest.TempPathFactory) -> Hear:
    """Take a recording through the whole chain, as a user does."""

    def run(sound: Path) -> Run:
        return process(sound, tmp_path_factory.mktemp("published"))

    return run


@pytest.fixture(scope="session")
def cut() -> Cut:
    """Write the first seconds of a recording."""

    def write(sound: Path, target: Path, seconds: float) -> Path:
        options = ["-nostdin", "-loglevel", "error", "-y", "-i", sound, "-t", str(seconds), target]
        subprocess.run([find_ffmpeg(), *options], check=True, timeout=60)
        return target

    return write


@pytest.fixture
def measured() -> Callable[[Run, Sample], Figures]:
    """Measure what came out against what is known to be right."""
    return lambda run, sample: figures(as_transcribed(run), sample, sample.utterances)

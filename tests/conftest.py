"""What tests of every package share: words, sounds of the real ffmpeg, servers on the loopback."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from playwright.sync_api import Browser, sync_playwright
from xdist.scheduler import LoadScopeScheduling

from audio.decoding.ffmpeg import find_ffmpeg
from audio.web.client import WebOptions
from audio.web.open_hosts import parse_open_hosts
from podcast.timeline import SpeakerTurn, SpokenWord, Word

ROOT = Path(__file__).resolve().parent.parent

# One thread for each native library, and nothing said to anybody outside, also in child processes.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("PYANNOTE_METRICS_ENABLED", "0")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
os.environ.setdefault("DO_NOT_TRACK", "1")
# The servers of the tests, which commands and their child processes ask.
os.environ["INTERLINEAR_OPEN_HOSTS"] = "127.0.0.1"

# On a busy machine a single example may take long, which says nothing of the code.
hypothesis.settings.register_profile("tests", deadline=None)
hypothesis.settings.load_profile("tests")

Say = Callable[..., tuple[SpokenWord, ...]]

TOGETHER = (
    ("live/machines/",),
    ("live/",),
    ("flows/",),
    ("demo/",),
    ("speech/diarization/", "translation/engines/", "bench/"),
)
"""Folders whose tests share what takes long to make: a server, or PyTorch in the process."""
FIRST = ("live/", "flows/", "live/machines/", "speech/diarization/")
"""What takes longest begins first, so that all processes end together."""


class ByFolder(LoadScopeScheduling):
    """Where tests run in several processes, keeps those of a file, or of such a folder, in one."""

    def _split_scope(self, nodeid: str) -> str:
        return _group(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFolder:
    return ByFolder(config, log)


LANES = {
    "browser": ("browser",),
    "live": ("prefect_server", "local_prefect", "s3_server", "demo_run"),
    "database": ("machines",),
    "slow": ("encode", "converted"),
}
"""Marker -> fixtures: whoever asks for one of them, also through others, carries the marker."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        for lane in (lane for lane, of in LANES.items() if fixtures & set(of)):
            item.add_marker(lane)
    items.sort(key=lambda item: (*FIRST, _group(item.nodeid)).index(_group(item.nodeid)))


def _group(nodeid: str) -> str:
    place = nodeid.partition("::")[0].removeprefix("tests/")
    return next((folders[0] for folders in TOGETHER if place.startswith(folders)), place)


@pytest.fixture(scope="session")
def sample_pages() -> list[Path]:
    """Real pages in the target format, where the reference material lies beside the checkout."""
    return sorted((ROOT.parent / "shared" / "seeds").glob("page.*.txt"))


@pytest.fixture
def say() -> Say:
    """Make attributed words from texts: a tenth of a second of gap, 0.3 s a word."""

    def words(*speeches: tuple[str, str], start: float = 1.0) -> tuple[SpokenWord, ...]:
        return tuple(_spoken(speeches, start))

    return words


def _spoken(speeches: Iterable[tuple[str, str]], start: float) -> Iterable[SpokenWord]:
    for speaker, text in speeches:
        for word in text.split():
            yield SpokenWord(Word(round(start, 3), round(start + 0.3, 3), word, 0.9), speaker)
            start += 0.4


@pytest.fixture
def turn() -> type[SpeakerTurn]:
    """The type of a turn, under a short name for tables."""
    return SpeakerTurn


@pytest.fixture
def encode() -> Callable[..., None]:
    """Run ffmpeg, which must succeed: `encode("-i", ..., "out.mp3")`."""

    def run(*arguments: str | Path) -> None:
        command = [find_ffmpeg(), "-nostdin", "-loglevel", "error", "-y", *map(str, arguments)]
        subprocess.run(command, check=True, timeout=60)

    return run


@pytest.fixture
def make_sound(tmp_path: Path, encode: Callable[..., None]) -> Callable[..., Path]:
    """Encode a tone of 440 Hz: `make_sound("a.mp3", "-b:a", "64k", seconds=3)`."""

    def make(name: str, *options: str, seconds: float = 3) -> Path:
        path = tmp_path / name
        tone = f"sine=frequency=440:sample_rate=44100:duration={seconds}"
        encode("-f", "lavfi", "-i", tone, *options, path)
        return path

    return make


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the machine's would stand between a test and its server."""
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture(scope="session")
def web() -> WebOptions:
    """The web as tests see it: the loopback is open."""
    return WebOptions(open_hosts=parse_open_hosts(os.environ["INTERLINEAR_OPEN_HOSTS"]))


@pytest.fixture
def serve() -> Iterator[Callable[[type[BaseHTTPRequestHandler]], str]]:
    """Start a server on the loopback for a handler and return its URL."""
    servers: list[tuple[ThreadingHTTPServer, threading.Thread]] = []

    def start(handler: type[BaseHTTPRequestHandler]) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server, thread in servers:
        server.shutdown()
        server.server_close()
        thread.join()


S3_BUCKET = "transcripts"


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    moto.start()
    host, port = moto.get_host_and_port()
    yield f"http://{host}:{port}"
    moto.stop()


@pytest.fixture
def s3(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An S3 server with a bucket, and a client of another library than the one that writes."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3_server)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a-very-secret-key")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    import boto3

    client = boto3.client("s3")
    client.create_bucket(Bucket=S3_BUCKET)
    yield client
    for entry in client.list_objects_v2(Bucket=S3_BUCKET).get("Contents", []):
        client.delete_object(Bucket=S3_BUCKET, Key=entry["Key"])
    client.delete_bucket(Bucket=S3_BUCKET)


BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FETCHED = Path(sys.prefix) / "browser"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium or Chrome of this machine or the one that was fetched, without a screen."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    environment = dict(os.environ)
    if program is None:
        program = str(FETCHED / "chromium")
        # A bare machine lacks these libraries, and may have no font at all.
        environment["LD_LIBRARY_PATH"] = str(FETCHED / "al2023" / "lib")
        environment["FONTCONFIG_FILE"] = str(FETCHED / "fonts.conf")
    if not Path(program).exists():
        pytest.fail("Chromium or Chrome is not on the path. `make browser` fetches one.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            env=environment,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--mute-audio"],
        )
        yield browser
        browser.close()

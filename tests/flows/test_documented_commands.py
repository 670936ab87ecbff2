"""Every command line that README and the guides show works as it stands there, in their order.

Files, addresses and words in capitals stand for something of the reader's: they are laid out, or
replaced as `STAND_INS` says. The real models are the demo's under the names of the real ones, and
what they would hear is written down. Prefect's server of `up` and a worker are in `tests/live`.
"""

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import constants
from markdown_it import MarkdownIt

from flows.cli import main
from flows.models.model_catalogue import DIARIZATION_REPO, WHISPER_REPOS
from flows.server import local_stack, workers
from flows.settings import DEMO, DEMO_MODELS, ROOT, settings
from podcast.timeline import SpeakerTurn, Word

pytestmark = pytest.mark.live

STAND_INS = {
    "--episode EPISODE": "--episode one",
    "https://example.org/feed.xml": "FEED",
    "s3://bucket": "s3://transcripts",
    "AUDIO": "episode.mp3",
    "EPISODE": "published/my-show/my-episode",
    "RECORD": "published/my-show/my-episode",
    "PAGE": "published/my-show/my-episode/ko.txt",
    "ko.txt": "published/my-show/my-episode/ko.txt",
    "PATH": "published",
    "LINE_ID": "0007",
    "TEXT": "'Something else.'",
    "TITLE": "'A title'",
    "SHOW.toml": "shows/open-ears.toml",
    "SHOW": "'My Show'",
    "NAME": "'Ann Lee'",
    "SPEAKER": "'Speaker 1'",
    "INTO": "'Speaker 2'",
    "FILE": "lines.txt",
    "REFERENCE": "lines.txt",
    "FEED.xml": "feed.xml",
    "URL": "https://example.org/transcripts",
    "ADDRESS": "https://example.org/episode.mp3",
    "MODEL": "whisper-small",
    "POOL": "gpu",
    "PORT": "4300",
    "F": "txt",
    "L": "ko",
    "S": "0.25",
}
TRUTH = json.loads((DEMO / "episode" / "truth.json").read_text(encoding="utf-8"))


def documented(page: Path) -> Iterator[str]:
    """Find the command lines of a page; one that is only named in a sentence is asked for help."""
    for token in MarkdownIt().parse(page.read_text(encoding="utf-8")):
        if token.type == "fence":
            for line in token.content.splitlines():
                yield re.split(r"\s{2,}|\s#", line.removeprefix("$ "))[0]
        for code in token.children or ():
            is_name = re.fullmatch(r"[a-z ]+", code.content)
            if code.type == "code_inline":
                yield f"{code.content} --help" if is_name else code.content


def variants(line: str) -> Iterator[str]:
    """Write a line without what stands in brackets, and with each of it."""
    bare = re.sub(r"\s*\[[^\]]*\]", "", line)
    yield from (bare, *(f"{bare} {option}" for option in re.findall(r"\[([^\]]*)\]", line)))


def commands(page: Path, program: str) -> list[str]:
    lines = (line for line in documented(page) if line.startswith(f"{program} "))
    return [variant for line in lines for variant in variants(line)]


PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
DESK = ("published", "data")
"""What is published for the first page is copied for the others."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("documented")


@pytest.fixture
def desk(
    prefect: None,
    fakes: Any,
    host: Any,
    s3: Any,
    template: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """Lay out a reader's folder: a recording, two published episodes, a feed, models."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INTERLINEAR_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("INTERLINEAR_HOST_PAUSE", "0")
    settings.cache_clear()
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(DEMO_MODELS / "argos"))
    lay_out_snapshot(tmp_path / "hub", WHISPER_REPOS["small"], DEMO_MODELS / "whisper")
    lay_out_snapshot(tmp_path / "hub", DIARIZATION_REPO, DEMO_MODELS / "diarization")
    hear_the_truth(fakes)
    sound = (DEMO / "episode" / "episode.mp3").read_bytes()
    Path("episode.mp3").write_bytes(sound)
    host.bodies["episode.mp3"] = sound
    host.announce("one", "Small models", "episode.mp3")
    feed = host.feed().decode().replace("url='/", f"url='{host.url}/")
    Path("feed.xml").write_text(feed, encoding="utf-8")
    Path("lines.txt").write_text(
        "\n".join(line["text"] for line in TRUTH["lines"]), encoding="utf-8"
    )
    Path("shows").mkdir()
    Path("shows", "open-ears.toml").write_text(f'feed = "{host.url}/feed.xml"\n')
    publish_once(template)
    return tmp_path


def publish_once(template: Path) -> None:
    from flows.episode import process_episode
    from flows.parameters import Models

    if not (template / "published").exists():
        for show, title in (
            ("My Show", "My episode"),
            ("Open Ears", "Small models for old phones"),
        ):
            process_episode("episode.mp3", show, title, models=Models(preset="demo"))
        for name in DESK:
            shutil.copytree(name, template / name)
    else:
        for name in DESK:
            shutil.copytree(template / name, name)


def hear_the_truth(fakes: Any) -> None:
    lines = TRUTH["lines"]
    voices = list(dict.fromkeys(line["voice"] for line in lines))
    fakes.words = [
        Word(start, end, text, 0.9) for line in lines for text, start, end in line["words"]
    ]
    fakes.turns = [
        SpeakerTurn(line["start"], line["end"], f"Speaker {voices.index(line['voice']) + 1}")
        for line in lines
    ]
    fakes.says = {line["text"]: line for line in lines} | {TRUTH["title"]["en"]: TRUTH["title"]}


def lay_out_snapshot(cache: Path, repo_id: str, model: Path) -> None:
    repo = cache / f"models--{repo_id.replace('/', '--')}"
    (repo / "refs").mkdir(parents=True)
    (repo / "refs" / "main").write_text("0" * 40)
    shutil.copytree(model, repo / "snapshots" / ("0" * 40))


@pytest.fixture
def run(
    desk: Path, host: Any, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[[str], str]:
    """Run a command line and return what it says where it fails."""
    monkeypatch.setattr(local_stack, "start", lambda *_, **__: None)
    monkeypatch.setattr(workers, "join", lambda *_: None)
    stand_ins = STAND_INS | {
        "FEED": f"{host.url}/feed.xml",
        "https://example.org/feed.xml": f"{host.url}/feed.xml",
    }
    names = "|".join(map(re.escape, sorted(stand_ins, key=len, reverse=True)))

    def run(line: str) -> str:
        filled = re.sub(rf"(?<!\w)({names})(?!\w)", lambda found: stand_ins[found[0]], line)
        monkeypatch.setattr(sys, "argv", shlex.split(filled))
        try:
            main.main()
        except SystemExit as left:
            if left.code:
                return f"{line}: {capfd.readouterr().err}"
        return ""

    return run


@pytest.mark.parametrize(
    "page", [page for page in PAGES if commands(page, "interlinear")], ids=lambda page: page.stem
)
def test_the_commands_of_a_page_work_in_their_order(page: Path, run: Callable[[str], str]) -> None:
    failures = "".join(run(line) for line in commands(page, "interlinear"))

    assert not failures


def test_the_targets_of_make_are_there() -> None:
    lines = sorted({line for page in PAGES for line in commands(page, "make")})

    assert "make demo" in lines
    for line in lines:
        subprocess.run([*shlex.split(line), "-n"], cwd=ROOT, check=True, capture_output=True)

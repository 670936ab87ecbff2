"""The command, as a user meets it: what it prints, its exit codes, and never a traceback."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from flows.cli import main
from flows.cli.exit_codes import exit_code
from podcast.errors import (
    BadInputError,
    InterlinearError,
    InvariantError,
    NetworkError,
    NoSpeechError,
    SetupError,
    StorageError,
    TruncatedAudioError,
)

pytestmark = pytest.mark.live

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def interlinear(
    prefect: None, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Run:
    """Run the command in this process: exit code, standard output, standard error."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["interlinear", *map(str, arguments)])
        try:
            main.main()
            code = 0
        except SystemExit as left:
            code = int(left.code or 0)
        out, err = capfd.readouterr()
        return code, out, err

    return run


def process(run: Run, audio: object, out: Path, *more: str) -> tuple[int, str, str]:
    arguments = ("--show", "Open Ears", "--title", "A title", "--models", "demo", "--out", out)
    return run("process", audio, *arguments, *more)


def test_a_transcript_that_does_not_fit_is_set_aside_aloud(
    interlinear: Run, fakes: Any, tone: Path, tmp_path: Path
) -> None:
    path, out = tmp_path / "other.txt", tmp_path / "out"
    path.write_text("Ja. Ja. Und dann.", encoding="utf-8")

    code, _, err = process(interlinear, tone, out, "--to", "ko", "--transcript", str(path))

    assert code == 0
    reason = "only 0 of its 4 words were recognised"
    assert f"The words are as recognised, not as in {path}: {reason}" in err
    (report,) = out.glob("*/*/report.md")
    assert reason in report.read_text("utf-8")


def test_processing_prints_the_first_pairs_and_where_the_files_are(
    interlinear: Run, fakes: Any, tone: Path, tmp_path: Path
) -> None:
    code, out, err = process(interlinear, tone, tmp_path / "out", "--to", "ko,ja")

    assert code == 0
    assert "ko.txt\n  Open Ears\n  제목\n  Yeah.\n  네.\n" in out
    assert "... 3 pairs in all" in out
    assert f" files in {tmp_path / 'out' / 'open-ears' / 'a-title'}:" in out
    assert "zh.txt" not in out
    assert [line.split()[:2] for line in err.splitlines() if " done in " in line] == [
        ["1/5", "decode"], ["2/5", "segment"], ["2/5", "cluster"], ["3/5", "transcribe"],
        ["4/5", "translate"], ["4/5", "translate"], ["5/5", "write"],
    ]  # fmt: skip


def test_a_language_that_was_not_asked_for_is_named_and_stays_unless_only_is_said(
    interlinear: Run, fakes: Any, tone: Path, tmp_path: Path
) -> None:
    process(interlinear, tone, tmp_path / "out", "--to", "ko")

    _, out, _ = process(interlinear, tone, tmp_path / "out", "--to", "ja")
    assert "\nko.txt\n  stays; --only takes it away\n" in out

    _, out, _ = process(interlinear, tone, tmp_path / "out", "--to", "ja", "--only")
    assert "ko.txt" not in out


class Answers(BaseHTTPRequestHandler):
    """A server with every kind of bad answer, by path."""

    def do_GET(self) -> None:
        if self.path == "/page.mp3":
            self._send(200, b"<!doctype html><html><p>Sign in</p></html>", "text/html")
        elif self.path == "/cut.mp3":
            self._send(200, b"ID3" + b"\0" * 997, "audio/mpeg", length=5000)
        else:
            self._send(404, b"gone", "text/plain")

    def _send(self, status: int, body: bytes, kind: str, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length or len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def bad_inputs(
    tmp_path: Path,
    encode: Callable[..., None],
    make_sound: Callable[..., Path],
    silence: Path,
    serve: Callable[[type[BaseHTTPRequestHandler]], str],
) -> dict[str, str]:
    """Name -> AUDIO argument of everything that cannot be used."""
    (tmp_path / "empty.mp3").touch()
    (tmp_path / "text.mp3").write_text("Dear diary, this is no sound at all.\n" * 100)
    (tmp_path / "folder.mp3").mkdir()
    video = tmp_path / "mute.mp4"
    encode("-f", "lavfi", "-i", "testsrc=duration=2:size=64x64", "-an", video)
    mp3, m4a = make_sound("whole.mp3", seconds=20), make_sound("whole.m4a", seconds=20)
    (tmp_path / "cut.mp3").write_bytes(mp3.read_bytes()[: mp3.stat().st_size // 3])
    (tmp_path / "cut.m4a").write_bytes(m4a.read_bytes()[: m4a.stat().st_size // 3])
    url = serve(Answers)
    return {
        "missing": str(tmp_path / "missing.mp3"),
        "folder": str(tmp_path / "folder.mp3"),
        "empty": str(tmp_path / "empty.mp3"),
        "text": str(tmp_path / "text.mp3"),
        "video without sound": str(video),
        "cut mp3": str(tmp_path / "cut.mp3"),
        "cut m4a": str(tmp_path / "cut.m4a"),
        "silence": str(silence),
        "too short": str(make_sound("short.wav", seconds=0.2)),
        "no scheme": "ftp://example.invalid/a.mp3",
        "404": f"{url}/none.mp3",
        "html": f"{url}/page.mp3",
        "cut connection": f"{url}/cut.mp3",
    }


@pytest.mark.parametrize(
    ("kind", "code", "names", "says"),
    [
        ("missing", 3, "missing.mp3", "no such file|not there|does not exist|no file"),
        ("folder", 3, "folder.mp3", "folder"),
        ("empty", 3, "empty.mp3", "empty"),
        ("text", 3, "text.mp3", "sound"),
        ("video without sound", 3, "mute.mp4", "sound|audio"),
        ("cut mp3", 3, "cut.mp3", "--allow-partial"),
        ("cut m4a", 3, "cut.m4a", ""),
        ("silence", 3, "silence.wav", "silent"),
        ("too short", 3, "short.wav", "short"),
        ("no scheme", 3, "ftp://example.invalid/a.mp3", "http"),
        ("404", 3, "none.mp3", "404"),
        ("html", 3, "page.mp3", "page|HTML"),
        ("cut connection", 4, "cut.mp3", "try again|again"),
    ],
)
def test_bad_input_gives_one_clear_message_and_leaves_nothing(
    interlinear: Run,
    fakes: Any,
    bad_inputs: dict[str, str],
    tmp_path: Path,
    kind: str,
    code: int,
    names: str,
    says: str,
) -> None:
    import re

    result, out, err = process(interlinear, bad_inputs[kind], tmp_path / "out")

    message = err.splitlines()[-1]
    assert result == code, err
    assert message.startswith("Error: ")
    assert names in message
    assert re.search(says, message, re.IGNORECASE), message
    assert "Traceback" not in err
    assert out == ""
    assert not (tmp_path / "out").exists()
    left = [p for p in (tmp_path / "cache").rglob("*") if "partial" in p.name or "tmp" in p.name]
    assert left == []


def test_a_cut_recording_is_used_when_the_user_says_so(
    interlinear: Run, fakes: Any, bad_inputs: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "out"

    code, _, err = process(interlinear, bad_inputs["cut mp3"], out, "--allow-partial")

    assert code == 0, err
    record = json.loads((out / "open-ears" / "a-title" / "episode.json").read_text())
    assert record["recording"]["is_partial"] is True


def test_an_address_is_fetched_and_named_without_its_secrets(
    interlinear: Run, fakes: Any, tone: Path, tmp_path: Path, serve: Callable[..., str]
) -> None:
    class Serves(Answers):
        def do_GET(self) -> None:
            self._send(200, tone.read_bytes(), "audio/wav")

    url = serve(Serves).replace("//", "//user:hunter2@") + "/shows/tone.wav?token=hunter2"

    code, _, err = process(interlinear, url, tmp_path / "out", "--to", "ko")

    assert code == 0, err
    text = (tmp_path / "out" / "open-ears" / "a-title" / "episode.json").read_text()
    assert json.loads(text)["recording"]["source"].endswith("/shows/tone.wav")
    assert "hunter2" not in text + err


def test_titles_by_hand_and_counts_of_speakers_reach_the_flow(
    interlinear: Run, fakes: Any, tone: Path, tmp_path: Path
) -> None:
    more = ("--to", "ko,ja", "--title-in", "ja=題名", "--speakers", "3", "--label", "Back")

    code, out, err = process(interlinear, tone, tmp_path / "out", *more)

    assert code == 0, err
    assert "ja.txt\n  BackOpen Ears\n  題名\n" in out
    assert fakes.calls[0] == "cluster 3"


@pytest.mark.parametrize(
    ("more", "code", "says"),
    [
        (("--title-in", "ko"), 2, "not of the form"),
        (("--title-in", "fr=Titre"), 3, "Unknown target language"),
        (("--speakers", "2", "--max-speakers", "3"), 3, "not both"),
        (("--to", "ko,fr"), 3, "Unknown target language 'fr'"),
        (("--to", ""), 3, "No target language"),
        (("--speakers", "0"), 2, "not in the range"),
        (("--models", "huge"), 2, "huge"),
        (("--whisper", "./no/such/folder"), 5, "no/such/folder"),
        (("--diarization", "./no/such/folder"), 5, "no/such/folder"),
        (("--packages", "./no/such/folder"), 5, "no/such/folder"),
    ],
)
def test_a_wrong_option_is_explained(
    interlinear: Run, tone: Path, tmp_path: Path, more: tuple[str, ...], code: int, says: str
) -> None:
    result, out, err = process(interlinear, tone, tmp_path / "out", *more)

    assert (result, out) == (code, ""), err
    assert says in err
    assert "Traceback" not in err


def test_all_that_is_wrong_is_said_and_a_missing_model_last(
    interlinear: Run, tmp_path: Path
) -> None:
    more = ("--glossary", "none.toml", "--published", "yesterday", "--whisper", "./none")

    code, _, err = process(interlinear, "none.mp3", tmp_path, *more)

    assert code == 3
    starts = ("none.mp3", "'yesterday'", "The glossary none.toml", "There is no model folder")
    assert [
        line.startswith(f"Error: {start}")
        for line, start in zip(err.splitlines(), starts, strict=True)
    ] == [True] * 4


def test_what_is_given_beside_a_feed_is_looked_at_before_the_feed(
    interlinear: Run, tmp_path: Path
) -> None:
    code, _, err = interlinear("process", "--feed", "none.xml", "--glossary", "none.toml")

    assert code == 3
    assert err.splitlines()[0] == "Error: The glossary none.toml does not exist. Check the path."


def test_a_missing_model_does_not_hide_what_is_wrong_with_a_feed(
    interlinear: Run, tmp_path: Path
) -> None:
    (tmp_path / "feed.xml").write_text("<rss><channel><title>Ears</title></channel></rss>")

    code, _, err = interlinear("process", "--feed", tmp_path / "feed.xml", "--whisper", "./none")

    assert (code, err) == (3, "Error: The feed of 'Ears' has no episode with sound.\n")


PAGE = "Open Ears\n제목\nYeah.\n네.\nAnd then we\n그러고 나서 우리는"


def test_pairs_prints_a_page_as_json(interlinear: Run, tmp_path: Path) -> None:
    (tmp_path / "ko.txt").write_text(PAGE, encoding="utf-8")

    code, out, _ = interlinear("pairs", tmp_path / "ko.txt")

    assert code == 0
    assert json.loads(out) == {
        "header": ["Open Ears", "제목"],
        "pairs": [["Yeah.", "네."], ["And then we", "그러고 나서 우리는"]],
    }


@pytest.mark.parametrize("is_kept", [False, True])
def test_a_shell_in_a_folder_that_was_published_again_is_in_the_new_one(
    interlinear: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_kept: bool
) -> None:
    folder, old = tmp_path / "0001", tmp_path / ".versions" / "0001" / "20260101"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PWD", str(folder))
    old.parent.mkdir(parents=True)
    folder.rename(old)
    if not is_kept:
        old.rmdir()
    folder.mkdir()
    (folder / "ko.txt").write_text(PAGE, encoding="utf-8")

    code, _, err = interlinear("pairs", "ko.txt")

    assert (code, err) == (0, "")


def test_pairs_writes_a_page_back_byte_for_byte(interlinear: Run, tmp_path: Path) -> None:
    (tmp_path / "ko.txt").write_bytes(PAGE.encode())

    _, out, _ = interlinear("pairs", "--render", tmp_path / "ko.txt")

    assert out == PAGE


def test_pairs_says_that_a_line_is_missing(interlinear: Run, tmp_path: Path) -> None:
    page = "Open Ears\n제목\nYeah.\n네.\nWell,\nNo.\n아니요."
    (tmp_path / "ko.txt").write_text(page, encoding="utf-8")

    code, _, err = interlinear("pairs", tmp_path / "ko.txt")

    assert code == 0
    assert "Warning: ko.txt has an odd number of lines" in err
    assert "Line 2 of ko.txt should be English and is not: '제목'" in err


def test_pairs_keeps_line_ends_and_marks_out_of_the_rows(interlinear: Run, tmp_path: Path) -> None:
    data = "\ufeffOpen Ears\r\n제목\r\nYeah.\r\n네.\r\n".encode()
    (tmp_path / "ko.txt").write_bytes(data)

    _, out, err = interlinear("pairs", tmp_path / "ko.txt")
    assert json.loads(out) == {"header": ["Open Ears", "제목"], "pairs": [["Yeah.", "네."]]}
    assert not err
    _, out, _ = interlinear("pairs", "--render", tmp_path / "ko.txt")
    assert out.encode() == data


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"\xff\xfe", "not UTF-8"), (b"Show\n\nx", "line 2 is empty"), (None, "does not exist")],
)
def test_pairs_refuses_what_is_no_page(
    interlinear: Run, tmp_path: Path, content: bytes | None, says: str
) -> None:
    if content is not None:
        (tmp_path / "page.txt").write_bytes(content)

    code, out, err = interlinear("pairs", tmp_path / "page.txt")

    assert (code, out) == (3, "")
    assert "page.txt" in err
    assert says in err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (BadInputError, 3), (TruncatedAudioError, 3), (NoSpeechError, 3),
        (NetworkError, 4), (StorageError, 4), (SetupError, 5), (InvariantError, 1),
    ],
)  # fmt: skip
def test_each_kind_of_error_has_its_exit_code(error: type[InterlinearError], code: int) -> None:
    assert exit_code(error("what")) == code


@pytest.mark.parametrize(
    "arguments",
    [
        ("pairs", "pipe"),
        ("score", "pipe", "."),
        ("correct", "pipe"),
        ("speakers", "list", "pipe"),
        ("shows", "check", "pipe"),
        ("process", "--feed", "pipe"),
        ("feed", "pipe", "--base-url", "https://example.org"),
    ],
)
def test_a_pipe_is_not_waited_for(
    interlinear: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")

    code, _, err = interlinear(*arguments)

    assert code == 3
    assert "pipe" in err.splitlines()[-1]


HEAVY = {"prefect", "torch", "argostranslate", "feedparser", "huggingface_hub"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--help"], ["process", "demo", "pairs", "models", "doctor"]),
        (["process", "--help"], ["--feed", "Exit codes"]),
        (["process"], ["Missing AUDIO"]),
        (
            ["process", "none.mp3", "--show", "S", "--title", "T", "--models", "demo"],
            ["none.mp3 does not exist"],
        ),
    ],
)
def test_help_and_a_mistake_load_no_engine_and_no_model_library(
    arguments: list[str], says: list[str]
) -> None:
    script = (
        f"import sys\nfrom flows.cli.main import main\nsys.argv[1:] = {arguments}\n"
        f"try:\n    main()\nfinally:\n    print(sorted({HEAVY} & set(sys.modules)))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )

    assert all(text in run.stdout + run.stderr for text in says)
    assert run.stdout.splitlines()[-1] == "[]"


def test_a_prefect_server_that_does_not_answer_is_named(tone: Path, tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("interlinear")
    dead = {"PREFECT_API_URL": "http://127.0.0.1:9/api", "INTERLINEAR_CACHE": str(tmp_path)}
    arguments = ("process", str(tone), "--show", "Open Ears", "--title", "A", "--models", "demo")

    run = subprocess.run(
        [command, *arguments],
        capture_output=True, text=True, env=os.environ | dead, check=False, cwd=tmp_path,
    )  # fmt: skip

    assert run.returncode == 4
    assert "The Prefect server at http://127.0.0.1:9/api does not answer" in run.stderr
    assert "Traceback" not in run.stderr


def test_the_installed_command_answers(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("interlinear")
    environment = os.environ | {"HOME": str(tmp_path)}

    run = subprocess.run(
        [command, "process", "a.mp3"], capture_output=True, text=True, env=environment, check=False
    )

    assert run.returncode == 2
    assert "Missing --show" in run.stderr
    assert shutil.which("interlinear", path=str(command.parent))

"""What is wrong with a run is known before anything is started."""

import os
from pathlib import Path
from typing import Any

import pytest

from flows.parameters import RunForm
from flows.settings import DEMO_MODELS, settings
from flows.stages.form_checks import check_form
from podcast.errors import BadInputError, SetupError, StorageError

DEMO: dict[str, Any] = {"preset": "demo"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder that holds a pipe without a writer."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INTERLINEAR_OUT", str(tmp_path / "published"))
    settings.cache_clear()
    os.mkfifo("pipe")
    return tmp_path


def check(tone: Path, **fields: Any) -> None:
    given = {"audio": str(tone), "show": "Open Ears", "title": "A title", "models": DEMO}
    check_form(RunForm(**given | fields))


def test_nothing_is_wrong_with_a_form_that_can_be_run(tone: Path, folder: Path) -> None:
    before = set(folder.iterdir())

    check(tone)

    assert set(folder.iterdir()) == before


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"audio": "none.mp3"}, "none.mp3 does not exist"),
        ({"audio": "."}, "is a folder"),
        ({"audio": "pipe"}, "not a regular file"),
        ({"audio": "/dev/zero"}, "not a regular file"),
        ({"audio": "a" * 300}, "cannot be read"),
        ({"audio": "http:///a.mp3"}, "no valid host"),
        ({"audio": "http://10.0.0.1/a.mp3"}, "not of the public internet"),
        ({"audio": "http://0x7f.2/a.mp3"}, "not of the public internet"),
        ({"transcript": "http://[fe80::1]/a.vtt"}, "not of the public internet"),
        ({"title": "A\ntitle"}, "The title must be one line of text"),
        ({"show": "Open\u2028Ears"}, "The show must be one line of text"),
        ({"label": "Back\nto"}, "The label must be one line of text"),
        ({"titles": {"ko": "제\n목"}}, "The title in ko must be one line of text"),
        ({"title": "A\x00title"}, r"holds '\\x00'"),
        ({"show": "Ears\x1b[31m"}, r"holds '\\x1b'"),
        ({"guid": "caf\udce9"}, r"holds '\\udce9'"),
        ({"speakers": {"names": {"Speaker 1": "Ann\ud800"}}}, "The name of Speaker 1"),
        ({"speakers": {"names": {"Speaker 1": "a" * 81}}}, "longer than 80"),
        ({"speakers": {"exactly": 2, "at_most": 3}}, "not both"),
        ({"speakers": {"at_least": 4, "at_most": 3}}, "above the largest"),
        ({"published_at": "31 November"}, "no date"),
        ({"languages": []}, "No target language"),
        ({"titles": {"fr": "Titre"}}, "Unknown target language 'fr'"),
        ({"languages": ["ko"], "titles": {"ja": "題"}}, "A title in Japanese is given"),
        ({"pages": {"audio": "javascript:x"}}, "cannot play"),
        ({"wording": {"glossary": "none.toml"}}, "The glossary none.toml does not exist"),
        ({"wording": {"glossary": "."}}, "is a folder"),
        ({"wording": {"glossary": "pipe"}}, "not a regular file"),
        ({"wording": {"registers": {"zh": {"Ann": "polite"}}}}, "Chinese has no register 'polite'"),
        ({"transcript": "none.vtt"}, "none.vtt does not exist"),
        ({"transcript": "pipe"}, "not a regular file"),
        ({"transcript": "/dev/null"}, "not a regular file"),
        ({"transcript": "gopher://host/t.vtt"}, "Only http"),
        ({"out": "pipe"}, "is a file, and episodes need a folder"),
        ({"out": "pipe/below/it"}, "is a file, and episodes need a folder"),
    ],
)
def test_what_cannot_be_used_is_named(tone: Path, fields: dict[str, Any], says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        check(tone, **fields)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.mp3", b"", "is empty"),
        ("a.mp3", b"%PDF-1.7\n", "not a sound file"),
    ],
)
def test_a_file_that_is_no_sound_is_named(
    tone: Path, folder: Path, name: str, content: bytes, says: str
) -> None:
    (folder / name).write_bytes(content)

    with pytest.raises(BadInputError, match=says):
        check(tone, audio=name)


def test_a_glossary_that_lies_beside_the_episodes_is_looked_at(tone: Path, folder: Path) -> None:
    (folder / "published" / "open-ears").mkdir(parents=True)
    (folder / "published" / "open-ears" / "glossary.toml").write_text("= [")

    with pytest.raises(BadInputError, match="is no TOML file"):
        check(tone)


def test_a_folder_that_cannot_be_written_is_named(tone: Path) -> None:
    with pytest.raises(StorageError, match="/proc cannot be written"):
        check(tone, out="/proc/published")


@pytest.mark.parametrize(
    ("models", "says"),
    [
        ({"preset": "demo", "whisper": "./none"}, "no model folder at ./none"),
        ({"preset": "demo", "whisper": "."}, "model.bin is missing"),
        ({"preset": "demo", "whisper": str(DEMO_MODELS / "argos")}, "model.bin is missing"),
        ({"preset": "demo", "diarization": "."}, "config.yaml is missing"),
        ({"preset": "demo", "packages": "."}, "package"),
    ],
)
def test_a_model_that_is_not_there_or_not_whole_is_named(
    tone: Path, models: dict[str, str], says: str
) -> None:
    with pytest.raises(SetupError, match=says):
        check(tone, models=models)


def test_a_missing_model_hides_nothing_and_is_said_last(tone: Path) -> None:
    with pytest.raises(BadInputError) as caught:
        check(tone, title="A\ntitle", published_at="x", models=DEMO | {"whisper": "./none"})

    starts = ("The title", "'x' is no date", "There is no model folder")
    lines = str(caught.value).splitlines()
    assert [line.startswith(start) for line, start in zip(lines, starts, strict=True)] == [True] * 3


def test_what_is_empty_is_passed_over_since_a_feed_may_tell_it() -> None:
    check_form(RunForm("", "", "", models=DEMO))

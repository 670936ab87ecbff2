"""Each show knows its own voices, whatever the file is called."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.cli.commands_speakers import speakers
from flows.settings import settings
from flows.voices.voice_files import load_store, save_store, show_called, store_path
from speech.voiceprints.episode_voiceprints import render_json
from speech.voiceprints.voiceprint_store import empty_store


def test_shows_that_read_alike_share_no_voices(tmp_path: Path) -> None:
    shows = ("Open Ears", "OPEN EARS!", "Open ears", "Open Ears?")

    for show in shows:
        save_store(tmp_path, empty_store(show))

    assert [load_store(tmp_path, show).show for show in shows] == list(shows)


def test_a_show_is_found_in_capitals_or_not_where_only_one_is_called_so(tmp_path: Path) -> None:
    save_store(tmp_path, empty_store("Open Ears"))
    assert show_called(tmp_path, "open  ears") == "Open Ears"

    save_store(tmp_path, empty_store("OPEN EARS"))
    assert show_called(tmp_path, "OPEN EARS") == "OPEN EARS"
    assert show_called(tmp_path, "open ears") == "open ears"


def test_a_show_that_knows_nobody_is_told_from_those_that_read_like_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERLINEAR_DATA", str(tmp_path))
    settings.cache_clear()
    save_store(tmp_path, empty_store("Open Ears"))

    shown = CliRunner().invoke(speakers, ["voices", "Open Ears!"], catch_exceptions=False).output

    settings.cache_clear()
    assert "Open Ears! knows nobody's voice." in shown
    assert "Shows that know voices: Open Ears.\n" in shown


def test_voices_that_an_earlier_version_kept_stay_where_they_are(tmp_path: Path) -> None:
    kept = tmp_path / "voices" / "open-ears.json"
    kept.parent.mkdir()
    kept.write_bytes(render_json(empty_store("OPEN EARS!")))

    assert store_path(tmp_path, "OPEN EARS!") == kept
    assert store_path(tmp_path, "Open Ears") != kept

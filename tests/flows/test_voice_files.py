"""Each show knows its own voices, whatever the file is called."""

from pathlib import Path

from flows.voice_files import load_store, save_store, store_path
from speech.voice_store import empty_store, render_store


def test_shows_that_read_alike_share_no_voices(tmp_path: Path) -> None:
    shows = ("Open Ears", "OPEN EARS!", "Open ears", "Open Ears?")

    for show in shows:
        save_store(tmp_path, empty_store(show))

    assert [load_store(tmp_path, show).show for show in shows] == list(shows)


def test_voices_that_an_earlier_version_kept_stay_where_they_are(tmp_path: Path) -> None:
    kept = tmp_path / "voices" / "open-ears.json"
    kept.parent.mkdir()
    kept.write_bytes(render_store(empty_store("OPEN EARS!")))

    assert store_path(tmp_path, "OPEN EARS!") == kept
    assert store_path(tmp_path, "Open Ears") != kept

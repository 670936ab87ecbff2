"""`render`: every file again from the record, all episodes, one broken one stops no other."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.cli.commands_render import render
from flows.published.published_record import publish
from flows.published.rendering import find_episodes
from outputs.bundle import render_bundle
from outputs.library.atomic_publish import publish_folder
from outputs.record.record_types import EpisodeRecord
from podcast.errors import BadInputError


@pytest.fixture
def published(tmp_path: Path, record: EpisodeRecord) -> Path:
    """Three episodes of two shows."""
    for name in ("one/a", "one/b", "two/c"):
        files = render_bundle(replace(record, title=f"Episode {name}"))
        publish_folder(tmp_path / "out" / name, files)
    return tmp_path / "out"


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(render, list(map(str, arguments)), catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def test_all_episodes_get_back_the_same_bytes(published: Path) -> None:
    files = {path: path.read_bytes() for path in published.rglob("*.*") if path.is_file()}
    for path in published.rglob("ko.*"):
        path.write_bytes(b"")

    code, out, _ = run(published)

    assert (code, out.startswith("Rendered 3 episodes in ")) == (0, True)
    assert {path: path.read_bytes() for path in files} == files


def test_files_that_an_older_program_did_not_write_are_added(published: Path) -> None:
    (published / "one" / "a" / "en.vtt").unlink()

    run(published / "one" / "a", "--processes", 1)

    assert (published / "one" / "a" / "en.vtt").read_bytes().startswith(b"WEBVTT")


def test_a_broken_record_is_named_and_stops_no_other(published: Path) -> None:
    (published / "one" / "a" / "episode.json").write_text("{}", encoding="utf-8")
    (published / "one" / "b" / "ko.txt").unlink()

    code, out, err = run(published, "--processes", 1)

    assert code == 3
    assert out.startswith("Rendered 2 episodes in ")
    assert "one/a/episode.json is no episode record" in err
    assert (published / "one" / "b" / "ko.txt").is_file()


@pytest.mark.parametrize("text", ["Well,\r\nright.", "Well.\n", "Well.\r", "\u2028"])
def test_a_line_that_would_not_read_back_is_named_with_its_file(published: Path, text: str) -> None:
    file = published / "one" / "a" / "episode.json"
    document = json.loads(file.read_text("utf-8"))
    document["lines"][0]["text"] = text
    file.write_text(json.dumps(document), encoding="utf-8")

    code, _, err = run(published / "one" / "a", "--processes", 1)

    assert code == 3
    assert f"Not rendered: {file} is damaged at $.lines[0].text: " in err


def test_what_fails_is_named_with_its_folder(published: Path) -> None:
    code, _, err = run(published / "one" / "a", "--page-audio", "javascript:a", "--processes", 1)

    assert code == 3
    assert f"Not rendered: {published / 'one' / 'a'}: The page cannot play" in err


def test_an_unfinished_publication_is_no_episode(published: Path) -> None:
    (published / "one" / "a").rename(published / "one" / ".a-unfinished")

    assert [folder.name for folder in find_episodes(published)] == ["b", "c"]


def test_a_folder_without_episodes_is_explained(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="no published episode in"):
        find_episodes(tmp_path / "nowhere")


def test_the_interface_and_the_order_of_captions_can_be_changed_for_good(published: Path) -> None:
    episode = published / "one" / "a"

    run(published, "--interface", "nl", "--order", "target-first", "--processes", 1)
    run(published, "--processes", 1)

    assert '<html lang="nl">' in (episode / "ko.html").read_text("utf-8")
    card = (episode / "en-ko.srt").read_text("utf-8")
    assert card.index("안녕하세요.") < card.index("Hello there.")


def test_pages_can_be_told_where_the_recording_is(published: Path) -> None:
    page = published / "one" / "a" / "ko.html"
    assert " src=" not in page.read_text("utf-8")

    run(published, "--page-audio", "../a%20b.mp3", "--processes", 1)
    run(published, "--processes", 1)

    assert ' src="../a%20b.mp3"' in page.read_text("utf-8")


def test_an_address_that_no_page_can_play_is_refused(published: Path) -> None:
    code, _, err = run(published, "--page-audio", "javascript:alert(1)", "--processes", 1)

    assert code == 3
    assert "The page cannot play 'javascript:alert(1)'" in err


def test_rendering_changes_no_byte_but_the_time_in_the_manifest(
    tmp_path: Path, record: EpisodeRecord
) -> None:
    folder = tmp_path / "out" / "open-ears" / "a-title"
    publish(folder, record)
    backdated = (folder / "manifest.json").read_text("utf-8").replace('_at": "2', '_at": "1')
    (folder / "manifest.json").write_text(backdated, encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    run(tmp_path / "out", "--processes", 1)

    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    old, new = (json.loads(files.pop("manifest.json")) for files in (before, after))
    assert after == before
    assert new["made_at"] > old["made_at"]
    assert {**new, "made_at": ""} == {**old, "made_at": ""}
    assert {file["name"] for file in new["files"]} == set(after)


def test_rendering_makes_the_lists_again(published: Path) -> None:
    (published / "index.json").unlink(missing_ok=True)

    run(published, "--processes", 1)

    index = json.loads((published / "index.json").read_text("utf-8"))
    paths = sorted(entry["path"] for entry in index["episodes"])
    assert paths == ["one/a", "one/b", "two/c"]

"""The published folder: episodes in, lists beside them, and what happens to both later."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from outputs.library.published_folder import (
    is_library,
    list_episode,
    put_episode,
    read_manifest,
    rebuild_lists,
)
from outputs.record.manifest import build_manifest
from outputs.record.record_types import EpisodeRecord
from outputs.site.catalogue import INDEX_FORM, SHOW_FORM
from podcast.errors import BadInputError

Put = Callable[..., Path]


@pytest.fixture
def put(tmp_path: Path, record: EpisodeRecord) -> Put:
    """Publish a small episode under out/<show>/<name>."""

    def put(name: str, show: str = "open-ears", *, keep: int = 0, **changes: str) -> Path:
        folder = tmp_path / "out" / show / name
        files = {"ko.txt": json.dumps(changes).encode()}
        changed = replace(record, **changes)
        manifest = build_manifest(changed, files, "2026-11-25T12:00:00Z")
        put_episode(folder, files, manifest, keep)
        list_episode(folder, manifest)
        return folder

    return put


def shown(out: Path) -> list[str]:
    index = INDEX_FORM.parse((out / "index.json").read_bytes(), "index")
    return sorted(episode.path for episode in index.episodes)


def test_a_published_episode_is_in_the_list_of_its_show_and_in_the_index(put: Put) -> None:
    folder = put("a", guid="42")
    out = folder.parent.parent

    show = SHOW_FORM.parse((folder.parent / "show.json").read_bytes(), "show")
    assert [(e.path, e.guid) for e in show.episodes] == [("a", "42")]
    assert shown(out) == ["open-ears/a"]
    assert is_library(out)
    assert read_manifest(folder) is not None


def test_the_folder_brings_its_schemas(put: Put) -> None:
    out = put("a").parent.parent

    for name, schema in (
        ("index.json", "index-1"),
        ("open-ears/show.json", "show-1"),
        ("open-ears/a/manifest.json", "manifest-1"),
    ):
        document = json.loads((out / name).read_text("utf-8"))
        rules = json.loads((out / "schemas" / f"{schema}.schema.json").read_text("utf-8"))
        jsonschema.validate(document, rules)


def test_a_deleted_episode_is_listed_no_more_when_another_is_published(put: Put) -> None:
    shutil.rmtree(put("a"))

    out = put("b").parent.parent

    assert shown(out) == ["open-ears/b"]


def test_a_damaged_list_is_made_again_from_the_manifests(put: Put) -> None:
    folder = put("a")
    (folder.parent / "show.json").write_text("{", encoding="utf-8")

    out = put("b").parent.parent

    assert shown(out) == ["open-ears/a", "open-ears/b"]


def test_a_damaged_manifest_is_named_and_stops_no_other(put: Put) -> None:
    folder = put("a")
    out = put("b", "other").parent.parent
    (folder / "manifest.json").write_text("{}", encoding="utf-8")

    problems = rebuild_lists(out)

    assert [str(folder / "manifest.json") in problem for problem in problems] == [True]
    assert shown(out) == ["other/b"]
    with pytest.raises(BadInputError, match=r"is no manifest of an episode"):
        read_manifest(folder)


def test_earlier_versions_are_kept_as_many_as_wanted_and_hidden(put: Put) -> None:
    for title in ("One", "Two", "Three", "Four"):
        folder = put("a", keep=2, title=title)

    versions = sorted((folder.parent / ".versions" / "a").iterdir())
    kept = {json.loads((v / "manifest.json").read_text("utf-8"))["title"] for v in versions}
    assert len(versions) == 2
    assert kept <= {"One", "Two", "Three"}
    assert rebuild_lists(folder.parent.parent) == ()
    assert shown(folder.parent.parent) == ["open-ears/a"]


def test_an_episode_with_a_damaged_manifest_is_replaced_and_not_kept(
    put: Put, caplog: pytest.LogCaptureFixture
) -> None:
    folder = put("a", keep=2, title="One")
    (folder / "manifest.json").write_text("{}", encoding="utf-8")

    put("a", keep=2, title="Two")

    manifest = read_manifest(folder)
    assert manifest is not None
    assert manifest.title == "Two"
    assert not (folder.parent / ".versions").exists()
    assert "The earlier version is not kept." in caplog.text


def test_no_version_is_kept_where_none_is_wanted(put: Put) -> None:
    put("a", title="One")
    folder = put("a", title="Two")

    assert not (folder.parent / ".versions").exists()


def test_an_index_that_gets_shorter_leaves_no_page_behind(
    put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = put("a").parent.parent
    (out / "index-2.json").write_text("stale", encoding="utf-8")
    (out / "index-3.json").write_text("stale", encoding="utf-8")

    put("b")

    assert sorted(path.name for path in out.glob("index*")) == ["index.html", "index.json"]

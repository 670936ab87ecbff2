"""Episodes on object storage: a real S3 server, and a reader who sees one publication, whole."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import jsonschema
import pytest

from outputs.library import mirror
from outputs.library.mirror import mirror_episode, mirror_lists
from outputs.library.object_store import ObjectStore, open_store
from outputs.library.published_folder import put_episode
from outputs.record.manifest import Manifest, build_manifest
from outputs.record.record_types import EpisodeRecord
from podcast.errors import BadInputError, NetworkError, SetupError

BUCKET = "transcripts"
ROOT = "site"
SECRET = "a-very-secret-key"
"""As the fixture has it."""


@pytest.fixture
def store(s3: Any) -> ObjectStore:
    return open_store(f"s3://{BUCKET}/{ROOT}")


Publish = Callable[..., tuple[Path, Manifest]]


@pytest.fixture
def publish(tmp_path: Path, record: EpisodeRecord) -> Publish:
    """Publish an episode on the disk."""

    def publish(
        name: str, title: str, show: str = "show", guid: str = "1"
    ) -> tuple[Path, Manifest]:
        folder = tmp_path / show / name
        files = {n: f"{title} {n}".encode() for n in ("episode.json", "ko.html", "ko.vtt")}
        named = replace(record, title=title, show=show, guid=guid)
        manifest = build_manifest(named, files, "2026-11-25T12:00:00Z")
        put_episode(folder, files, manifest)
        return folder, manifest

    return publish


def get(s3: Any, path: str) -> bytes:
    content: bytes = s3.get_object(Bucket=BUCKET, Key=f"{ROOT}/{path}")["Body"].read()
    return content


def seen(s3: Any, place: str) -> str:
    """Return the title of what a reader finds, who begins with the manifest."""
    manifest = json.loads(get(s3, f"{place}/manifest.json"))
    for file in manifest["files"]:
        content = get(s3, f"{place}/{file['path']}")
        assert hashlib.sha256(content).hexdigest() == file["sha256"]
        assert content.decode() == f"{manifest['title']} {file['name']}"
    return str(manifest["title"])


def index(s3: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(get(s3, "index.json"))
    return document


def test_an_episode_is_found_from_the_index_to_its_files(
    s3: Any, store: ObjectStore, publish: Publish
) -> None:
    mirror_episode(store, *publish("e", "One"))

    (entry,) = index(s3)["episodes"]
    assert seen(s3, entry["path"]) == "One"
    assert get(s3, entry["pages"]["ko"]) == b"One ko.html"
    show = json.loads(get(s3, index(s3)["shows"][0]["catalogue"]))
    assert get(s3, f"show/{show['episodes'][0]['pages']['ko']}") == b"One ko.html"
    jsonschema.validate(index(s3), json.loads(get(s3, "schemas/index-1.schema.json")))


def test_files_come_with_their_type_and_may_be_kept_the_lists_may_not(
    s3: Any, store: ObjectStore, publish: Publish
) -> None:
    mirror_episode(store, *publish("e", "One"))

    page = s3.head_object(Bucket=BUCKET, Key=f"{ROOT}/{index(s3)['episodes'][0]['pages']['ko']}")
    assert page["ContentType"] == "text/html; charset=utf-8"
    assert "immutable" in page["CacheControl"]
    assert s3.head_object(Bucket=BUCKET, Key=f"{ROOT}/index.json")["CacheControl"] == "no-cache"


def test_a_new_publication_leaves_the_last_one_for_those_who_are_reading_it(
    s3: Any, store: ObjectStore, publish: Publish
) -> None:
    mirror_episode(store, *publish("e", "One"))
    before = json.loads(get(s3, "show/e/manifest.json"))

    mirror_episode(store, *publish("e", "Two"))

    assert seen(s3, "show/e") == "Two"
    assert all(get(s3, f"show/e/{f['path']}").startswith(b"One") for f in before["files"])


def test_versions_that_nobody_can_be_reading_are_deleted(
    s3: Any, store: ObjectStore, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    for title in ("One", "Two", "Three"):
        mirror_episode(store, *publish("e", title))
    assert len(store.folders("show/e")) == 3

    monkeypatch.setattr(mirror, "SPARED", -timedelta(days=1))
    mirror_episode(store, *publish("e", "Four"))

    assert len(store.folders("show/e")) == 2
    assert seen(s3, "show/e") == "Four"


def test_an_unchanged_episode_is_not_uploaded_again(
    s3: Any, store: ObjectStore, publish: Publish
) -> None:
    mirror_episode(store, *publish("e", "One"))
    path = json.loads(get(s3, "show/e/manifest.json"))["files"][0]["path"]
    first = s3.head_object(Bucket=BUCKET, Key=f"{ROOT}/show/e/{path}")["LastModified"]
    s3.put_object(Bucket=BUCKET, Key=f"{ROOT}/show/e/{path}", Body=b"as it was")

    mirror_episode(store, *publish("e", "One"))

    assert get(s3, f"show/e/{path}") == b"as it was"
    assert first <= datetime.now(UTC)


class Breaking:
    """A file system that fails at its nth change, and all that follow, like a dying machine."""

    def __init__(self, files: Any, works: int) -> None:
        self._files, self._left = files, works

    def __getattr__(self, name: str) -> Any:
        if name in {"pipe", "pipe_file", "rm"}:
            self._left -= 1
            if self._left < 0:
                raise OSError("the machine is gone")
        return getattr(self._files, name)


def test_a_writer_who_dies_at_any_step_leaves_a_whole_episode_and_lists_that_lead_to_it(
    s3: Any, store: ObjectStore, publish: Publish
) -> None:
    mirror_episode(store, *publish("e", "One"))
    views = []
    for works in range(20):
        folder, manifest = publish("e", f"Two {works}")
        dying = ObjectStore(Breaking(store._files, works), f"{BUCKET}/{ROOT}", store.address)  # noqa: SLF001  the seam
        try:
            mirror_episode(dying, folder, manifest)
            is_done = True
        except NetworkError:
            is_done = False
        views.append(seen(s3, "show/e"))
        assert len(index(s3)["episodes"]) == 1
        assert get(s3, index(s3)["episodes"][0]["pages"]["ko"])
        if is_done:
            break

    assert is_done
    assert len(views) > 4
    assert seen(s3, "show/e") == f"Two {works}"


def test_runs_on_many_machines_lose_no_entry(s3: Any, store: ObjectStore, publish: Publish) -> None:
    episodes = [publish(f"e{n}", f"Title {n}", f"show-{n % 2}") for n in range(6)]

    threads = [Thread(target=mirror_episode, args=(store, *episode)) for episode in episodes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    titles = {entry["title"] for entry in index(s3)["episodes"]}
    assert titles == {f"Title {n}" for n in range(6)}


def test_a_reader_who_looks_while_it_is_written_finds_each_publication_whole(
    s3: Any, store: ObjectStore, publish: Publish
) -> None:
    mirror_episode(store, *publish("e", "Title 0"))

    def write() -> None:
        for number in range(1, 5):
            mirror_episode(store, *publish("e", f"Title {number}"))

    writer = Thread(target=write)
    writer.start()
    titles = []
    while writer.is_alive():
        titles.append(seen(s3, "show/e"))
    writer.join()

    assert titles == sorted(titles)
    assert len(set(titles)) > 1


def test_lost_lists_are_made_again_from_the_manifests(
    s3: Any, store: ObjectStore, publish: Publish
) -> None:
    mirror_episode(store, *publish("a", "One"))
    mirror_episode(store, *publish("b", "Two"))
    s3.delete_object(Bucket=BUCKET, Key=f"{ROOT}/show/show.json")
    s3.delete_object(Bucket=BUCKET, Key=f"{ROOT}/index.json")

    mirror_lists(store)

    assert [entry["path"] for entry in index(s3)["episodes"]] == ["show/a", "show/b"]


def test_a_store_that_does_not_answer_is_named_without_its_secrets(
    s3: Any, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    lost = open_store(f"s3://{BUCKET}/elsewhere")

    with pytest.raises(NetworkError, match="published on this machine") as caught:
        mirror_episode(lost, *publish("e", "One"))

    assert SECRET not in str(caught.value)


def test_an_address_of_no_store_is_explained() -> None:
    with pytest.raises(SetupError, match="Give an address such as s3"):
        open_store("nosuch://bucket")


@pytest.mark.parametrize("other", [{"show": "Show"}, {"guid": "2"}], ids=["show", "guid"])
def test_an_episode_never_takes_the_place_of_another(
    store: ObjectStore, s3: Any, publish: Publish, tmp_path: Path, other: dict[str, str]
) -> None:
    folder, manifest = publish("e", "One")
    mirror_episode(store, folder, manifest)

    with pytest.raises(BadInputError, match="show/e holds another episode, 'One' of 'show'"):
        mirror_episode(store, folder, replace(manifest, title="Two", **other))

    assert seen(s3, "show/e") == "One"

"""Lists of episodes: the newest first, in pages, with paths that lead somewhere."""

from dataclasses import replace

from outputs.record.manifest import Manifest, build_manifest
from outputs.record.record_types import EpisodeRecord
from outputs.site.catalogue import (
    Index,
    build_index,
    listed,
    show_catalogue,
    with_episode,
    with_only,
)


def manifest(record: EpisodeRecord, **changes: str) -> Manifest:
    files = {"ko.html": b"1", "ko.txt": b"2"}
    return replace(build_manifest(record, files, "2026-11-25T12:00:00Z"), **changes)


def index_of(record: EpisodeRecord, count: int, page_size: int) -> dict[str, Index]:
    dated = [
        listed(manifest(record, published_at=f"2026-01-{day:02}T00:00:00Z"), f"e{day}")
        for day in range(1, count + 1)
    ]
    return dict(build_index([("show", show_catalogue(dated))], page_size))


def test_the_newest_episode_comes_first(record: EpisodeRecord) -> None:
    old = listed(manifest(record, published_at="2020-01-01T00:00:00Z"), "a")
    undated = listed(manifest(record, first_made_at="2021-01-01T00:00:00Z"), "b")
    new = listed(manifest(record, published_at="2022-01-01T00:00:00Z"), "c")

    catalogue = show_catalogue([old, undated, new])

    assert [episode.path for episode in catalogue.episodes] == ["c", "b", "a"]


def test_an_episode_takes_the_place_of_its_earlier_self(record: EpisodeRecord) -> None:
    before = show_catalogue([listed(manifest(record), "a"), listed(manifest(record), "b")])

    after = with_episode(before, listed(manifest(record, title="New"), "a"))

    assert {episode.path: episode.title for episode in after.episodes} == {
        "a": "New",
        "b": "A title",
    }


def test_an_episode_whose_folder_is_gone_is_listed_no_more(record: EpisodeRecord) -> None:
    before = show_catalogue([listed(manifest(record), "a"), listed(manifest(record), "b")])

    assert [episode.path for episode in with_only(before, ["b", "c"]).episodes] == ["b"]


def test_paths_lead_from_the_list_to_the_file(record: EpisodeRecord) -> None:
    episode = listed(manifest(record), "a")
    (_, index), *_ = build_index([("show", show_catalogue([episode]))])

    assert (episode.manifest, episode.pages) == ("a/manifest.json", {"ko": "a/ko.html"})
    assert index.episodes[0].manifest == "show/a/manifest.json"
    assert index.episodes[0].pages == {"ko": "show/a/ko.html"}
    assert index.shows[0].catalogue == "show/show.json"


def test_a_long_index_goes_on_in_further_files(record: EpisodeRecord) -> None:
    pages = index_of(record, count=5, page_size=2)

    assert list(pages) == ["index.json", "index-2.json", "index-3.json"]
    assert [page.next for page in pages.values()] == ["index-2.json", "index-3.json", None]
    paths = [episode.path for page in pages.values() for episode in page.episodes]
    assert paths == ["show/e5", "show/e4", "show/e3", "show/e2", "show/e1"]
    assert {page.n_episodes for page in pages.values()} == {5}


def test_an_empty_folder_has_an_empty_index(record: EpisodeRecord) -> None:
    ((name, index),) = build_index([("show", show_catalogue([]))])

    assert (name, index.shows, index.episodes, index.next) == ("index.json", (), (), None)

"""Where an episode is published: a folder of its own, which it keeps."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from flows.published.folder_names import earlier_name, guid_name
from flows.published.folders import episode_folder, show_folder
from flows.published.published_record import publish, replacing
from outputs.record.record_types import EpisodeRecord
from podcast.errors import BadInputError

Put = Callable[..., Path]


@pytest.fixture
def put(record: EpisodeRecord, tmp_path: Path) -> Put:
    """Publish an episode in a folder of `tmp_path`, as an earlier version may have done."""

    def put(place: str, show: str, title: str, guid: str = "") -> Path:
        folder = tmp_path / place
        publish(folder, replace(record, show=show, title=title, guid=guid))
        return folder

    return put


def test_an_episode_is_named_after_its_show_and_its_title(tmp_path: Path) -> None:
    folder = episode_folder(tmp_path, "Open Ears", "Small models for old phones")

    assert folder == tmp_path / "open-ears" / "small-models-for-old-phones"


def test_a_new_title_does_not_move_an_episode_that_has_a_guid(tmp_path: Path) -> None:
    before = episode_folder(tmp_path, "Show", "Old title", "tag:example.org,2026:1")

    assert episode_folder(tmp_path, "Show", "New title", "tag:example.org,2026:1") == before


def test_an_episode_of_an_earlier_version_stays_where_it_is(put: Put, tmp_path: Path) -> None:
    titled = put("ai-daily/really", "AI: daily", "Really?")
    of_feed = put(f"ai-daily/{guid_name('42')}", "AI: daily", "Really!", "42")

    assert episode_folder(tmp_path, "AI: daily", "Really?") == titled
    assert episode_folder(tmp_path, "AI: daily", "Another title", "42") == of_feed


def test_a_new_episode_joins_its_show_where_an_earlier_version_put_it(
    put: Put, tmp_path: Path
) -> None:
    put("ai-daily/really", "AI: daily", "Really?")

    assert episode_folder(tmp_path, "AI: daily", "A title") == tmp_path / "ai-daily" / "a-title"


def test_an_episode_without_a_manifest_is_known_by_its_record(put: Put, tmp_path: Path) -> None:
    folder = put("open-ears/really", "Open Ears", "Really?")
    (folder / "manifest.json").unlink()

    assert episode_folder(tmp_path, "Open Ears", "Really?") == folder


def test_a_title_whose_folder_another_one_has_gets_a_mark(put: Put, tmp_path: Path) -> None:
    put("open-ears/really", "Open Ears", "Really?")

    folder = episode_folder(tmp_path, "Open Ears", "Really")

    assert folder.parent == tmp_path / "open-ears"
    assert folder.name.startswith("really-")


def test_a_show_whose_folder_another_one_has_gets_a_mark(put: Put, tmp_path: Path) -> None:
    put(f"open-ears/{guid_name('1')}", "OPEN EARS!", "A title", "1")

    assert show_folder(tmp_path, "OPEN EARS!").name == "open-ears"
    assert show_folder(tmp_path, "Open Ears").name.startswith("open-ears-")


def test_a_folder_that_was_prepared_with_a_glossary_is_the_shows(put: Put, tmp_path: Path) -> None:
    (tmp_path / "ai-daily").mkdir()
    (tmp_path / "ai-daily" / "glossary.toml").touch()
    assert show_folder(tmp_path, "AI Daily") == tmp_path / "ai-daily"

    put("ai-daily/a-title", "AI Daily", "A title")
    assert show_folder(tmp_path, "AI Daily") == tmp_path / "ai-daily"
    assert show_folder(tmp_path, "AI: Daily") != tmp_path / "ai-daily"


def test_two_shows_that_an_earlier_version_mixed_are_told_apart(put: Put, tmp_path: Path) -> None:
    loud = put(f"open-ears/{guid_name('1')}", "OPEN EARS!", "A title", "1")
    calm = put(f"open-ears/{guid_name('2')}", "Open ears?", "A title", "2")

    assert episode_folder(tmp_path, "OPEN EARS!", "A title", "1") == loud
    assert episode_folder(tmp_path, "Open ears?", "A title", "2") == calm
    new = {episode_folder(tmp_path, show, "", "3") for show in ("OPEN EARS!", "Open ears?")}
    assert len({folder.parent for folder in new} | {loud.parent}) == 3


def test_a_folder_that_another_episode_was_copied_to_is_refused(put: Put, tmp_path: Path) -> None:
    name = episode_folder(tmp_path, "Open Ears", "A title", "1").name
    put(f"open-ears/{name}", "Open Ears", "Another", "2")

    with pytest.raises(BadInputError, match=rf"{name} holds another episode than 'A title'"):
        episode_folder(tmp_path, "Open Ears", "A title", "1")


@pytest.mark.parametrize(
    "other",
    [{"show": "OPEN EARS!"}, {"title": "A title!"}, {"guid": "2"}],
    ids=["show", "title", "guid"],
)
def test_an_episode_never_takes_the_place_of_another(
    put: Put, record: EpisodeRecord, other: dict[str, str]
) -> None:
    folder = put("open-ears/a-title", "Open Ears", "A title")
    before = (folder / "episode.json").read_bytes()

    with pytest.raises(BadInputError, match="'A title' of 'Open Ears'"), replacing(folder):
        publish(folder, replace(record, **other))

    assert (folder / "episode.json").read_bytes() == before


def test_a_folder_that_cannot_be_read_is_replaced(put: Put, tmp_path: Path) -> None:
    folder = put("open-ears/a-title", "Open Ears", "A title")
    for name in ("manifest.json", "episode.json"):
        (folder / name).write_text("{", encoding="utf-8")

    assert episode_folder(tmp_path, "Open Ears", "A title") == folder


def test_names_of_earlier_versions_are_found_as_they_were() -> None:
    titles = ("Small models, for old phones!", "CON", "C++", "Schemas", "⚡️", "x" * 81)

    names = [earlier_name(title) for title in titles]

    assert names == [
        "small-models-for-old-phones", "con", "c-f1deb75f", "schemas-bdae3cfc", "6ce2d310",
        f"{'x' * 80}-4d1f7bb8",
    ]  # fmt: skip

"""`feed`: the transcripts of published episodes in the right items of a show's feed."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from flows.cli.main import cli
from outputs.bundle import render_bundle
from outputs.library.published_folder import put_episode
from outputs.record.manifest import build_manifest
from outputs.record.record_types import EpisodeRecord
from podcast.errors import BadInputError

TRANSCRIPT = "{https://podcastindex.org/namespace/1.0}transcript"
FEED = """<rss version="2.0"><channel><title>Open Ears</title>
<item><guid>https://example.org/42</guid><title>New title</title></item>
<item><guid>43</guid><title>By  hand</title></item>
<item><guid>44</guid><title>Not done</title></item>
</channel></rss>
"""


@pytest.fixture
def published(tmp_path: Path, record: EpisodeRecord) -> Path:
    """One episode with a guid, and one that was published by hand."""
    for folder, guid, title in (("a", "https://example.org/42", "Old"), ("b", "", "By hand")):
        named = replace(record, guid=guid, title=title)
        files = render_bundle(named)
        manifest = build_manifest(named, files, "2026-11-25T12:00:00Z")
        put_episode(tmp_path / "out" / "open-ears" / folder, files, manifest)
    return tmp_path / "out"


def run(feed: Path, published: Path, *more: str) -> tuple[str, str]:
    command = ["feed", str(feed), "--base-url", "https://t.example/x/", "--published"]
    result = CliRunner().invoke(cli, [*command, str(published), *more], catch_exceptions=False)
    return result.stdout, result.stderr


def test_items_get_the_tags_of_their_episode(tmp_path: Path, published: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(FEED, encoding="utf-8")

    out, err = run(feed, published)

    by_guid, by_title, none = ET.fromstring(out).iter("item")
    first = by_guid.findall(TRANSCRIPT)[0].attrib
    assert first == {
        "url": "https://t.example/x/open-ears/a/en.vtt",
        "type": "text/vtt",
        "language": "en",
        "rel": "captions",
    }
    assert {tag.attrib["language"] for tag in by_guid.findall(TRANSCRIPT)} == {"en", "ko"}
    assert (
        by_title.findall(TRANSCRIPT)[0].attrib["url"].startswith("https://t.example/x/open-ears/b/")
    )
    assert none.findall(TRANSCRIPT) == []
    assert err == "No transcript: Not done\nTranscripts in 2 of 3 items.\n"


def test_an_item_without_a_guid_is_known_by_its_sound(
    tmp_path: Path, record: EpisodeRecord
) -> None:
    sound = replace(record.recording, source="https://h.example/42.mp3")
    for folder, guid in (("by-guid", "42"), ("other", "43")):
        named = replace(record, guid=guid, recording=sound if guid == "42" else record.recording)
        files = render_bundle(named)
        manifest = build_manifest(named, files, "2026-11-25T12:00:00Z")
        put_episode(tmp_path / "out" / "open-ears" / folder, files, manifest)
    feed = tmp_path / "feed.xml"
    feed.write_text(
        '<rss version="2.0"><channel><title>Open Ears</title><item><title>New</title>'
        '<enclosure url="https://h.example/42.mp3?listener=7"/></item></channel></rss>'
    )

    out, _ = run(feed, tmp_path / "out")

    (item,) = ET.fromstring(out).iter("item")
    assert item.findall(TRANSCRIPT)[0].attrib["url"].endswith("/open-ears/by-guid/en.vtt")


def test_an_atom_feed_gets_the_tags_as_well(tmp_path: Path, published: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Open Ears</title>'
        "<entry><id>https://example.org/42</id><title>New</title></entry>"
        "<entry><id>43</id><title>By hand</title></entry></feed>"
    )

    run(feed, published, "--output", str(feed))
    once = feed.read_bytes()
    run(feed, published, "--output", str(feed))

    assert feed.read_bytes() == once
    first, second = ET.fromstring(once).iter("{http://www.w3.org/2005/Atom}entry")
    assert first.findall(TRANSCRIPT)[0].attrib["url"].endswith("/open-ears/a/en.vtt")
    assert second.findall(TRANSCRIPT)[0].attrib["url"].endswith("/open-ears/b/en.vtt")


def test_a_feed_can_be_written_over_itself_again_and_again(tmp_path: Path, published: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(FEED, encoding="utf-8")

    run(feed, published, "--output", str(feed))
    once = feed.read_bytes()
    run(feed, published, "--output", str(feed))

    assert feed.read_bytes() == once
    assert once != FEED.encode()


def test_what_cannot_be_done_is_explained(tmp_path: Path, published: Path) -> None:
    (tmp_path / "feed.xml").write_text(FEED, encoding="utf-8")

    with pytest.raises(BadInputError, match=r"nowhere\.xml cannot be read"):
        run(tmp_path / "nowhere.xml", published)
    with pytest.raises(BadInputError, match="No episode is published in"):
        run(tmp_path / "feed.xml", tmp_path / "empty")

"""Find the transcripts of a feed's items among the published episodes."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from urllib.parse import quote

from audio.web.address import without_secrets
from flows.published.published_record import read_published
from outputs.feed_tags.feed_fragment import TYPES, transcript_tag, url_folder
from outputs.feed_tags.feed_insertion import FeedCopy, insert_tags
from outputs.feed_tags.feed_structure import FeedItem, read_structure
from outputs.formats import IN_FEED
from outputs.library.published_folder import published_episodes
from outputs.record.manifest import Manifest
from podcast.errors import BadInputError
from podcast.language import Language
from podcast.sound_address import sound_address

FORMATS = tuple(ending for ending, _ in IN_FEED)


def tag_feed(feed: bytes, name: str, out: Path, base_url: str) -> FeedCopy:
    """Insert the transcripts of all published episodes into a show's feed.

    An item is the episode with its guid. An item without one is known by the address of its sound,
    without the query unless that tells it from others; else by its title, if it was published
    without a guid and the feed's title is the name of its show.

    Args:
        feed: RSS or Atom.
        name: What to call it in a message.
        out: Folder of all shows.
        base_url: Where that folder is served.

    Raises:
        BadInputError: The feed cannot be read, nothing is published there, or nothing can be served
            at the URL.
    """
    base = url_folder(base_url)
    show = read_structure(feed, name).title
    published = list(published_episodes(out))
    episodes = {
        key: (f"{base}{quote(str(folder.relative_to(out)))}/", manifest)
        for folder, manifest in published
        for key in [_key(manifest.guid, manifest.title, manifest.show)]
    }
    if not episodes:  # a wrong folder rather than a show without transcripts
        raise BadInputError(f"No episode is published in {out}. Name its folder with --published.")

    @cache  # the records are read only if an item lacks a guid
    def by_sound() -> dict[str, tuple[str, ...]]:
        return {
            sound_address(read_published(folder).record.recording.source): _key(
                m.guid, m.title, m.show
            )
            for folder, m in published
        }

    def tags_for(item: FeedItem, prefix: str) -> Sequence[str]:
        keys = [_key("", item.title, show)]
        if item.guid:
            keys.insert(0, _key(item.guid, "", ""))
        if item.enclosure and item.guid == without_secrets(item.enclosure):
            keys.insert(1, by_sound().get(sound_address(item.enclosure), ()))
        found = next((episodes[key] for key in keys if key in episodes), None)
        return _tags(*found, prefix) if found else ()

    return insert_tags(feed, tags_for, name)


def _key(guid: str, title: str, show: str) -> tuple[str, ...]:
    if guid:
        return (guid,)
    return (" ".join(title.split()).casefold(), " ".join(show.split()).casefold())


def _tags(url: str, manifest: Manifest, prefix: str) -> list[str]:
    """Write the tags of an episode: by language, the recommended formats first."""
    paths = {file.name: file.path for file in manifest.files}
    names = (f"{language.value}.{ending}" for language in Language for ending in FORMATS)
    return [
        transcript_tag(name, url + quote(paths[name]), prefix)
        for name in names
        if name in paths and name.rpartition(".")[2] in TYPES
    ]

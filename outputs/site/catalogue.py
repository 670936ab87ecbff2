"""The lists that a site reads: the episodes of a show, and those of all shows. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from outputs.record.json_form import JsonForm
from outputs.record.manifest import MANIFEST_NAME, Manifest

SHOW_NAME = "show.json"
INDEX_NAME = "index.json"
CATALOGUE_VERSION = 1

PAGE_SIZE = 500
"""Episodes in one file of the index: about 300 kB."""

PAGE_ROLE = "page"


@dataclass(frozen=True, slots=True)
class ListedEpisode:
    """An episode in a list. Paths are relative to the file that holds the list.

    Attributes:
        path: Its folder.
        manifest: Its manifest, which says what lies where.
        show: Name of the show.
        title: In the language that is spoken.
        titles: BCP 47 tag -> title.
        guid: What the feed calls it; empty without a feed.
        published_at: When the feed published it, RFC 3339 in UTC; empty if unknown.
        first_made_at: When its transcripts were first published.
        duration: Seconds.
        language: BCP 47 tag of what is spoken.
        languages: BCP 47 tags of the translations.
        pages: BCP 47 tag of a translation -> its page to read and listen to.
    """

    path: str
    manifest: str
    show: str
    title: str
    titles: dict[str, str]
    guid: str
    published_at: str
    first_made_at: str
    duration: float
    language: str
    languages: tuple[str, ...]
    pages: dict[str, str]


@dataclass(frozen=True, slots=True)
class ShowCatalogue:
    """`show.json`: the episodes of one show, the newest first."""

    schema_version: int
    show: str
    episodes: tuple[ListedEpisode, ...]


@dataclass(frozen=True, slots=True)
class ListedShow:
    """A show in the index.

    Attributes:
        show: Its name.
        path: Its folder.
        catalogue: Its `show.json`.
        n_episodes: How many episodes it has.
    """

    show: str
    path: str
    catalogue: str
    n_episodes: int


@dataclass(frozen=True, slots=True)
class Index:
    """`index.json` and the pages that follow it: all episodes, the newest first.

    Attributes:
        schema_version: Of the index.
        shows: All shows by name, on every page.
        episodes: Those of this page.
        n_episodes: On all pages.
        next: File of the next page; None on the last one.
    """

    schema_version: int
    shows: tuple[ListedShow, ...]
    episodes: tuple[ListedEpisode, ...]
    n_episodes: int
    next: str | None


SHOW_FORM = JsonForm(ShowCatalogue, "catalogue of a show", "show-1.schema.json", CATALOGUE_VERSION)
INDEX_FORM = JsonForm(Index, "index of shows", "index-1.schema.json", CATALOGUE_VERSION)


def listed(manifest: Manifest, folder: str) -> ListedEpisode:
    """Describe an episode for the list of its show.

    Args:
        manifest: Of the episode.
        folder: Name of its folder in that of the show.
    """
    pages = {
        tag: f"{folder}/{file.path}"
        for file in manifest.files
        if file.role == PAGE_ROLE
        for tag in file.languages
        if tag != manifest.language
    }
    return ListedEpisode(
        path=folder,
        manifest=f"{folder}/{MANIFEST_NAME}",
        show=manifest.show,
        title=manifest.title,
        titles=manifest.titles,
        guid=manifest.guid,
        published_at=manifest.published_at,
        first_made_at=manifest.first_made_at,
        duration=manifest.duration,
        language=manifest.language,
        languages=manifest.languages,
        pages=pages,
    )


def show_catalogue(episodes: Iterable[ListedEpisode]) -> ShowCatalogue:
    """List the episodes of a show under the name that its newest one gives it."""
    ordered = _newest_first(episodes)
    return ShowCatalogue(CATALOGUE_VERSION, ordered[0].show if ordered else "", ordered)


def with_episode(catalogue: ShowCatalogue, episode: ListedEpisode) -> ShowCatalogue:
    """Return a catalogue in which an episode stands in the place of what had its folder."""
    others = [other for other in catalogue.episodes if other.path != episode.path]
    return show_catalogue([*others, episode])


def with_only(catalogue: ShowCatalogue, folders: Iterable[str]) -> ShowCatalogue:
    """Return a catalogue without the episodes whose folder is not there any more."""
    present = set(folders)
    return show_catalogue(episode for episode in catalogue.episodes if episode.path in present)


def build_index(
    shows: Iterable[tuple[str, ShowCatalogue]], page_size: int = PAGE_SIZE
) -> Iterator[tuple[str, Index]]:
    """List all episodes.

    Args:
        shows: Folder and catalogue of each show; those without episodes are left out.
        page_size: Episodes in one file.

    Yields:
        The file name and the content of each page.
    """
    catalogues = [(folder, catalogue) for folder, catalogue in shows if catalogue.episodes]
    everything = _newest_first(
        _within(folder, episode) for folder, c in catalogues for episode in c.episodes
    )
    names = sorted(_listed_show(folder, c) for folder, c in catalogues)
    starts = range(0, max(1, len(everything)), page_size)
    pages = [everything[start : start + page_size] for start in starts]
    for number, episodes in enumerate(pages, start=1):
        following = index_name(number + 1) if number < len(pages) else None
        shown = tuple(show for _, show in names)
        yield (
            index_name(number),
            Index(CATALOGUE_VERSION, shown, episodes, len(everything), following),
        )


def index_name(number: int) -> str:
    """Return the file name of a page of the index; the first one is 1."""
    return INDEX_NAME if number == 1 else f"index-{number}.json"


def _newest_first(episodes: Iterable[ListedEpisode]) -> tuple[ListedEpisode, ...]:
    by_name = sorted(episodes, key=lambda episode: episode.path)
    return tuple(sorted(by_name, key=lambda e: e.published_at or e.first_made_at, reverse=True))


def _within(folder: str, episode: ListedEpisode) -> ListedEpisode:
    """Return an episode with its paths as seen from the folder of all shows."""
    return replace(
        episode,
        path=f"{folder}/{episode.path}",
        manifest=f"{folder}/{episode.manifest}",
        pages={tag: f"{folder}/{page}" for tag, page in episode.pages.items()},
    )


def _listed_show(folder: str, catalogue: ShowCatalogue) -> tuple[tuple[str, str], ListedShow]:
    show = ListedShow(catalogue.show, folder, f"{folder}/{SHOW_NAME}", len(catalogue.episodes))
    return (catalogue.show.casefold(), folder), show

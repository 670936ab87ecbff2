"""Find the folder of an episode: where it is published already, else one that nobody has."""

from itertools import product
from pathlib import Path

from flows.published.folder_names import earlier_name, guid_name, show_names, title_names
from outputs.library.crash_recovery import put_back
from outputs.library.published_folder import episode_in, shows_in
from podcast.errors import BadInputError
from podcast.recording import Episode

GLOSSARY_NAME = "glossary.toml"


def episode_folder(out: Path, show: str, title: str, guid: str = "") -> Path:
    """Return `out/<show>/<episode>` with both names made safe.

    An episode stays where it is, also where an earlier version gave it another name.

    Args:
        out: Folder of all shows.
        show: Name of the show.
        title: Names an episode that has no guid.
        guid: Names the episode alone, so that it stays where it is when its title changes.

    Raises:
        BadInputError: Every folder that it could have holds another episode.
        StorageError: It is half replaced and cannot be put back.
    """
    wanted = Episode(show, title, guid=guid)
    names = (guid_name(guid),) if guid else title_names(title)
    earlier = names if guid else (*names, earlier_name(title))
    for place in product((*show_names(show), earlier_name(show)), earlier):
        folder = out.joinpath(*place)
        put_back(folder)
        there = episode_in(folder)
        if there is not None and there.identity == wanted.identity:
            return folder
    new = [show_folder(out, show) / name for name in names]
    for folder in new:
        if episode_in(folder) is None:
            return folder
    raise BadInputError(
        f"{new[-1]} holds another episode than {title!r} of {show!r}. Move that folder away."
    )


def show_folder(out: Path, show: str) -> Path:
    """Return `out/<show>` with the name made safe; no other show has an episode there.

    A folder without a mark is the show's, too, if somebody has put a glossary there beforehand.
    """
    earlier, names = out / earlier_name(show), show_names(show)
    is_prepared = (earlier / GLOSSARY_NAME).is_file() and not shows_in(earlier)
    if is_prepared or shows_in(earlier) == {show}:
        return earlier
    free = (out / name for name in names if shows_in(out / name) <= {show})
    return next(free, out / names[-1])


def find_glossary(episode: Path) -> Path | None:
    """Return the glossary that lies beside the episodes of a show, if there is one.

    Args:
        episode: Folder of one of them.
    """
    path = episode.parent / GLOSSARY_NAME
    return path if path.is_file() else None

"""The feed of a show that is followed, in the light of what is known of the show. Pure."""

from dataclasses import replace

from audio.feeds.feed_parser import parse_feed
from audio.web.address import without_secrets
from flows.feeds.show_file import Show
from flows.shows.show_sounds import recognised
from flows.shows.show_state import ShowState
from podcast.errors import BadInputError
from podcast.feed import Feed


def read_followed(content: bytes, show: Show, state: ShowState) -> tuple[Feed, ShowState]:
    """Read a feed.

    Returns:
        The feed, its episodes under the guids by which they are known; and the state with the
        show's title and the new guids.

    Raises:
        BadInputError: It cannot be used.
    """
    feed, known = recognised(parse_feed(content, show.feed, show.zone), state)
    title = show.title or state.title or feed.title
    if not title:
        raise BadInputError(
            f"{without_secrets(show.feed)} has no title. Give one in the show file."
        )
    return feed, replace(known, title=title)

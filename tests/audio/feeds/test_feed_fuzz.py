"""A share of the mutated feeds of `make fuzz`, and what Hypothesis makes of markup."""

import subprocess
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from audio.feeds.feed_parser import parse_feed
from podcast.errors import BadInputError

FUZZER = Path(__file__).with_name("fuzz_feeds.py")
TAGS = (
    "item",
    "entry",
    "title",
    "guid",
    "enclosure",
    "media:group",
    "itunes:image",
    "o:p",
    "pubDate",
)
MARKUP = st.lists(
    st.one_of(
        st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
        st.sampled_from(["<![CDATA[", "]]>", "<!--", "-->", "<?", "?>", "&", "<", ">", "&nbsp;"]),
        st.sampled_from(
            [f"<{tag} url='{u}'/>" for tag in TAGS for u in ("a.mp3", "http://[x", "")]
        ),
        st.text(max_size=9),
    ),
    max_size=40,
).map("".join)


def test_mutated_feeds_are_read_or_refused_in_time_and_memory() -> None:
    command = [sys.executable, str(FUZZER), "300"]

    found = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)

    assert found.returncode == 0, found.stderr[-2000:]
    assert "300 feeds" in found.stdout


@settings(deadline=timedelta(seconds=2), derandomize=True)
@given(MARKUP, st.sampled_from(["rss", "feed", "rdf:RDF"]))
def test_whatever_markup_comes_is_read_or_refused(markup: str, root: str) -> None:
    data = f"<{root}><channel>{markup}</channel></{root}>".encode("utf-8", "surrogatepass")

    with suppress(BadInputError):
        feed = parse_feed(data, "https://host.example/feed.xml")

        assert all(episode.guid for episode in feed.episodes)

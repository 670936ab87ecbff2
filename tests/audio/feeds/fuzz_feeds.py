"""Read mutated feeds and print what came of it: `python tests/audio/feeds/fuzz_feeds.py 20000`.

A process of its own, so that its memory is that of the feeds. The number of a case is its seed.
"""

import random
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from audio.feeds.feed_parser import parse_feed
from outputs.feed_tags.feed_insertion import insert_tags
from podcast.errors import BadInputError
from podcast.feed import Feed

LONGEST = 2.0
MOST_MEMORY = 300 * 2**20
ADDRESS = "https://ann:pass@host.example/feed.xml"

ITEM = """
<item><title>{n}: caf&#233; &amp; <![CDATA[<b>Q&A</b>]]></title><link>https://h.example/{n}</link>
<guid isPermaLink="false">ep-{n}</guid><pubDate>Tue, {n:02} Mar 2024 10:00:00 KST</pubDate>
<description><![CDATA[<p>One<br>two &nbsp; three</p>]]></description>
<itunes:duration>1:0{n}:03</itunes:duration><itunes:image href="/i.jpg"/>
<itunes:episodeType>full</itunes:episodeType><!-- a comment -->
<podcast:person role="guest" href="https://p.example">Ann Lee</podcast:person>
<podcast:transcript url="/t/{n}.vtt" type="text/vtt" language="en"/>
<enclosure url="https://op3.dev/e/host.example/{n}.mp3?a={n}&amp;b=2" length="12"
 type="audio/mpeg"/>
</item>"""
RSS = (
    '<?xml version="1.0" encoding="{encoding}"?>\n<!-- made by hand --><?style x?>\n'
    '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"\n'
    ' xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>안녕 Ears</title>\n'
    "<link>https://h.example</link><language>en</language><image><url>/s.png</url></image>\n"
    "<podcast:person>Bo</podcast:person>{items}\n</channel>\n</rss>\n"
)
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title type="html">A &amp;amp; B</title>
<entry><id>tag:1</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">x <b>y</b></div>
</title><updated>2024-03-05T10:00:00+09:00</updated><link rel="enclosure" href="/a.mp3" length="5"/>
</entry><entry><id>tag:2</id><published>2024/03/05 10:00</published><link rel="enclosure"
 type="audio/mp4" href="b.m4a"/><summary>s</summary></entry></feed>"""
RDF = """<!DOCTYPE rdf:RDF PUBLIC "-//x" "http://x.example/x.dtd">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:m="http://search.yahoo.com/mrss/">
<channel rdf:about="x"><title>R</title></channel><item rdf:about="r1"><title>T</title>
<dc:date>2024.03.05</dc:date>
<m:group><m:content url="http://h.example/a.mp3" fileSize="7"/></m:group>
</item><item><title>U</title><m:content url="http://h.example/p.php?id=1"/></item></rdf:RDF>"""

CORPUS = (
    *(
        RSS.format(encoding=name, items="".join(ITEM.format(n=n) for n in range(1, 5))).encode(name)
        for name in ("utf-8", "utf-16", "euc-kr", "iso-2022-kr", "utf-8-sig")
    ),
    ATOM.encode(),
    RDF.encode(),
)
TOKENS = (
    *(b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?", b"?>", b"<", b">", b"&", b"&#0;", b"&#11;"),
    *(b"&nbsp;", b"&#x110000;", b"&a;", b"\0", b"\x0b", b"\xff\xfe", b"\xed\xa0\x80", b"\x1f\x8b"),
    *(b"<item>", b"</item>", b"<item/>", b"<entry>", b"<channel>", b"</rss>", b"<a>", b"</a>"),
    *(b"<o:p>", b"<itunes:image href='http://[x'/>", b"<podcast:transcript url='http://[x'/>"),
    *(b"<!DOCTYPE r [<!ENTITY a 'b'>]>", b"<!ENTITY % p 'x'>", b"xmlns:x='urn:x' ", b"xmlns=''"),
    *(b"99999999999999999999", b"-1", b"1e999", b"Thu, 01 Jan 99999 00:00:00 +9999", b"file:///x"),
    *(b"encoding='undefined'", b"encoding='punycode'", b"encoding='utf-7'", b"encoding='utf-16'"),
    *("한".encode(), "\u202e".encode(), "\ufffe".encode(), "e\u0301".encode(), b"\xe9", b"'", b'"'),
)


def mutated(seed: int) -> bytes:
    """Return a feed of the corpus after some accidents; the same for the same seed."""
    chance = random.Random(seed)
    data = bytearray(chance.choice(CORPUS))
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        chance.choice(ACCIDENTS)(data, chance)
    return bytes(data)


def flip(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 4, 40))):
        if data:
            data[chance.randrange(len(data))] = chance.randrange(256)


def cut(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data) + 1)
    del data[start : start + chance.choice((1, 9, 99, 10**6))]


def insert(data: bytearray, chance: random.Random) -> None:
    place = chance.randrange(len(data) + 1)
    data[place:place] = chance.choice(TOKENS) * chance.choice((1, 1, 2, 30, 2000))


def repeat(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.choice((5, 60, 900))]
    data[start:start] = piece * chance.choice((1, 3, 50))


def move(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.choice((5, 60, 900))]
    del data[start : start + len(piece)]
    place = chance.randrange(len(data) + 1)
    data[place:place] = piece


def splice(data: bytearray, chance: random.Random) -> None:
    other = chance.choice(CORPUS)
    data[chance.randrange(len(data) + 1) :] = other[chance.randrange(len(other)) :]


def replace(data: bytearray, chance: random.Random) -> None:
    old = chance.choice((b"<", b">", b"item", b"utf", b'"', b"podcast", b"=", b"2024"))
    new = chance.choice((b"", *TOKENS))
    data[:] = data.replace(old, new, chance.choice((1, 3, -1)))


ACCIDENTS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    *(flip, cut, insert, insert, repeat, move, splice, replace),
)


def read(data: bytes) -> str:
    """Read a feed in both ways; say what it was."""
    with suppress(BadInputError):
        insert_tags(data, lambda *_: ["<x/>"], "feed.xml")
    try:
        feed = parse_feed(data, ADDRESS)
    except BadInputError:
        return "refused"
    check(feed)
    return "with episodes" if feed.episodes else "without episodes"


def check(feed: Feed) -> None:
    """See that nothing in a feed is worse than odd."""
    for episode in feed.episodes:
        assert episode.guid, "a name"
        assert episode.enclosure.url.startswith(("http://", "https://")), episode.enclosure.url
        assert not any(unicodedata.category(c) == "Cc" for c in episode.title), episode.title
        assert "ann:pass" not in episode.guid, episode


def _peak_memory() -> int:
    """Return the most bytes that this process had, whatever started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def main(count: int) -> None:
    """Read so many feeds; stop at the first that breaks a promise."""
    results: Counter[str] = Counter()
    slowest = 0.0
    for seed in range(count):
        data = mutated(seed)
        began = time.thread_time()
        try:
            results[read(data)] += 1
        except Exception as error:
            raise SystemExit(f"seed {seed}: {error!r}") from error
        slowest = max(slowest, time.thread_time() - began)
    memory = _peak_memory()
    kinds = ", ".join(f"{n:,} {what}" for what, n in results.items())
    size = f"slowest {slowest:.2f} s, memory {memory / 2**20:.0f} MB"
    sys.stdout.write(f"{count:,} feeds: {kinds}; {size}\n")
    if slowest > LONGEST or memory > MOST_MEMORY:
        raise SystemExit("That is too much.")


if __name__ == "__main__":
    main(int(sys.argv[1]))

"""Write the tags that tell a podcast feed of its transcripts, ready to paste into an item."""

from collections.abc import Iterable
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET  # writes only

from outputs.record.record_lines import check_holds
from outputs.record.record_types import EpisodeRecord
from podcast.errors import BadInputError
from podcast.language import Language

FRAGMENT_NAME = "podcast-transcripts.xml"
NAMESPACE = "https://podcastindex.org/namespace/1.0"

TYPES = {
    "vtt": "text/vtt",
    "html": "text/html",
    "json": "application/json",
    "srt": "application/x-subrip",
    "txt": "text/plain",
}
"""The MIME types that the tag knows, by what the name of a file ends in."""

CAPTIONS = ("vtt", "srt")
"""The formats whose times are those of captions, as the tag says."""

_COMMENT = (
    "<!-- For the item of this episode in the feed, "
    f'whose root element says xmlns:podcast="{NAMESPACE}" -->'
)
_KEPT = ":/%~!$&'()*+,;=@[]"  # characters that have a meaning in a URL


def render_fragment(record: EpisodeRecord, base_url: str, names: Iterable[str]) -> str:
    """Write one tag for each file of a transcript.

    Args:
        record: The episode.
        base_url: Where the files will be served; empty for URLs relative to the feed.
        names: The files, each in one language, which its name starts with: "ko.vtt". A file with
            two languages does not belong in a feed, which says one language for each.

    Raises:
        BadInputError: The base URL is none, or a name does not tell the language and the format.
    """
    base = url_folder(base_url)
    tags = [_tag(record, base, name) for name in names]
    return "\n".join([_COMMENT, *tags]) + "\n"


def url_folder(base_url: str) -> str:
    """Return a URL to which the name of a file can be added; empty for empty.

    Raises:
        BadInputError: Files cannot be served there.
    """
    if not base_url:
        return ""
    parts = urlsplit(base_url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise BadInputError(
            f"{base_url!r} is not where files can be served. "
            "Give a URL such as https://example.org/transcripts."
        )
    return quote(base_url.rstrip("/"), safe=_KEPT) + "/"


def transcript_tag(name: str, url: str, prefix: str = "podcast") -> str:
    """Write the tag of one file, its prefix as it stands, since the feed declares it.

    Args:
        name: Of the file; it tells the language and the format.
        url: Where it is served.
        prefix: Of the podcast namespace in that feed.

    Raises:
        BadInputError: The name does not tell the language and the format.
    """
    code, _, rest = name.partition(".")
    ending = rest.rpartition(".")[2]
    if code not in set(Language) or ending not in TYPES:
        raise BadInputError(
            f"{name!r} is no file of a transcript. Give a name such as ko.vtt, which ends in one "
            f"of {', '.join(TYPES)}."
        )
    rel = {"rel": "captions"} if ending in CAPTIONS else {}
    where = {"url": url, "type": TYPES[ending], "language": Language(code).tag}
    return ET.tostring(ET.Element(f"{prefix}:transcript", where | rel), encoding="unicode")


def _tag(record: EpisodeRecord, base: str, name: str) -> str:
    tag = transcript_tag(name, base + quote(name))
    check_holds(record, Language(name.partition(".")[0]))
    return tag

"""What the items of a feed are called: by their guid, else by the address of their sound."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from audio.web.address import without_secrets


def identities(items: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield what each item is called.

    Where items without a guid share an address but for the query, the parts of the query in which
    they differ are added, as a number since they may be secret. What all have in common, such as a
    listener's token, is no part of a name.

    Args:
        items: Guid and address of the sound, each empty where there is none.
    """
    queries: dict[str, list[frozenset[str]]] = defaultdict(list)
    for guid, url in items:
        if not guid:
            queries[_place(url)].append(_query(url))
    common = {place: frozenset.intersection(*found) for place, found in queries.items()}
    for guid, url in items:
        yield guid or _place(url) + _mark(_query(url) - common[_place(url)])


def _place(url: str) -> str:
    return without_secrets(url) if url else ""


def _query(url: str) -> frozenset[str]:
    return frozenset(filter(None, urlsplit(url).query.split("&")))


def _mark(query: frozenset[str]) -> str:
    number = hashlib.sha256("&".join(sorted(query)).encode()).hexdigest()
    return f"#{number[:12]}" if query else ""

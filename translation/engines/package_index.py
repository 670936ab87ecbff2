"""Read an index of Argos packages, which may hold anything, and choose a package from it."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from audio.web.address import parse_address, without_secrets
from audio.web.body import read_body
from audio.web.client import WebOptions, open_client
from audio.web.patience import Patience
from podcast.errors import BadInputError, SetupError
from translation.engines.argos_packages import version_key

_PATIENCE = Patience()
_MAX_BYTES = 16 * 2**20
_LONGEST_VERSION = 32


@dataclass(frozen=True, slots=True)
class Offer:
    """A package that an index offers.

    Attributes:
        number: Its version.
        links: Where it can be had.
    """

    number: tuple[int, ...]
    links: tuple[str, ...]


def find_offer(url: str, source: str, target: str, web: WebOptions) -> Offer:
    """Ask an index for the newest package of a language pair that can be used here.

    Raises:
        httpx.HTTPError: The index cannot be fetched.
        SetupError: It offers none, or is no index.
    """
    ours = version_key(version("argostranslate"))
    offers = [
        Offer(version_key(entry["package_version"]), links)
        for entry in _entries(url, web)
        if (entry.get("from_code"), entry.get("to_code")) == (source, target)
        and entry.get("type", "translate") == "translate"
        and _is_version(entry.get("package_version"))
        and _is_version(entry.get("argos_version"))
        and version_key(entry["argos_version"]) <= ours
        and (links := tuple(_links(entry.get("links"))))
    ]
    if not offers:
        raise SetupError(
            f"The Argos package index has no package for {source} -> {target} that this version "
            "of argostranslate can use. Copy an unpacked package into the packages folder instead."
        )
    return max(offers, key=lambda offer: offer.number)


def _entries(url: str, web: WebOptions) -> Iterable[dict[str, Any]]:
    shown = without_secrets(url)
    with (
        open_client({"Accept-Encoding": "gzip"}, _PATIENCE, web) as client,
        client.stream("GET", url) as answer,
    ):
        answer.raise_for_status()
        content = read_body(answer, shown, _MAX_BYTES, "package index")
    try:
        entries = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _no_index(shown) from error
    if not isinstance(entries, list):
        raise _no_index(shown)
    return (entry for entry in entries if isinstance(entry, dict))


def _no_index(shown: str) -> SetupError:
    return SetupError(f"{shown} is no Argos package index. Check ARGOS_PACKAGE_INDEX.")


def _is_version(text: object) -> bool:
    return isinstance(text, str) and 0 < len(text) <= _LONGEST_VERSION


def _links(links: object) -> Iterable[str]:
    """Return the links that a web client can follow; an index may hold others."""
    for link in links if isinstance(links, list) else ():
        with suppress(BadInputError):
            if isinstance(link, str):
                yield parse_address(link).url

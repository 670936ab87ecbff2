"""The address of a sound without what changes while the sound stays the same."""

import re

_SERVICES = re.compile(
    r"(?:op3\.dev/e(?:,[^/]*)?|pdst\.fm/e|mgln\.ai/e/[^/]+|ch(?:tbl\.com|rt\.fm)/track/[^/]+"
    r"|[a-z]+\.podtrac\.com/(?:pts/)?redirect\.\w+)/(?:https?:?/+)?",
    re.IGNORECASE,
)
"""The prefixes that are met most; others are known by the host that follows them."""
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?")
_FILES = frozenset({"mp3", "m4a", "m4b", "mp4", "aac", "ogg", "opus", "flac", "wav", "php", "xml"})
_PORTS = re.compile(r":(?:80|443)$")


def sound_address(url: str) -> str:
    """Return an address for comparing: without scheme, login, query and prefixes that count.

    Services that count downloads stand before the address of the sound, also one before the other:
    "https://op3.dev/e/dts.podtrac.com/redirect.mp3/host.example/a.mp3" is "host.example/a.mp3".
    """
    plain = re.split(r"[?#]", url.strip().partition("://")[2] or url.strip(), maxsplit=1)[0]
    while service := _SERVICES.match(plain):
        plain = plain[service.end() :]
    parts = [part for part in plain.split("/") if part]
    hosts = [n for n, part in enumerate(parts[:-1]) if n == 0 or _is_host(part)]
    host, *path = parts[hosts[-1] if hosts else 0 :] or [""]
    return "/".join([_PORTS.sub("", host.rpartition("@")[2].lower()), *path])


def _is_host(part: str) -> bool:
    name = part.lower()
    return bool(_HOST.fullmatch(name)) and name.rpartition(".")[2] not in _FILES

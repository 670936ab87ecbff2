"""Which hosts may be asked: those of the public internet, and those that the owner has opened.

A feed names any host that it likes. What it must not reach are the services of this machine and of
the network around it, which trust whoever can reach them.
"""

import re
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from podcast.errors import BadInputError

Address = IPv4Address | IPv6Address

SETTING = "INTERLINEAR_OPEN_HOSTS"

_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class OpenHosts:
    """What may be asked besides the public internet.

    Attributes:
        names: Of hosts, in lower case, wherever they lead.
        networks: All addresses in them.
    """

    names: frozenset[str] = frozenset()
    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    def admit(self, host: str, address: Address) -> bool:
        """Say whether a host may be asked at an address that its name leads to."""
        return (
            _is_public(address)
            or host.lower().rstrip(".") in self.names
            or any(_unwrapped(address) in network for network in self.networks)
        )

    def names_host(self, host: str) -> bool:
        """Say whether a host is named itself, or by a network that its address is in."""
        try:
            address = ip_address(host.strip("[]"))
        except ValueError:
            return host.lower().rstrip(".") in self.names
        return any(_unwrapped(address) in network for network in self.networks)


NONE = OpenHosts()

LOOPBACK = (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))
"""This machine itself."""


def parse_open_hosts(text: str) -> OpenHosts:
    """Read names, addresses and networks with commas or spaces between them.

    Raises:
        BadInputError: One of them is neither.
    """
    names, networks = set(), []
    for entry in re.split(r"[\s,]+", text.strip().lower()):
        try:
            networks.append(ip_network(entry.strip("[]"), strict=False))
        except ValueError:
            if entry and not _NAME.fullmatch(entry.rstrip(".")):
                raise BadInputError(
                    f"{SETTING} holds {entry!r}. Give hosts and networks, such as "
                    "nas.local, 192.168.0.0/16."
                ) from None
            names.add(entry.rstrip("."))
    return OpenHosts(frozenset(names - {""}), tuple(networks))


def is_loopback(host: str) -> bool:
    """Say whether a host, as an address of the web names it, is this machine itself."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return False
    return any(address in network for network in LOOPBACK)


def _is_public(address: Address) -> bool:
    plain = _unwrapped(address)
    if isinstance(plain, IPv6Address) and plain not in _GLOBAL_UNICAST:
        return False
    return plain.is_global and not plain.is_multicast


def _unwrapped(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address stands for, where it does."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address

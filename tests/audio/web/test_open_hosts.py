"""Only hosts of the public internet are asked, and those that the owner has opened."""

from ipaddress import ip_address

import pytest

from audio.web.open_hosts import NONE, OpenHosts, is_loopback, parse_open_hosts
from podcast.errors import BadInputError

INSIDE = [
    "127.0.0.1", "127.8.9.10", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255",
    "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.254", "192.0.0.1", "192.0.2.1",
    "198.18.0.1", "224.0.0.251", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1",
    "2001:db8::1", "2001::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::c0a8:101", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1",
]  # fmt: skip
OUTSIDE = [
    "1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "::ffff:8.8.8.8",
    "64:ff9b::808:808",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_that_is_not_of_the_public_internet_is_closed(address: str) -> None:
    assert not NONE.admit("host.example", ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_of_the_public_internet_is_open(address: str) -> None:
    assert NONE.admit("host.example", ip_address(address))


@pytest.mark.parametrize(
    ("text", "host", "address"),
    [
        ("nas.local", "nas.local", "192.168.1.5"),
        ("nas.local", "NAS.Local.", "192.168.1.5"),
        ("192.168.0.0/16", "any.example", "192.168.1.5"),
        ("192.168.1.7/16", "any.example", "192.168.1.5"),
        ("127.0.0.1", "localhost", "127.0.0.1"),
        ("127.0.0.1", "localhost", "::ffff:127.0.0.1"),
        ("[::1]", "localhost", "::1"),
        ("my_host, fd00::/8 10.0.0.0/8", "any.example", "10.1.2.3"),
        ("my_host, fd00::/8 10.0.0.0/8", "any.example", "fd00::1"),
    ],
)
def test_the_owner_opens_hosts_and_networks(text: str, host: str, address: str) -> None:
    assert parse_open_hosts(text).admit(host, ip_address(address))


@pytest.mark.parametrize(
    ("text", "host", "address"),
    [
        ("nas.local", "other.local", "192.168.1.5"),
        ("local", "nas.local", "192.168.1.5"),
        ("192.168.1.0/24", "any.example", "192.168.2.5"),
        ("10.0.0.0/8", "any.example", "::1"),
    ],
)
def test_what_the_owner_has_not_named_stays_closed(text: str, host: str, address: str) -> None:
    assert not parse_open_hosts(text).admit(host, ip_address(address))


def test_without_a_setting_nothing_is_open() -> None:
    assert parse_open_hosts(" ") == OpenHosts()


@pytest.mark.parametrize("text", ["http://nas.local", "nas.local:80", "*.local", "10.0.0.0/99"])
def test_a_setting_that_names_no_host_is_explained(text: str) -> None:
    with pytest.raises(BadInputError, match="INTERLINEAR_OPEN_HOSTS holds"):
        parse_open_hosts(text)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST.", "127.0.0.1", "127.8.9.10", "[::1]"])
def test_this_machine_is_known_by_its_names(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["localhost.example", "127.0.0.1.example", "10.0.0.1", "0.0.0.0", "::2", ""]
)
def test_no_other_machine_is_taken_for_this_one(host: str) -> None:
    assert not is_loopback(host)

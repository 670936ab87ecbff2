"""Connect to hosts that may be asked, at the very address that was looked at, and to no other."""

import socket
from collections.abc import Iterable
from contextlib import suppress
from ipaddress import ip_address
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from audio.web.open_hosts import OpenHosts, is_loopback
from audio.web.patience import Clock, TimedStream, within
from podcast.errors import SetupError


class ClosedHostError(httpx.ConnectError):
    """A host is not of the public internet, and nobody has opened it.

    Attributes:
        host: Its name, as it was asked for.
    """

    def __init__(self, host: str) -> None:
        super().__init__(f"{host} is not of the public internet")
        self.host = host


class WebTransport(httpx.BaseTransport):
    """Sends requests to their hosts, or to the proxy that the environment names.

    A proxy looks names up itself, so that what it may reach is for its owner to say; addresses that
    are written as numbers are refused here all the same.
    """

    def __init__(self, open_hosts: OpenHosts, clock: Clock) -> None:
        self._open_hosts = open_hosts
        self._clock = clock
        self._ways: dict[str, httpx.HTTPTransport] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """See `httpx.BaseTransport.handle_request`."""
        proxy = _proxy_for(request.url)
        if proxy:
            check_number(str(request.url), self._open_hosts)
        if proxy not in self._ways:
            hosts = None if proxy else self._open_hosts
            self._ways[proxy] = _open_way(proxy, _Connector(hosts, self._clock))
        response = self._ways[proxy].handle_request(request)
        return _emptied(response) if response.has_redirect_location else response

    def close(self) -> None:
        """Hang up."""
        for way in self._ways.values():
            way.close()


class _Connector(httpcore.NetworkBackend):
    """Makes the connections of a transport.

    Args:
        open_hosts: None asks any host, as it is the proxy's.
        clock: Of the request.
    """

    def __init__(self, open_hosts: OpenHosts | None, clock: Clock) -> None:
        self._open_hosts = open_hosts
        self._clock = clock
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers."""
        try:
            addresses = _look_up(host, port, self._open_hosts)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        *others, last = addresses
        for address in others:
            with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return self._connect(address, port, timeout, local_address, socket_options)
        return self._connect(last, port, timeout, local_address, socket_options)

    def _connect(
        self,
        address: str,
        port: int,
        timeout: float | None,
        local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.NetworkStream:
        seconds = within(self._clock.left(), timeout)
        stream = self._sockets.connect_tcp(address, port, seconds, local_address, socket_options)
        return TimedStream(stream, self._clock)


def check_number(url: str, open_hosts: OpenHosts) -> None:
    """Refuse a URL whose host is written as a number, where that may not be asked.

    Raises:
        ClosedHostError: It may not.
    """
    with suppress(socket.gaierror):  # a name, which is looked up when it is asked for
        _look_up(httpx.URL(url).host, 0, open_hosts, socket.AI_NUMERICHOST)


def _look_up(host: str, port: int, open_hosts: OpenHosts | None, flags: int = 0) -> tuple[str, ...]:
    """Return the addresses of a host that may be asked.

    Raises:
        OSError: It has none.
        ClosedHostError: None of them may be asked.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
    addresses = dict.fromkeys(str(place[0]) for *_, place in found)
    if open_hosts is None:
        return tuple(addresses)
    admitted = tuple(text for text in addresses if open_hosts.admit(host, ip_address(text)))
    if not admitted:
        raise ClosedHostError(host)
    return admitted


def _proxy_for(url: httpx.URL) -> str:
    """Return the proxy that the environment names for an address; empty if there is none.

    None is asked for this machine itself, which it would take for its own.
    """
    if is_loopback(url.host) or proxy_bypass(url.netloc.decode()):
        return ""
    known = getproxies()
    proxy = known.get(url.scheme) or known.get("all", "")
    return proxy if "://" in proxy or not proxy else f"http://{proxy}"


def _emptied(redirect: httpx.Response) -> httpx.Response:
    """Return a redirect without its body, which the client would read and decode to its end."""
    redirect.close()
    headers = [(n, v) for n, v in redirect.headers.multi_items() if not n.startswith("content-")]
    return httpx.Response(redirect.status_code, headers=headers)


def _open_way(proxy: str, connector: _Connector) -> httpx.HTTPTransport:
    try:
        way = httpx.HTTPTransport(proxy=proxy or None)
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        raise SetupError(
            f"The proxy that the environment names cannot be used: {error} Set HTTPS_PROXY and "
            "HTTP_PROXY to an address such as http://proxy.example:3128, or unset them."
        ) from error
    # httpx has no parameter for it, but leaves the making of connections to this.
    way._pool._network_backend = connector  # noqa: SLF001  see above
    return way

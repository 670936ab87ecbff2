"""How long a server may take: so long in all, and not slower than a rate, however it drips."""

import time
from dataclasses import dataclass, field
from typing import Any

import httpcore
import httpx


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a request may take, with all its redirects and connections.

    Attributes:
        connect: Seconds to wait for a connection.
        read: Seconds to wait for the next bytes.
        whole: Seconds in all.
        min_rate: Bytes that have to come in a second, on average.
        grace: Seconds before the rate counts.
    """

    connect: float = 20.0
    read: float = 30.0
    whole: float = 300.0
    min_rate: float = 0.0
    grace: float = 60.0

    def timeout(self) -> httpx.Timeout:
        """For the client, which knows single waits only."""
        return httpx.Timeout(self.read, connect=self.connect)


class TooSlowError(httpx.TimeoutException):
    """Bytes come, but so slowly that the end is not waited for."""


@dataclass(slots=True)
class Clock:
    """What is left of one's patience.

    Attributes:
        received: Bytes that have come, as they came.
    """

    patience: Patience
    began: float = field(default_factory=time.monotonic)
    received: int = 0

    def restart(self) -> None:
        """Begin again, for the next request of a connection that stays."""
        self.began, self.received = time.monotonic(), 0

    def left(self) -> float:
        """Return the seconds that are left.

        Raises:
            TooSlowError: There are none.
        """
        allowed = self.patience.whole
        if rate := self.patience.min_rate:
            allowed = min(allowed, self.patience.grace + self.received / rate)
        left = self.began + allowed - time.monotonic()
        if left <= 0:
            raise TooSlowError(f"{self.received:,} bytes in {allowed:.0f} s")
        return left


class TimedStream(httpcore.NetworkStream):
    """A connection on which no wait is longer than the clock allows."""

    def __init__(self, stream: httpcore.NetworkStream, clock: Clock) -> None:
        self._stream = stream
        self._clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Receive some bytes."""
        try:
            received = self._stream.read(max_bytes, within(self._clock.left(), timeout))
        except httpcore.ReadTimeout:
            self._clock.left()  # what ran out is all the time, or the time for one wait
            raise
        self._clock.received += len(received)
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        self._stream.write(buffer, within(self._clock.left(), timeout))

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Encrypt from here on."""
        within_time = within(self._clock.left(), timeout)
        encrypted = self._stream.start_tls(ssl_context, server_hostname, within_time)
        return TimedStream(encrypted, self._clock)

    def get_extra_info(self, info: str) -> Any:
        """Tell about the connection."""
        return self._stream.get_extra_info(info)


def within(left: float, timeout: float | None) -> float:
    """Return the shorter of two waits."""
    return left if timeout is None else min(left, timeout)

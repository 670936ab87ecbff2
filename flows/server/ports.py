"""Ports of the loopback for the servers of this machine."""

import socket

from podcast.errors import BadInputError

HOST = "127.0.0.1"


def choose_port(given: int | None, known: int, usual: int) -> int:
    """Return the port that is asked for, else the one of last time, else a free one.

    Args:
        given: By the user; None leaves the choice to us.
        known: From last time; 0 if there was none.
        usual: Taken if it is free.

    Raises:
        BadInputError: The given one is taken.
    """
    wanted = given or known or usual
    if _is_free(wanted):
        return wanted
    if given:
        raise BadInputError(f"Port {given} is taken. Name another one, or none for a free one.")
    with socket.socket() as any_port:
        any_port.bind((HOST, 0))
        return int(any_port.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True

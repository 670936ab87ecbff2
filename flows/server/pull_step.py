"""Where a run works and writes: in the checkout and the log of the machine that it landed on."""

import os
import stat
from contextlib import suppress

from flows.settings import ROOT

OUTPUTS = (1, 2)
"""Where a process prints."""


def enter() -> dict[str, str]:
    """Tell Prefect the folder of this machine's checkout; a pull step of all deployments."""
    outlive_worker()
    return {"directory": str(ROOT)}


def outlive_worker() -> None:
    """Print where the worker prints, and not through the worker.

    Prefect gives a run a pipe to its worker. When the worker is killed, the pipe breaks, and the
    first line of the log that a run cannot print would end it.
    """
    for output in OUTPUTS:
        if stat.S_ISFIFO(os.fstat(output).st_mode):
            with suppress(OSError):  # a socket, such as the journal's, cannot be opened
                own = os.open(f"/proc/{os.getppid()}/fd/{output}", os.O_WRONLY | os.O_APPEND)
                os.dup2(own, output)
                os.close(own)

"""Run a module, a server with SQLite, and collect its garbage in a thread of its own.

`python -m flows.server.side_collector MODULE ARGUMENTS`

Where SQLite says that its database is locked, cursors are left to the collector. To close one waits
for whoever works on its connection. In the thread of the event loop that stops the server, and the
writer who is waited for waits for the server: a minute, until SQLite gives up, and what was to be
written is lost.
"""

import gc
import runpy
import sys
import time
from threading import Thread

ASIDE = "flows.server.side_collector"
"""This module, which runs another one."""
PAUSE = 5.0
"""Seconds between two collections, each of some tenths of a second."""


def collect_aside() -> None:
    """Let a thread collect garbage from now on, and no other."""
    gc.disable()
    Thread(target=_collect, daemon=True).start()


def _collect() -> None:
    while True:
        time.sleep(PAUSE)
        gc.collect()


if __name__ == "__main__":
    collect_aside()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)

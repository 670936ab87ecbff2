"""End in time when told to, whatever native code is doing.

Python runs a signal's handler between two of its own instructions only, and a call of a model can
take minutes. The system notes the signal in a pipe at once, and a thread that reads it ends the
process if the orderly way takes too long. Nothing is left half done: files are written beside their
place and then moved there, and kept results likewise.
"""

import os
import signal
import threading

PATIENCE = 6.0
"""Seconds for the orderly way. Prefect itself would wait 30 before it kills."""


def end_in_time(patience: float = PATIENCE) -> None:
    """Watch for the signal that ends this process, for as long as it lives; main thread only."""
    if threading.current_thread() is not threading.main_thread():
        return  # the owner of the main thread decides how this process ends
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    if (other := signal.set_wakeup_fd(writer, warn_on_full_buffer=False)) != -1:
        signal.set_wakeup_fd(other, warn_on_full_buffer=False)  # somebody else's, such as asyncio
        os.close(reader)
        os.close(writer)
        return
    threading.Thread(target=_watch, args=(reader, patience), name="ending", daemon=True).start()


def _watch(reader: int, patience: float) -> None:
    while signal.SIGTERM not in os.read(reader, 64):
        pass
    threading.Event().wait(patience)
    os.kill(os.getpid(), signal.SIGKILL)

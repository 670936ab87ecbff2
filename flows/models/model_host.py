"""A process that holds loaded models and does one call after another.

Run as `python -m flows.models.model_host`.

It ends when nobody has called for a while, which is also how memory is released; when a caller
leaves in the middle of a call, at once, whatever native code is doing; and when a caller asks for
nothing.
"""

import logging
import logging.handlers
import os
import pickle
import socket
import sys
import traceback
from io import BufferedRWPair
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Any

from flows.settings import settings
from podcast.errors import InterlinearError
from podcast.files.locks import locked_if_free


class Answers:
    """What goes back to the caller, from any thread."""

    def __init__(self, file: BufferedRWPair) -> None:
        self._file = file
        self._lock = Lock()

    def send(self, kind: str, value: object) -> None:
        """Send one message."""
        with self._lock:
            pickle.dump((kind, value), self._file)
            self._file.flush()


class _LogToCaller(logging.handlers.QueueHandler):
    """Sends what is logged during a call to whoever called."""

    def __init__(self, answers: Answers) -> None:
        super().__init__(SimpleQueue())  # not used: `enqueue` is where records go
        self._answers = answers

    def enqueue(self, record: logging.LogRecord) -> None:
        self._answers.send("log", record)


def serve(listener: socket.socket, place: Path, patience: float) -> None:
    """Answer calls until there are none for `patience` seconds, or one asks for nothing."""
    listener.settimeout(patience)
    while True:
        try:
            connection, _ = listener.accept()
        except TimeoutError:
            with locked_if_free(place) as is_free:
                if is_free:  # whoever wants this place next finds no socket, and starts a host
                    place.unlink(missing_ok=True)
                    return
        else:
            with connection, connection.makefile("rwb") as file:
                if not _answer(connection, file):
                    return


def _answer(connection: socket.socket, file: BufferedRWPair) -> bool:
    """Do one call; return whether there was any."""
    try:
        work, arguments = pickle.load(file)  # noqa: S301  from a process of ours
    except EOFError:
        return False
    answers, is_done = Answers(file), Event()
    watch = Thread(target=_end_with_caller, args=(connection, is_done), daemon=True)
    watch.start()
    log = _LogToCaller(answers)
    logging.getLogger().addHandler(log)
    try:
        result = work(*arguments, lambda fraction: answers.send("progress", fraction))
    except Exception as error:  # noqa: BLE001  whatever it is, it is the caller's
        answer: tuple[str, Any] = "failed", _portable(error)
    else:
        answer = "done", result
    finally:
        logging.getLogger().removeHandler(log)
    is_done.set()
    answers.send(*answer)
    watch.join()
    return True


def _end_with_caller(connection: socket.socket, is_done: Event) -> None:
    """Wait until the caller hangs up; if it does before it has its answer, end this process."""
    connection.recv(1, socket.MSG_PEEK)
    if not is_done.is_set():
        os._exit(0)


def _portable(error: Exception) -> Exception:
    """Return an error that can be sent, with the place where it happened."""
    where = "".join(traceback.format_exception(error))
    if not isinstance(error, InterlinearError):  # whose message is for the user, and says it all
        error.add_note(f"In the model host:\n{where}")
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  our own bytes
    except Exception:  # noqa: BLE001  pickling runs the code of whoever wrote the error
        return RuntimeError(where)
    return error


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])), Path(sys.argv[2]), settings().idle)

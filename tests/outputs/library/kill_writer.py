"""Kill a writer at each of its steps in turn and say what a reader finds; run by test_kill.py.

Usage: python kill_writer.py FOLDER exchange|renames. The folder holds the manifests `old.json` and
`new.json`. Prints a JSON line for each step. A step is each call that changes what is on the disk,
locks it or makes it durable, and the exchange of two folders; Python's profiler tells of them.
"""

import hashlib
import json
import os
import shutil
import signal
import sys
import threading
import time
from itertools import count
from pathlib import Path
from types import FrameType

from outputs.library import atomic_publish
from outputs.library.published_folder import list_episode, put_episode
from outputs.record.manifest import MANIFEST_FORM, Manifest
from outputs.site.catalogue import INDEX_FORM, SHOW_FORM
from podcast.files.locks import locked

EXCHANGE = "_exchange"
"""Calls the C library directly, which the profiler does not see: its end is the step."""

STEPS = frozenset(
    {EXCHANGE, "open", "write", "flush", "fsync", "flock", "close", "chmod", "mkdir", "rename"}
    | {"replace", "unlink", "rmdir"}
)
"""Names of functions that change what is on the disk, lock it or make it durable."""


def write(folder: Path, manifest: Manifest) -> None:
    files = {file.name: manifest.title.encode() + file.name.encode() for file in manifest.files}
    with locked(folder):
        put_episode(folder, files, manifest, keep=1)
        list_episode(folder, manifest)


def killed_at(step: int, folder: Path, manifest: Manifest) -> tuple[str, set[str]]:
    """Write in a child that kills itself before its nth step.

    Returns:
        The step, empty if it did not come to that; and what a reader has found meanwhile.
    """
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        die_before(step, writing)
        write(folder, manifest)
        os._exit(0)
    os.close(writing)
    views = set()
    while (ended := os.waitpid(pid, os.WNOHANG))[0] == 0:
        views.add(seen(folder))
        time.sleep(0.001)  # the writer needs a processor, too
    if os.WIFEXITED(ended[1]) and os.WEXITSTATUS(ended[1]):
        raise SystemExit("the writer failed")
    with os.fdopen(reading) as told:
        return told.read(), views


def die_before(step: int, writing: int) -> None:
    left = step

    def profile(frame: FrameType, event: str, argument: object) -> None:
        nonlocal left
        name = getattr(argument, "__name__", "") if event == "c_call" else ""
        if isinstance(getattr(argument, "__self__", None), str):
            return  # texts have a `replace`, too
        if event == "return" and frame.f_code.co_name == EXCHANGE:
            name = EXCHANGE
        if name in STEPS:
            left -= 1
            if not left:
                os.write(writing, name.encode())
                os.kill(os.getpid(), signal.SIGKILL)

    threading.setprofile(profile)
    sys.setprofile(profile)


def seen(folder: Path) -> str:
    """Return the title of the episode that a reader finds whole, or what is wrong with it."""
    try:
        directory = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return "gone"
    try:
        manifest = MANIFEST_FORM.parse(read(directory, "manifest.json"), "manifest")
        names = {entry.name for entry in os.scandir(directory)}
        if names != {"manifest.json", *(file.path for file in manifest.files)}:
            return "other files"
        for file in manifest.files:
            if hashlib.sha256(read(directory, file.path)).hexdigest() != file.sha256:
                return f"damaged {file.name}"
        return manifest.title
    finally:
        os.close(directory)


def read(directory: int, name: str) -> bytes:
    with os.fdopen(os.open(name, os.O_RDONLY, dir_fd=directory), "rb") as file:
        return file.read()


def lists_lead_somewhere(out: Path) -> bool:
    index = INDEX_FORM.parse((out / "index.json").read_bytes(), "index")
    show = SHOW_FORM.parse((out / "show" / "show.json").read_bytes(), "show")
    return len(index.episodes) == len(show.episodes) == 1 and index.episodes[0].path == "show/e"


def leftovers(out: Path) -> list[str]:
    return sorted(
        path.name for path in out.rglob(".*") if path.suffix != ".lock" and path.name != ".versions"
    )


def main(root: Path, swap: str) -> None:
    if swap == "renames":
        vars(atomic_publish)["_exchange"] = lambda _a, _b: False  # as where a file system cannot
    old, new = (
        MANIFEST_FORM.parse((root / f"{name}.json").read_bytes(), name) for name in ("old", "new")
    )
    out, before = root / "out", root / "before"
    folder = out / "show" / "e"
    write(folder, old)
    out.rename(before)
    for step in count(1):
        shutil.copytree(before, out)
        killed, meanwhile = killed_at(step, folder, new)
        line = {"killed": killed, "meanwhile": sorted(meanwhile), "seen": seen(folder)}
        line |= {"lists": lists_lead_somewhere(out)}
        write(folder, new)
        line |= {"then": seen(folder), "left": leftovers(out)}
        sys.stdout.write(json.dumps(line) + "\n")
        shutil.rmtree(out)
        if not killed:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

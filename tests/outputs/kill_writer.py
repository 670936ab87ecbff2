"""Kill a writer at each of its steps in turn and say what a reader finds; run by test_kill.py.

Usage: python kill_writer.py FOLDER exchange|renames. The folder holds the manifests `old.json` and
`new.json`. Prints a JSON line for each step. A step is whatever Python audits: opening, renaming,
deleting, listing, locking.
"""

import hashlib
import json
import os
import shutil
import signal
import sys
from itertools import count
from pathlib import Path

from outputs import publish
from outputs.catalogue import INDEX_FORM, SHOW_FORM
from outputs.library import list_episode, put_episode
from outputs.locks import locked
from outputs.manifest import MANIFEST_FORM, Manifest


def write(folder: Path, manifest: Manifest) -> None:
    files = {file.name: manifest.title.encode() + file.name.encode() for file in manifest.files}
    with locked(folder):
        put_episode(folder, files, manifest, keep=1)
        list_episode(folder, manifest)


def killed_at(step: int, folder: Path, manifest: Manifest) -> bool:
    """Write in a child that kills itself before its nth step; say whether it came to that."""
    pid = os.fork()
    if pid == 0:
        left = step

        def audit(_event: str, _arguments: object) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        if step:
            sys.addaudithook(audit)
        write(folder, manifest)
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return True
    if os.WEXITSTATUS(status):
        raise SystemExit("the writer failed")
    return False


def seen(folder: Path) -> str:
    """Return the title of the episode that a reader finds whole, or what is wrong with it."""
    if not folder.exists():
        return "gone"
    manifest = MANIFEST_FORM.parse((folder / "manifest.json").read_bytes(), "manifest")
    if {path.name for path in folder.iterdir()} != {
        "manifest.json",
        *(file.path for file in manifest.files),
    }:
        return "other files"
    for file in manifest.files:
        if hashlib.sha256((folder / file.path).read_bytes()).hexdigest() != file.sha256:
            return f"damaged {file.name}"
    return manifest.title


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
        vars(publish)["_exchange"] = lambda _a, _b: False  # as where a file system cannot
    old, new = (
        MANIFEST_FORM.parse((root / f"{name}.json").read_bytes(), name) for name in ("old", "new")
    )
    out = root / "out"
    folder = out / "show" / "e"
    for step in count(1):
        shutil.rmtree(out, ignore_errors=True)
        write(folder, old)
        is_killed = killed_at(step, folder, new)
        found = seen(folder)
        lists = lists_lead_somewhere(out)
        killed_at(0, folder, new)
        after = {"then": seen(folder), "left": leftovers(out)}
        line = {"killed": is_killed, "seen": found, "lists": lists, **after}
        sys.stdout.write(json.dumps(line) + "\n")
        if not is_killed:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

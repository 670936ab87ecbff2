"""A process that is told to end does so in time, also in the middle of native code."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

NATIVE = (
    "import hashlib, signal, sys\n"
    "from flows.ending import end_in_time\n"
    "def leave(*_): sys.exit(7)\n"
    "signal.signal(signal.SIGTERM, leave)\n"
    "end_in_time(patience=0.5)\n"
    "print('ready', flush=True)\n"
)


def end(code: str) -> tuple[int, float]:
    command = [sys.executable, "-c", NATIVE + code]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.2)  # into the native call; what ends it does not depend on this
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        return process.wait(timeout=60), time.monotonic() - began


def test_a_long_native_call_is_ended_by_force() -> None:
    code, seconds = end("hashlib.pbkdf2_hmac('sha256', b'a', b'b', 500_000_000)")

    assert code == -signal.SIGKILL
    assert seconds < 5


@pytest.mark.parametrize("work", ["import time; time.sleep(60)"])
def test_the_orderly_way_comes_first(work: str) -> None:
    code, _ = end(work)

    assert code == 7

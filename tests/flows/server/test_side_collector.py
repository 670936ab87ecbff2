"""Garbage is collected in a thread of its own, so that an event loop never waits for it."""

import subprocess
import sys

PROGRAM = """
import threading
import flows.server.side_collector as side_collector

class Knot:
    def __init__(self):
        self.itself = self

    def __del__(self):
        print(threading.current_thread() is threading.main_thread())
        collected.set()

collected = threading.Event()
side_collector.PAUSE = 0.2
side_collector.collect_aside()
Knot()
full = [[] for _ in range(100_000)]  # would make the main thread collect
collected.wait(30)
"""


def test_garbage_is_collected_in_a_thread_of_its_own() -> None:
    said = subprocess.check_output((sys.executable, "-c", PROGRAM), text=True, timeout=60)

    assert said == "False\n"

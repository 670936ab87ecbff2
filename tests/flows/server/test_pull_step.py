"""A run prints where its worker prints, whether the worker lives or not."""

import subprocess
import sys
import time
from pathlib import Path

WORKER = """
import subprocess, sys
run = subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdout=subprocess.PIPE)
run.stdout.read(1)  # it has begun
"""
RUN = """
import os, sys, time
from flows.server.pull_step import outlive_worker
os.write(1, b"!")
worker = os.getppid()
outlive_worker()
while os.getppid() == worker:
    time.sleep(0.05)
print("the worker is gone", flush=True)
"""


def test_a_run_whose_worker_is_gone_goes_on_printing_to_its_log(tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    with log.open("ab") as output:
        command = [sys.executable, "-c", WORKER, RUN]
        subprocess.run(command, stdout=output, check=True, timeout=60)

    for _ in range(600):
        if log.read_text():
            break
        time.sleep(0.1)
    assert log.read_text() == "the worker is gone\n"

"""A share of the rows of `make fuzz` that go through a server which does what models do wrong."""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("misbehaving_server.py")


@pytest.mark.slow
def test_no_row_is_shifted_or_empty_whatever_a_server_answers() -> None:
    command = [sys.executable, str(PROGRAM), "300"]

    found = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)

    assert found.returncode == 0, found.stdout + found.stderr[-2000:]
    assert "300 rows" in found.stdout

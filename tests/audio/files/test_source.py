"""A file's identity is its content."""

import hashlib
import os
from pathlib import Path

import pytest

from audio.files.source import sha256_of
from podcast.errors import BadInputError


def test_the_checksum_is_that_of_the_content(tmp_path: Path) -> None:
    content = bytes(range(256)) * 5000
    (tmp_path / "a").write_bytes(content)

    assert sha256_of(tmp_path / "a") == hashlib.sha256(content).hexdigest()


def test_a_missing_file_has_no_checksum(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"a\.mp3 does not exist"):
        sha256_of(tmp_path / "a.mp3")


def test_a_pipe_that_nobody_writes_to_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(BadInputError, match="pipe is not a regular file"):
        sha256_of(tmp_path / "pipe")

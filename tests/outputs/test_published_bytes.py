"""Every file of a kept episode has the bytes that it had: a change of them is made on purpose.

`published/episode.json` is the record of the demo. Where other bytes are meant, the failing test
says where the new list of hashes lies; the changelog then says what readers will see.
"""

import hashlib
from pathlib import Path

from outputs.bundle import render_bundle
from outputs.record.episode_record import parse_record

KEPT = Path(__file__).with_name("published")


def test_every_file_has_the_bytes_that_it_had(tmp_path: Path) -> None:
    kept = (KEPT / "sha256sums").read_text("utf-8")

    files = render_bundle(parse_record((KEPT / "episode.json").read_bytes()))

    new = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    (tmp_path / "sha256sums").write_text(new, "utf-8")
    changed = set(new.splitlines()) ^ set(kept.splitlines())
    assert not changed, f"meant? Then keep {tmp_path / 'sha256sums'}"

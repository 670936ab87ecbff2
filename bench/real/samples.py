"""Recordings and what is known to be right about them."""

import shutil
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.settings import ROOT
from outputs.scoring.references import Reference, Utterance, load_reference
from podcast.errors import SetupError

SHARED = ROOT.parent / "shared" / "audio"
"""The shared recordings, where they lie beside the checkout."""

SOUNDS = (
    *(".aac", ".flac", ".m4a", ".m4b", ".mka", ".mkv", ".mov", ".mp3", ".mp4", ".oga"),
    *(".ogg", ".opus", ".ts", ".wav", ".webm", ".wma"),
)
REFERENCES = (".txt", ".stm", ".rttm")
"""What stands beside a recording under the same name; the later ones know better."""

JFK = (
    "And so, my fellow Americans, ask not what your country can do for you, "
    "ask what you can do for your country."
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A recording.

    Attributes:
        sound: The file.
        references: What is right about it, as far as somebody has written it down.
    """

    sound: Path
    references: tuple[Reference, ...]

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        """What people say, and when, as the reference has it that knows most."""
        return max((one.utterances for one in self.references), key=_letters, default=())


def samples_in(folder: Path) -> tuple[Sample, ...]:
    """Return the recordings in a folder and in those below it.

    Raises:
        SetupError: There is none.
    """
    sounds = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SOUNDS)
    if not sounds:
        raise SetupError(f"There is no recording in {folder}.")
    return tuple(Sample(sound, tuple(_references(sound))) for sound in sounds)


def gather(shared: Path, folder: Path) -> Path:
    """Lay out the shared recordings, each with its references beside it under the same name.

    Args:
        shared: Where they are, see its README.
        folder: Where to; what it holds is replaced.

    Raises:
        SetupError: They are not there.
    """
    if not shared.is_dir():
        raise SetupError(
            f"The shared recordings are not in {shared}. Name a folder with recordings of your "
            "own: make evaluate-real FOLDER=..."
        )
    shutil.rmtree(folder, ignore_errors=True)
    for part in ("ami", "cases", "jfk", "pyannote-sample", "spoken-page"):
        (folder / part).mkdir(parents=True)
        for path in (shared / part).iterdir():
            (folder / part / path.name).symlink_to(path)
    _write(folder / "jfk" / "jfk.txt", JFK)
    _split_rttms(folder / "ami")
    _unpack(next((shared / "azure").glob("*.zip")), folder / "azure")
    return folder


def _letters(utterances: Iterable[Utterance]) -> int:
    return sum(1 + len(one.text) for one in utterances)


def _references(sound: Path) -> Iterator[Reference]:
    for extension in REFERENCES:
        path = sound.with_suffix(extension)
        if path.is_file():
            yield load_reference(path)


def _split_rttms(folder: Path) -> None:
    """Write a file for each recording; those of a corpus hold many."""
    for path in list(folder.glob("*.rttm")):
        rows = path.read_text(encoding="utf-8").splitlines()
        path.unlink()
        for sound in folder.glob("*.wav"):
            own = [row for row in rows if row.split()[1:2] == [sound.stem]]
            if own:
                _write(sound.with_suffix(".rttm"), "\n".join(own))


def _unpack(archive: Path, folder: Path) -> None:
    """Unpack sounds and the list of what is said in them, a name and its text in each row."""
    with zipfile.ZipFile(archive) as file:
        file.extractall(folder)
    listed = folder / "trans.txt"
    for row in listed.read_text(encoding="utf-8-sig").splitlines():
        name, _, text = row.partition("\t")
        _write((folder / name).with_suffix(".txt"), text)
    listed.unlink()


def _write(path: Path, text: str) -> None:
    path.write_text(f"{text}\n", encoding="utf-8")

"""Where `bench.real` finds recordings and what is right about them."""

import zipfile
from pathlib import Path

import pytest

from bench.real.samples import gather, samples_in
from podcast.errors import SetupError

RTTM = "SPEAKER {name} 1 {start} 1.0 <NA> <NA> Mé <NA> <NA>\n"


def put(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_references_beside_a_recording_are_found_by_its_name(tmp_path: Path) -> None:
    put(tmp_path / "a.MP3")
    put(tmp_path / "a.stm", "a 1 Ann 0 1 hello there\n")
    put(tmp_path / "a.rttm", RTTM.format(name="a", start=0.5))
    put(tmp_path / "below" / "b.flac")

    samples = samples_in(tmp_path)

    assert [sample.sound.name for sample in samples] == ["a.MP3", "b.flac"]
    assert [reference.name for reference in samples[0].references] == ["a.stm", "a.rttm"]
    assert samples[0].utterances[0].text == "hello there"
    assert samples[1].references == samples[1].utterances == ()


def test_a_folder_without_recordings_is_refused_by_name(tmp_path: Path) -> None:
    put(tmp_path / "notes.txt", "nothing to hear")

    with pytest.raises(SetupError, match=str(tmp_path)):
        samples_in(tmp_path)


def test_without_the_shared_recordings_it_says_what_to_name(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="FOLDER="):
        gather(tmp_path / "nowhere", tmp_path / "audio")


def test_shared_recordings_get_their_own_references(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    for name in ("cases/c.flac", "jfk/jfk.flac", "pyannote-sample/s.wav", "spoken-page/t.mp3"):
        put(shared / name)
    both = RTTM.format(name="one", start=1) + RTTM.format(name="two", start=2)
    for name in ("one.wav", "two.wav", "corpus.rttm"):
        put(shared / "ami" / name, both)
    (shared / "azure").mkdir()
    with zipfile.ZipFile(shared / "azure" / "read.zip", "w") as archive:
        archive.writestr("read.wav", "")
        archive.writestr("trans.txt", "\ufeffread.wav\tWhat is read.\r\n")

    samples = {s.sound.name: s for s in samples_in(gather(shared, tmp_path / "audio"))}

    assert set(samples) == {
        "c.flac",
        "jfk.flac",
        "s.wav",
        "t.mp3",
        "one.wav",
        "two.wav",
        "read.wav",
    }
    assert [one.start for one in samples["two.wav"].utterances] == [2.0]
    assert samples["read.wav"].references[0].text == "What is read.\n"
    assert (samples["jfk.flac"].references[0].text or "").startswith("And so")

"""Real recordings with references, through the whole chain on public weights."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.real.figures import Figures
from bench.real.product import Run, process
from bench.real.quick_dialogue import quick_dialogue
from bench.real.samples import Sample, gather, samples_in
from outputs.scoring.references import ReferenceFormat, parse_reference

SHARED = Path(__file__).resolve().parents[3] / "shared" / "audio"
TALK_LINES = 26
"""Of the talk that are heard: some ninety seconds."""
TIMED = ("manifest.json", "show.json", "index.json", "index.html")
"""Files that say when an episode was published."""
SHORTEST_PASSAGE = 2.0
"""Seconds. Turns of a real meeting may hold a pause that is nearly as long."""

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the recordings are not beside the checkout"),
]

Measured = Callable[[Run, Sample], Figures]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sample]:
    gathered = gather(SHARED, tmp_path_factory.mktemp("real") / "audio")
    return {sample.sound.name: sample for sample in samples_in(gathered)}


@pytest.fixture(scope="module")
def talk(
    samples: dict[str, Sample], cut: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> Sample:
    sound = samples["talk.mp3"].sound
    rows = sound.with_suffix(".stm").read_text(encoding="utf-8").splitlines()[:TALK_LINES]
    reference = parse_reference("\n".join(rows), "talk.stm", ReferenceFormat.STM)
    end = reference.utterances[-1].end + 0.05
    return Sample(cut(sound, tmp_path_factory.mktemp("talk") / "talk.wav", end), (reference,))


@pytest.fixture(scope="module")
def of_talk(talk: Sample, hear: Callable[[Path], Run]) -> Run:
    return hear(talk.sound)


def test_a_talk_keeps_its_words(talk: Sample, of_talk: Run, measured: Measured) -> None:
    found = measured(of_talk, talk)

    assert found.wer is not None
    assert found.wer < 0.08
    assert found.wordless == 0


def test_a_talk_keeps_its_speakers(talk: Sample, of_talk: Run, measured: Measured) -> None:
    found = measured(of_talk, talk)

    assert found.speakers == found.true_speakers
    assert found.cpwer is not None
    assert found.der is not None
    assert found.cpwer < 0.10
    assert found.der < 0.10


def test_people_who_answer_each_other_at_once_are_told_apart(
    samples: dict[str, Sample], hear: Callable[[Path], Run], measured: Measured, tmp_path: Path
) -> None:
    dialogue = quick_dialogue(samples["talk.mp3"], tmp_path / "dialogue.wav", n_turns=30, seed=2)

    found = measured(hear(dialogue.sound), dialogue)

    assert found.speakers == found.true_speakers == 3
    assert found.cpwer is not None
    assert found.wer is not None
    assert found.cpwer - found.wer < 0.05


def test_the_lines_of_a_talk_begin_where_they_are_said(
    talk: Sample, of_talk: Run, measured: Measured
) -> None:
    late = measured(of_talk, talk).late

    assert late is not None
    assert late < 0.15


@pytest.mark.parametrize(
    ("name", "most"), [("jfk.flac", 0.0), ("audio1.wav", 0.1), ("audio2.wav", 0.1)]
)
def test_what_one_person_says_is_written_down(
    name: str,
    most: float,
    samples: dict[str, Sample],
    hear: Callable[[Path], Run],
    measured: Measured,
) -> None:
    found = measured(hear(samples[name].sound), samples[name])

    assert found.wer is not None
    assert found.wer <= most
    assert found.speakers == 1


@pytest.mark.parametrize(
    ("name", "most"), [("sample.wav", 0.2), ("dev00.wav", 0.4), ("dev01.wav", 0.6)]
)
def test_who_speaks_is_heard_and_no_speech_is_without_words(
    name: str,
    most: float,
    samples: dict[str, Sample],
    hear: Callable[[Path], Run],
    measured: Measured,
) -> None:
    found = measured(hear(samples[name].sound), samples[name])

    assert found.der is not None
    assert found.der < most
    assert found.wordless is not None
    assert found.wordless < SHORTEST_PASSAGE


def test_what_is_kept_of_a_recording_publishes_the_same_bytes_again(
    samples: dict[str, Sample], hear: Callable[[Path], Run], tmp_path: Path
) -> None:
    """Whoever moves code without meaning to change what is published compares these two."""
    sound = samples["jfk.flac"].sound
    hear(sound)

    published = [tmp_path / "once", tmp_path / "again"]
    for out in published:
        process(sound, out, redo_from=None)

    once, again = map(hashes, published)
    assert len(once) > 20
    assert once == again


def hashes(out: Path) -> dict[str, str]:
    """Return the hash of every published file but those that say when they were made."""
    files = (path for path in out.rglob("*") if path.is_file() and path.name not in TIMED)
    return {str(p.relative_to(out)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

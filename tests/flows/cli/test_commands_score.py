"""The command `score`, as a user meets it: a table or JSON, and what cannot be measured."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows.cli.commands_score import FORMATS, score
from outputs.record.episode_record import SCHEMA_VERSION, dump_record
from outputs.record.record_types import (
    EpisodeRecord,
    Provenance,
    RecordedLine,
    RecordedSound,
    RecordedSpeaker,
)
from outputs.scoring.references import ReferenceFormat
from podcast.errors import BadInputError
from podcast.timeline import SpeakerTurn, Word
from podcast.transcript import Translation

Score = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Publish an episode of two lines, as far as its record goes."""
    record = EpisodeRecord(
        schema_version=SCHEMA_VERSION,
        show="Open Ears",
        label="",
        title="A title",
        titles={"ko": Translation("제목", "given")},
        language="en",
        recording=RecordedSound("a.mp3", "ab" * 32, 6.0, is_partial=False),
        speakers=(RecordedSpeaker("A", "Anna", ""), RecordedSpeaker("B", "Leo", "")),
        turns=(SpeakerTurn(1.0, 2.0, "A"), SpeakerTurn(3.0, 5.0, "B")),
        overlaps=(),
        segments=(),
        lines=(said("0001", 1.0, 2.0, "A", "Yeah."), said("0002", 3.0, 5.0, "B", "It is.")),
        dropped=(),
        provenance=Provenance({}, {}, {}),
    )
    (tmp_path / "episode.json").write_bytes(dump_record(record))
    return tmp_path


def said(id_: str, start: float, end: float, speaker: str, text: str) -> RecordedLine:
    return RecordedLine(
        id=id_,
        start=start,
        end=end,
        speaker=speaker,
        speaker_confidence=1.0,
        text=text,
        meant="",
        flags=(),
        words=(Word(start, end, text, 0.9),),
        translations={"ko": Translation("네.", "model")},
    )


@pytest.fixture
def run(folder: Path) -> Score:
    """Score the episode against a reference of this name and content."""

    def against(name: str, content: str, *options: str) -> Result:
        (folder / name).write_text(content, encoding="utf-8")
        return CliRunner().invoke(score, [str(folder / name), str(folder), *options])

    return against


def test_the_table_shows_each_figure_and_what_it_is_made_of(run: Score) -> None:
    result = run("a.stm", "ep 1 anna 1 2 yeah\nep 1 leo 3 5 it was so\n")

    assert result.stdout.splitlines() == [
        "WER        50.0%  of 4 words: 1 wrong, 1 missed, 0 too many",
        (
            "cpWER      50.0%  of 4 words: 2 wrong, missed or of another speaker; "
            "2 speakers found of 2"
        ),
        (
            "DER         0.0%  of 3.0 s: 0.0 s missed, 0.0 s false alarm, 0.0 s of another "
            "speaker; collar 0 s on each side, overlap counted"
        ),
        "",
        "Not measured: chrF, because a.stm holds no translations.",
        "Reference: a.stm, read as stm.",
        (
            "Words are compared in lower case, without punctuation, symbols and remarks in "
            "brackets; numbers and contractions stay as they are written."
        ),
    ]


def test_a_line_pair_text_is_known_by_its_name(run: Score) -> None:
    result = run("ko.txt", "Show\n제목\nYeah.\n네.\nIt is.\n네.\n")

    assert "chrF ko    100.0  row by row, 2 rows" in result.stdout


def test_captions_are_known_by_their_name(run: Score) -> None:
    result = run("a.srt", "1\n0:0:1,0 --> 0:0:2,0\nA: Yeah.\n\n2\n0:0:3,0 --> 0:0:5,0\nB: It is.\n")

    assert [line.split()[:2] for line in result.stdout.splitlines()[:3]] == [
        ["WER", "0.0%"], ["cpWER", "0.0%"], ["DER", "0.0%"],
    ]  # fmt: skip
    assert "Reference: a.srt, read as srt." in result.stdout


def test_json_holds_the_same_as_data(run: Score) -> None:
    result = run("b.txt", "Show\n제목\nYeah.\n네.\nIt was.\n네.\n", "--json", "--format", "pairs",
                 "--language", "ko")  # fmt: skip

    document = json.loads(result.stdout)
    assert document["format"] == "pairs"
    assert document["measures"]["WER"] == {
        "value": 1 / 3, "words": 3, "substitutions": 1, "deletions": 0, "insertions": 0,
    }  # fmt: skip
    assert document["measures"]["chrF ko"]["level"] == "row"
    assert document["left_out"] == {
        "cpWER": "b.txt does not say who speaks",
        "DER": "b.txt does not say who speaks when",
    }


def test_collar_and_overlap_are_handed_on(run: Score) -> None:
    rttm = "SPEAKER ep 1 1 1 <NA> <NA> a <NA> <NA>\nSPEAKER ep 1 3 2 <NA> <NA> b <NA> <NA>\n"

    result = run("a.rttm", rttm, "--collar", "0.25", "--skip-overlap")

    assert "of 2.0 s: 0.0 s missed" in result.stdout
    assert "collar 0.25 s on each side, overlap skipped" in result.stdout
    assert "Words are compared" not in result.stdout


def test_a_record_is_given_by_its_file_or_its_folder(run: Score, folder: Path) -> None:
    by_folder = run("a.txt", "yeah it is")

    by_file = CliRunner().invoke(score, [str(folder / "a.txt"), str(folder / "episode.json")])

    assert by_file.output == by_folder.output
    assert "WER         0.0%" in by_file.output


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.stm", "ep 1 anna one 2 yeah\n", "a.stm, line 1: 'one' is no time"),
        ("a.docx", "yeah", "--format"),
        ("a.srt", "yeah", "a.srt holds no captions"),
        ("a.vtt", "WEBVTT\n\n00:05.000 --> 00:02.000\nyeah\n", "a.vtt: the caption from 5.000 s"),
        ("a.txt", "", "nothing to compare with"),
    ],
)
def test_an_unusable_reference_is_an_error_of_the_input(
    run: Score, name: str, content: str, says: str
) -> None:
    error = run(name, content).exception

    assert isinstance(error, BadInputError)
    assert says in str(error)


def test_a_missing_record_is_an_error_of_the_input(run: Score, folder: Path) -> None:
    (folder / "episode.json").unlink()

    error = run("a.txt", "yeah").exception

    assert isinstance(error, BadInputError)
    assert "the folder of a published episode" in str(error)


def test_the_command_offers_the_formats_that_can_be_read() -> None:
    assert list(FORMATS) == [format_.value for format_ in ReferenceFormat]


@pytest.mark.parametrize(
    ("name", "content", "options", "says"),
    [
        ("a.stm", "ep 1 a 1 2 foo\nep 1 b 90 95 bar\n", (), "a.stm goes on until 95.0 s"),
        ("a.srt", "1\n00:01:30,000 --> 00:01:35,000\nA: foo\nB: bar\n", (), "goes on until 95.0 s"),
        ("a.txt", "Nothing of this was ever said here.", (), "Hardly anything fits (WER 100.0%)"),
        ("ko.txt", "Show\n제목\nYeah.\n네.\n", ("--language", "ja"), "looks like Korean"),
    ],
)
def test_a_reference_of_something_else_is_noticed(
    run: Score, name: str, content: str, options: tuple[str, ...], says: str
) -> None:
    result = run(name, content, *options)

    assert result.exit_code == 0
    assert says in result.stderr


def test_a_reference_that_fits_is_measured_without_a_warning(run: Score) -> None:
    assert "Warning" not in run("a.stm", "ep 1 anna 1 2 yeah\nep 1 leo 3 5 it is\n").stderr

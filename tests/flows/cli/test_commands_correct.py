"""`correct`: kept in the file beside the episode, on the page at once, explained when refused."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows.cli.commands_correct import correct
from flows.published.correcting import apply_corrections, keep_correction
from flows.published.published_record import read_published
from outputs.bundle import render_bundle
from outputs.editing.corrections_file import load_corrections
from outputs.library.atomic_publish import publish_folder
from outputs.record.episode_record import build_record
from outputs.record.record_types import EpisodeRecord, Provenance, RecordedSpeaker
from podcast.editing.corrections import Applied, Correction
from podcast.errors import BadInputError, InterlinearError, SetupError
from podcast.language import Language
from podcast.recognition import Recognition
from podcast.recording import Episode, Recording
from podcast.timeline import Diarization, Word
from podcast.transcript import BilingualTranscript, Line, LinePair, Made, Transcript, Translation

Run = Callable[..., Result]


def line(n: int, text: str, speaker: str) -> Line:
    words = tuple(
        Word(4.0 * n + i * 0.3, 4.2 * n + i * 0.3, word, 0.9) for i, word in enumerate(text.split())
    )
    return Line(f"{n:04d}", 4.0 * n, 4.0 * n + 3, speaker, 1.0, text, "", (), words)


LINES = (
    line(1, "We use a Lama CPP here.", "Speaker 1"),
    line(2, "Exactly.", "Speaker 1"),
    line(3, "Exactly.", "Speaker 2"),
)


@pytest.fixture
def record() -> EpisodeRecord:
    """Three lines of two people in Korean and Japanese."""
    transcript = Transcript(Language.EN, LINES)
    return build_record(
        Episode("Open Ears", "A title", ""),
        Recognition(
            Recording(Path("a.wav"), "ab" * 32, 20.0, "a.mp3"), Diarization((), (), ()), ()
        ),
        [RecordedSpeaker(id_, id_, "") for id_ in ("Speaker 1", "Speaker 2")],
        Applied(transcript, (), ()),
        [
            BilingualTranscript(
                Language.EN,
                target,
                Translation(f"({target.value}) title", "model"),
                tuple(
                    LinePair(x, Translation(f"({target.value}) {x.text}", "model")) for x in LINES
                ),
            )
            for target in (Language.KO, Language.JA)
        ],
        Provenance({}, {}, {}),
    )


@pytest.fixture
def folder(tmp_path: Path, record: EpisodeRecord) -> Path:
    """The published episode."""
    publish_folder(tmp_path / "open-ears" / "a-title", render_bundle(record))
    return tmp_path / "open-ears" / "a-title"


@pytest.fixture
def file(folder: Path) -> Path:
    """Where its corrections lie."""
    return folder.parent / "a-title.corrections.yaml"


@pytest.fixture
def run(folder: Path) -> Run:
    """Run `correct` on the published folder."""

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(correct, [str(folder), *arguments])

    return invoke


def retranslated(record: EpisodeRecord, ids: Sequence[str]) -> EpisodeRecord:
    """Stand in for the translator: what is not by hand is the English between brackets."""
    return replace(
        record,
        lines=tuple(
            replace(
                x,
                translations={
                    code: t if t.made == Made.CORRECTED else Translation(f"<{x.text}>", "model")
                    for code, t in x.translations.items()
                },
            )
            if x.id in ids
            else x
            for x in record.lines
        ),
    )


def no_model(_record: EpisodeRecord, ids: Sequence[str]) -> EpisodeRecord:
    raise SetupError(f"A model is missing for {', '.join(ids)}.")


def page(folder: Path, name: str) -> list[str]:
    return (folder / name).read_text(encoding="utf-8").split("\n")


def test_a_speaker_and_translations_are_on_the_page_at_once(run: Run, folder: Path) -> None:
    result = run("2", "--speaker", "Speaker 2", "--ko", "그렇죠.", "--ja", "そうですね。")

    assert result.exit_code == 0, result.output
    assert page(folder, "ko.txt")[4:6] == ["Exactly.", "그렇죠."]
    assert page(folder, "ja.txt")[4:6] == ["Exactly.", "そうですね。"]
    assert "Speaker 2\nExactly.\n그렇죠." in (folder / "ko.annotated.txt").read_text()
    assert "0002  Speaker 2\n  en  Exactly.\n  ko  그렇죠.\n" in result.output
    assert f"Published again in {folder}" in result.output


def test_the_correction_is_kept_with_guard_and_time_beside_the_folder(
    run: Run, folder: Path, file: Path
) -> None:
    run("0002", "--ko", "그렇죠.")

    assert load_corrections(file).entries == (
        Correction("0002", "Exactly.", translations=((Language.KO, "그렇죠."),), at=8.0),
    )
    beside = [p.name for p in folder.parent.iterdir() if not p.name.startswith(".")]
    assert sorted(beside) == ["a-title", file.name]


def test_new_english_is_translated_again_but_for_what_a_human_has_translated(
    folder: Path,
) -> None:
    episode = read_published(folder)
    wanted = Correction(
        "0001", "", text="We use llama.cpp here.", translations=((Language.JA, "使ってます。"),)
    )

    keep_correction(episode, wanted)
    outcome = apply_corrections(episode, retranslated)

    assert outcome.is_published
    assert page(folder, "ko.txt")[2:4] == ["We use llama.cpp here.", "<We use llama.cpp here.>"]
    assert page(folder, "ja.txt")[2:4] == ["We use llama.cpp here.", "使ってます。"]
    assert page(folder, "ko.txt")[4:] == ["Exactly.", "(ko) Exactly."] * 2


def test_a_line_is_corrected_again_in_its_own_entry(folder: Path, file: Path) -> None:
    for text in ("We use llama here.", "We use llama.cpp here."):
        episode = read_published(folder)
        keep_correction(episode, Correction("0001", "", text=text))
        apply_corrections(episode, retranslated)

    assert load_corrections(file).entries == (
        Correction("0001", LINES[0].text, text="We use llama.cpp here.", at=4.0),
    )
    assert page(folder, "ko.txt")[2] == "We use llama.cpp here."


def test_a_lost_file_of_corrections_is_begun_anew_with_what_was_heard(
    folder: Path, file: Path
) -> None:
    for text in ("We use llama here.", "We use llama.cpp here."):
        file.unlink(missing_ok=True)
        episode = read_published(folder)
        keep_correction(episode, Correction("0001", "", text=text))
        apply_corrections(episode, retranslated)

    assert load_corrections(file).entries[0].was == LINES[0].text


def test_without_a_model_the_correction_is_kept_and_the_page_stays(
    folder: Path, file: Path
) -> None:
    episode = read_published(folder)
    before = page(folder, "ko.txt")

    keep_correction(episode, Correction("0001", "", text="We use llama.cpp here."))
    with pytest.raises(SetupError):
        apply_corrections(episode, no_model)

    assert page(folder, "ko.txt") == before
    assert load_corrections(file).entries[0].text == "We use llama.cpp here."
    assert apply_corrections(episode, retranslated).is_published


def test_a_file_changed_by_hand_is_applied_as_it_stands(run: Run, folder: Path, file: Path) -> None:
    file.write_text(
        "corrections:\n- line: 3\n  was: Exactly.\n  translations: {ko: 맞아요.}\n"
        "- line: 7\n  was: Gone.\n  text: Going.\ntitles: {ja: 題名}\n",
        encoding="utf-8",
    )

    result = run()

    assert result.exit_code == 0, result.output
    assert page(folder, "ko.txt")[-1] == "맞아요."
    assert page(folder, "ja.txt")[1] == "題名"
    assert "Not used: Line 0007 “Gone.”: no line reads so any more." in result.stderr


def test_applying_again_changes_nothing(run: Run, folder: Path) -> None:
    run("2", "--ko", "그렇죠.")
    before = {p.name: p.stat().st_mtime_ns for p in folder.iterdir()}

    result = run()

    assert f"Nothing had to change in {folder}" in result.output
    assert {p.name: p.stat().st_mtime_ns for p in folder.iterdir()} == before


def test_the_list_says_what_is_used_and_what_is_not(run: Run, file: Path) -> None:
    assert "No line of this episode is corrected." in run("--list").output
    file.write_text(
        "corrections:\n- line: 3\n  was: Exactly.\n  speaker: Bob\n  text: Exactly so.\n"
    )

    rows = [row.split("  ") for row in run("--list").output.splitlines()]

    assert [[cell.strip() for cell in row if cell] for row in rows[1:]] == [
        ["0003", "Exactly.", "Exactly so.", "used"],
        [
            "0003",
            "Exactly.",
            "(Bob)",
            "not used: no speaker here has the name or id 'Bob'; choose from Speaker 1, Speaker 2",
        ],
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("9", "--ko", "네."), "no line '0009'. Its lines go from 0001 to 0003"),
        (
            ("2", "--speaker", "Bob"),
            "no speaker here has the name or id 'Bob'; choose from Speaker 1, Speaker 2.",
        ),
        (("2", "--zh", "对。"), "not published in Chinese. It has ja, ko."),
    ],
)
def test_what_the_episode_does_not_have_is_refused_and_nothing_written(
    run: Run, file: Path, arguments: tuple[str, ...], says: str
) -> None:
    result = run(*arguments)

    assert isinstance(result.exception, BadInputError)
    assert says in str(result.exception)
    assert not file.exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("2",), "Say what is wrong"),
        (("--ko", "네."), "Say which line"),
        (("2", "--list"), "stand alone"),
        (("--list", "--ko", "네."), "stand alone"),
        (("--list", "--find", "x"), "stand alone"),
        (("2", "--find", "x"), "stand alone"),
        (("2", "--ko", "  "), "--ko: it is empty"),
        (("2", "--ko", "네\x07"), "unprintable"),
    ],
)
def test_wrong_usage_is_explained(
    run: Run, file: Path, arguments: tuple[str, ...], says: str
) -> None:
    result = run(*arguments)

    assert result.exit_code == 2
    assert says in result.output
    assert not file.exists()


def test_a_file_that_cannot_be_read_is_named_and_left_alone(run: Run, file: Path) -> None:
    file.write_text("corrections: nonsense")

    result = run("2", "--ko", "네.")

    assert isinstance(result.exception, InterlinearError)
    assert str(result.exception).startswith("a-title.corrections.yaml: `corrections` must be")
    assert file.read_text() == "corrections: nonsense"


def test_the_record_itself_and_the_working_folder_name_the_episode(
    folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    by_file = CliRunner().invoke(correct, ["episode.json", "2", "--ko", "그렇죠."])
    monkeypatch.chdir(folder)  # the folder was replaced
    by_folder = CliRunner().invoke(correct, [".", "3", "--ko", "맞아요."])

    assert (by_file.exit_code, by_folder.exit_code) == (0, 0), by_folder.output
    assert [entry.line for entry in load_corrections(file).entries] == ["0002", "0003"]


def test_an_entry_that_means_another_line_is_not_added_to(folder: Path, file: Path) -> None:
    text = "corrections:\n- line: 2\n  at: 500\n  was: Exactly.\n  speaker: Speaker 2\n"
    file.write_text(text)

    with pytest.raises(BadInputError, match="means another line"):
        keep_correction(read_published(folder), Correction("0002", "", text="Right."))

    assert file.read_text() == text


@pytest.mark.parametrize(
    ("text", "ids"), [("exactly", ["0002", "0003"]), ("a  lama", ["0001"]), ("llama", [])]
)
def test_a_line_is_found_by_its_text(run: Run, text: str, ids: list[str]) -> None:
    rows = run("--find", text).output.splitlines()

    assert [row.split()[0] for row in rows if row[0] == "0"] == ids
    assert ids or rows == ["No line of this episode holds 'llama'."]


def test_an_episode_that_a_killed_run_left_half_replaced_is_put_back_and_corrected(
    folder: Path, run: Run
) -> None:
    folder.rename(folder.with_name(".a-title.abc.old"))

    result = run("0002", "--ko", "맞아요.", "--ja", "そうです。")

    assert result.exit_code == 0, result.output
    assert "맞아요." in (folder / "ko.txt").read_text("utf-8")
    assert not folder.with_name(".a-title.abc.old").exists()

"""Speakers of published episodes get names; voices are kept in private and recognised by them."""

import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows.cli.commands_speakers import speakers
from flows.published.published_record import people_by_hand, read_published
from flows.settings import settings
from flows.voices.voice_files import (
    load_store,
    load_voiceprints,
    save_voiceprints,
    store_path,
    voiceprints_path,
)
from outputs.bundle import render_bundle
from outputs.library.atomic_publish import publish_folder
from outputs.record.record_types import (
    EpisodeRecord,
    Provenance,
    RecordedLine,
    RecordedSound,
    RecordedSpeaker,
)
from podcast.errors import BadInputError, StorageError
from podcast.timeline import Diarization, SpeakerTurn, Voiceprint, Word
from podcast.transcript import Translation
from speech.voiceprints.episode_voiceprints import voiceprints_of
from speech.voiceprints.voiceprint_store import known_voices

S1, S2, S3 = "Speaker 1", "Speaker 2", "Speaker 3"
SHOW, MODEL, SHA256 = "Open Ears", "pipeline@1", "ab" * 32
TURNS = (
    SpeakerTurn(0.0, 20.0, S1),
    SpeakerTurn(20.0, 80.0, S2),
    SpeakerTurn(80.0, 82.0, S3),
)
TEXTS = ("Hello.", "Thank you for having me.", "Yeah.")
PRINTS = (Voiceprint(S1, (1.0, 0.0)), Voiceprint(S2, (0.0, 2.0)), Voiceprint(S3, (0.6, 0.8)))

Run = Callable[..., Result]


def a_line(number: int, turn: SpeakerTurn, text: str) -> RecordedLine:
    return RecordedLine(
        id=f"{number:04}",
        start=turn.start,
        end=turn.end,
        speaker=turn.speaker,
        speaker_confidence=1.0,
        text=text,
        meant="",
        flags=(),
        words=(Word(turn.start, turn.end, text, 0.9),),
        translations={"ko": Translation("네.", "model")},
    )


def a_record() -> EpisodeRecord:
    return EpisodeRecord(
        schema_version=1,
        show=SHOW,
        label="",
        title="A title",
        titles={"ko": Translation("제목", "given")},
        language="en",
        recording=RecordedSound("episode.mp3", SHA256, 90.0, is_partial=False),
        speakers=tuple(RecordedSpeaker(id_, id_, "") for id_ in (S1, S2, S3)),
        turns=TURNS,
        overlaps=(),
        segments=(),
        lines=tuple(map(a_line, range(1, 4), TURNS, TEXTS)),
        dropped=(),
        provenance=Provenance({"diarize": MODEL}, {}, {}),
    )


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder of this test's own."""
    monkeypatch.setenv("INTERLINEAR_DATA", str(tmp_path / "data"))
    settings.cache_clear()
    yield tmp_path / "data"
    settings.cache_clear()


@pytest.fixture
def episode(tmp_path: Path, data: Path) -> Path:
    """A published episode whose voices were kept."""
    folder = tmp_path / "published" / "open-ears" / "a-title"
    publish_folder(folder, render_bundle(a_record()))
    save_voiceprints(data, voiceprints_of(Diarization(TURNS, (), PRINTS), SHA256, MODEL))
    return folder


@pytest.fixture
def run() -> Run:
    """Run a command, which must succeed."""

    def invoke(*arguments: object) -> Result:
        result = CliRunner().invoke(speakers, [str(a) for a in arguments], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result

    return invoke


def shown(folder: Path) -> dict[str, str]:
    return {s.id: s.name for s in read_published(folder).record.speakers}


def known(data: Path) -> list[str]:
    return [voice.name for voice in known_voices(load_store(data, SHOW), MODEL)]


@pytest.mark.parametrize("name", ["", "episode.json"])
def test_an_episode_is_its_folder_or_its_record(run: Run, episode: Path, name: str) -> None:
    out = run("list", episode / name).output

    head, *rows = [line.split() for line in out.splitlines()]
    assert head == ["Speaker", "Name", "Named", "Lines", "Speaks", "Hear", "at", "Says"]
    assert " ".join(rows[1]) == (
        "Speaker 2 Speaker 2 not named 1 1:00 00:00:20.000 Thank you for having me."
    )


def test_a_name_stands_above_the_lines_and_the_voice_is_known(
    run: Run, episode: Path, data: Path
) -> None:
    out = run("name", episode, S2, "Omar Sanseviero").output

    assert out == (
        "Speaker 2 is Omar Sanseviero now, in 1 line of 'A title'.\n"
        "Open Ears knows this voice in episodes to come.\n"
    )
    page = (episode / "ko.annotated.txt").read_text(encoding="utf-8")
    assert "] Omar Sanseviero\nThank you for having me.\n" in page
    assert [(s.name, s.named) for s in read_published(episode).record.speakers] == [
        (S1, ""),
        ("Omar Sanseviero", "hand"),
        (S3, ""),
    ]
    (voice,) = known_voices(load_store(data, SHOW), MODEL)
    assert (voice.name, voice.seconds) == ("Omar Sanseviero", 60.0)
    assert voice.embedding == (0.0, 1.0)


def test_voices_are_for_their_owner_only(run: Run, episode: Path, data: Path) -> None:
    run("name", episode, S2, "Omar")

    for path in (store_path(data, SHOW), voiceprints_path(data, SHA256)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert data in path.parents


def test_no_voice_stands_in_what_is_published(run: Run, episode: Path) -> None:
    before = sorted(path.name for path in episode.iterdir())

    run("name", episode, S2, "Omar")

    after = sorted(path.name for path in episode.iterdir())
    assert after == sorted([*before, "manifest.json"])
    assert "embedding" not in (episode / "episode.json").read_text(encoding="utf-8")


def test_a_corrected_name_corrects_the_voice(run: Run, episode: Path, data: Path) -> None:
    run("name", episode, S2, "Leo")
    run("name", episode, "leo", "Omar")

    assert shown(episode)[S2] == "Omar"
    assert known(data) == ["Omar"]


def test_a_voice_is_not_learnt_against_the_users_will(run: Run, episode: Path, data: Path) -> None:
    out = run("name", episode, S2, "Omar", "--no-enrol").output

    assert "voice" not in out
    assert shown(episode)[S2] == "Omar"
    assert not store_path(data, SHOW).exists()


def test_a_wrong_voice_is_unlearnt_with_its_name(run: Run, episode: Path, data: Path) -> None:
    run("name", episode, S2, "Leo")
    run("name", episode, S2, "Omar", "--no-enrol")

    assert known(data) == []


def test_a_wrong_voice_is_unlearnt_even_if_the_right_one_was_not_kept(
    run: Run, episode: Path, data: Path
) -> None:
    run("name", episode, S2, "Leo")
    without_file(data)
    run("name", episode, S2, "Omar")

    assert known(data) == []


def test_a_name_is_taken_away_with_the_voice(run: Run, episode: Path, data: Path) -> None:
    run("name", episode, S1, "Anna")
    run("name", episode, S2, "Leo")
    out = run("unname", episode, "Leo").output

    assert out == "Leo is Speaker 2 again, in 1 line of 'A title'.\n"
    assert shown(episode) == {S1: "Anna", S2: S2, S3: S3}
    assert known(data) == ["Anna"]


def test_whoever_says_too_little_has_a_name_and_no_voice(
    run: Run, episode: Path, data: Path
) -> None:
    out = run("name", episode, S3, "Mia").output

    assert "The voice was not learnt: Speaker 3 speaks for less than 5 seconds." in out
    assert shown(episode)[S3] == "Mia"
    assert known(data) == []


def without_file(data: Path) -> None:
    voiceprints_path(data, SHA256).unlink()


def of_another_model(data: Path) -> None:
    save_voiceprints(data, voiceprints_of(Diarization(TURNS, (), PRINTS), SHA256, "pipeline@2"))


def of_another_run(data: Path) -> None:
    turns = (SpeakerTurn(0.0, 21.0, S2), *TURNS[1:])
    save_voiceprints(data, voiceprints_of(Diarization(turns, (), PRINTS), SHA256, MODEL))


@pytest.mark.parametrize("spoil", [without_file, of_another_model, of_another_run])
def test_only_the_voices_of_this_very_run_are_learnt(
    run: Run, episode: Path, data: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(data)

    out = run("name", episode, S2, "Omar").output

    assert "The voice was not learnt: The voices of this run were not kept" in out
    assert shown(episode)[S2] == "Omar"
    assert known(data) == []


def test_merged_speakers_are_one_in_lines_turns_and_voices(
    run: Run, episode: Path, data: Path
) -> None:
    run("name", episode, S1, "Anna")
    out = run("merge", episode, S3, "Anna").output

    assert out == "Speaker 3 is Anna now, in 1 line of 'A title'.\n"
    record = read_published(episode).record
    assert [line.speaker for line in record.lines] == [S1, S2, S1]
    assert [turn.speaker for turn in record.turns] == [S1, S2, S1]
    assert shown(episode) == {S1: "Anna", S2: S2}
    heard = load_voiceprints(data, SHA256)
    assert heard is not None
    assert [(v.speaker, v.seconds) for v in heard.voices] == [(S1, 22.0), (S2, 60.0)]


def test_a_voice_can_be_learnt_after_a_merge(run: Run, episode: Path, data: Path) -> None:
    run("merge", episode, S3, S1)
    run("name", episode, S1, "Anna")

    (voice,) = known_voices(load_store(data, SHOW), MODEL)
    assert (voice.name, voice.seconds) == ("Anna", 22.0)


def test_what_a_merged_voice_taught_is_withdrawn(run: Run, episode: Path, data: Path) -> None:
    run("name", episode, S2, "Leo")
    run("merge", episode, S2, S1)

    assert known(data) == []


def test_the_voices_of_a_show_are_listed(run: Run, episode: Path, data: Path) -> None:
    run("name", episode, S1, "Anna")
    run("name", episode, S2, "김민수")

    lines = run("voices", "open ears").output.splitlines()
    assert [line.split() for line in lines[:3]] == [
        ["Name", "Episodes", "Speech", "Model"],
        ["Anna", "1", "0:20", MODEL],
        ["김민수", "1", "1:00", MODEL],
    ]
    assert lines[-1] == f"Kept in {data / 'voices' / 'open-ears.json'}"


def test_a_show_that_knows_nobody_says_how_to_teach_it(run: Run, data: Path) -> None:
    assert (
        "knows nobody's voice. Teach it with `interlinear speakers name`"
        in run("voices", SHOW).output
    )


def test_a_person_is_forgotten_with_the_voice_that_was_kept(
    run: Run, episode: Path, data: Path
) -> None:
    run("name", episode, S1, "Anna")
    run("name", episode, S2, "Omar")

    out = run("forget", "omar", "--show", SHOW).output

    assert out == "Open Ears has forgotten the voice of omar, learnt from 1 episode.\n"
    assert known(data) == ["Anna"]
    heard = load_voiceprints(data, SHA256)
    assert heard is not None
    assert [v.speaker for v in heard.voices] == [S1, S3]
    assert shown(episode)[S2] == "Omar"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("list", "{tmp}/nothing"), "There is no .*nothing"),
        (("list", "{tmp}"), "Give the folder of a published episode, or its episode.json"),
        (("list", "{episode}/ko.txt"), "ko.txt is no episode record"),
        (("name", "{episode}", "Leo", "Omar"), "no speaker 'Leo'.*Speaker 1, Speaker 2, Sp"),
        (("name", "{episode}", S1, " "), "The name is empty"),
        (("name", "{episode}", S1, "a\nb"), "has 2 lines"),
        (("name", "{episode}", S1, "a --> b"), "captions"),
        (("merge", "{episode}", S1, S1), "cannot be merged with itself"),
        (("merge", "{episode}", S1, "Leo"), "no speaker 'Leo'"),
        (("unname", "{episode}", "Leo"), "no speaker 'Leo'"),
        (("forget", "Leo", "--show", SHOW), "does not know the voice of 'Leo'; it knows nobody"),
    ],
)  # fmt: skip
def test_a_mistake_is_explained_and_nothing_is_changed(
    episode: Path, data: Path, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    before = {path.name: path.read_bytes() for path in episode.iterdir()}
    filled = [a.format(tmp=tmp_path, episode=episode) for a in arguments]

    with pytest.raises(BadInputError, match=says):
        CliRunner().invoke(speakers, filled, catch_exceptions=False)

    assert {path.name: path.read_bytes() for path in episode.iterdir()} == before
    assert not store_path(data, SHOW).exists()


def test_other_files_in_the_folder_are_never_lost(episode: Path, data: Path) -> None:
    (episode / "thesis.docx").write_text("years of work", encoding="utf-8")

    with pytest.raises(BadInputError, match=r"also holds thesis\.docx, which would be lost"):
        CliRunner().invoke(speakers, ["name", str(episode), S1, "Anna"], catch_exceptions=False)

    assert (episode / "thesis.docx").read_text(encoding="utf-8") == "years of work"
    assert shown(episode)[S1] == S1
    assert known(data) == []


def test_a_damaged_store_is_named_before_anything_is_changed(episode: Path, data: Path) -> None:
    store_path(data, SHOW).parent.mkdir(parents=True)
    store_path(data, SHOW).write_text("{}", encoding="utf-8")

    with pytest.raises(BadInputError, match=r"open-ears\.json is no store of voices"):
        CliRunner().invoke(speakers, ["name", str(episode), S1, "Anna"], catch_exceptions=False)

    assert shown(episode)[S1] == S1


def test_a_data_folder_that_is_a_file_is_explained(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    heard = voiceprints_of(Diarization(TURNS, (), PRINTS), SHA256, MODEL)

    with pytest.raises(StorageError, match=r"cannot be written to .*episodes"):
        save_voiceprints(tmp_path / "data", heard)


@pytest.mark.parametrize("sha256", ["", "../../secrets", "ab" * 31, "AB" * 32])
def test_a_record_cannot_lead_to_another_file(tmp_path: Path, sha256: str) -> None:
    with pytest.raises(BadInputError, match="is not the sha256 of a recording"):
        load_voiceprints(tmp_path, sha256)


def test_shows_with_names_that_look_alike_know_different_voices(tmp_path: Path) -> None:
    paths = {store_path(tmp_path, show) for show in ("C", "C++", "팟캐스트", "라디오", "...")}

    assert len(paths) == 5
    assert {path.parent for path in paths} == {tmp_path / "voices"}


def test_names_by_hand_survive_the_next_run_over_the_same_turns(run: Run, episode: Path) -> None:
    run("name", episode, S3, "Mia")
    moved = (replace(TURNS[0], end=19.0), *TURNS[1:])

    assert people_by_hand(episode, TURNS).names == {S3: "Mia"}
    assert people_by_hand(episode, moved).names == {}


def test_merged_speakers_stay_one_in_the_next_run_over_the_same_turns(
    run: Run, episode: Path
) -> None:
    run("merge", episode, S3, S1)

    assert people_by_hand(episode, TURNS).merged == {S3: S1}


def test_names_by_hand_stay_with_their_voices_where_a_run_numbers_them_otherwise(
    run: Run, episode: Path
) -> None:
    run("name", episode, S3, "Mia")
    run("merge", episode, S2, S1)
    others = {S1: S3, S2: S1, S3: S2}
    renumbered = tuple(replace(turn, speaker=others[turn.speaker]) for turn in TURNS)

    people = people_by_hand(episode, renumbered)

    assert people.names == {S2: "Mia"}
    assert people.merged in ({S1: S3}, {S3: S1})


def test_an_episode_that_was_never_published_has_no_names(tmp_path: Path, episode: Path) -> None:
    (episode / "episode.json").write_text("{}", encoding="utf-8")

    assert people_by_hand(tmp_path / "nowhere", TURNS).names == {}
    assert people_by_hand(episode, TURNS).names == {}


@pytest.mark.parametrize("command", ["list", "name", "unname", "merge", "voices", "forget"])
def test_every_command_explains_itself(run: Run, command: str) -> None:
    out = run(command, "--help").output

    assert out.startswith(f"Usage: speakers {command} ")
    assert command in run("--help").output

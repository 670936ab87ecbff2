"""What happens to rows in a run: names, glossary, second decodings, corrections, typography."""

import json
from pathlib import Path
from typing import Any

import pytest

from outputs.linepairs import parse_page
from podcast.errors import BadInputError
from podcast.timeline import Word

pytestmark = pytest.mark.usefixtures("prefect")


def run(audio: Path, out: Path, **parameters: Any) -> Path:
    from flows.episode import process_episode
    from flows.parameters import Models

    parameters = {"show": "Open Ears", "title": "A title", "languages": ["ko"]} | parameters
    return process_episode(audio=str(audio), out=out, models=Models(preset="demo"), **parameters)


def record(folder: Path) -> Any:
    return json.loads((folder / "episode.json").read_text(encoding="utf-8"))


def names(folder: Path) -> dict[str, tuple[str, str]]:
    return {s["id"]: (s["name"], s["named"]) for s in record(folder)["speakers"]}


def words(*texts: str, start: float = 0.6, each: float = 0.3) -> list[Word]:
    return [Word(start + n * each, start + (n + 1) * each, t, 0.9) for n, t in enumerate(texts)]


GLOSSARY = """
[[term]]
source = "llama.cpp"
heard = ["a Lama CPP"]
keep = true
"""


@pytest.fixture
def misheard(fakes: Any) -> Any:
    """Speaker 1 says "We use a Lama CPP." and the translator knows the right English only."""
    fakes.words = words("We", "use", "a", "Lama", "CPP.")
    fakes.turns = fakes.turns[:1]
    fakes.says = {
        "A title": {"ko": "제목"},
        "We use llama.cpp.": {"ko": "우리는 llama.cpp를 써요."},
    }
    return fakes


def test_a_glossary_corrects_what_is_translated_and_leaves_the_page_as_heard(
    misheard: Any, tone: Path, tmp_path: Path
) -> None:
    glossary = tmp_path / "out" / "open-ears" / "glossary.toml"
    glossary.parent.mkdir(parents=True)
    glossary.write_text(GLOSSARY, encoding="utf-8")

    folder = run(tone, tmp_path / "out")

    assert parse_page((folder / "ko.txt").read_text()).pairs == (
        ("We use a Lama CPP.", "우리는 llama.cpp를 써요."),
    )
    assert record(folder)["lines"][0]["meant"] == "We use llama.cpp."


def test_a_glossary_may_correct_the_page_too(misheard: Any, tone: Path, tmp_path: Path) -> None:
    from flows.parameters import Wording

    path = tmp_path / "terms.toml"
    path.write_text("correct_page = true\n" + GLOSSARY, encoding="utf-8")

    folder = run(tone, tmp_path / "out", wording=Wording(glossary=path))

    assert parse_page((folder / "ko.txt").read_text()).pairs[0][0] == "We use llama.cpp."
    assert record(folder)["lines"][0]["flags"] == ["glossary"]


def test_a_changed_glossary_asks_the_model_for_the_changed_rows_only(
    misheard: Any, tone: Path, tmp_path: Path
) -> None:
    run(tone, tmp_path / "out")
    (tmp_path / "out" / "open-ears" / "glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    misheard.calls.clear()
    misheard.asked.clear()

    run(tone, tmp_path / "out")

    assert misheard.calls == ["translate ko"]
    assert misheard.asked == [("We use llama.cpp.",)]


def test_a_broken_glossary_is_refused_before_any_work(
    misheard: Any, tone: Path, tmp_path: Path
) -> None:
    from flows.parameters import Wording

    path = tmp_path / "terms.toml"
    path.write_text('[[term]]\nsorce = "x"', encoding="utf-8")

    with pytest.raises(BadInputError, match=r"terms\.toml"):
        run(tone, tmp_path / "out", wording=Wording(glossary=path))

    assert misheard.calls == []


def test_a_loop_is_heard_again_and_what_was_dropped_is_in_the_record(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    fakes.words = words("And", *["then", "we"] * 40, each=0.05)
    fakes.second = words("And", "then")

    folder = run(tone, tmp_path / "out")

    assert [line["text"] for line in record(folder)["lines"]] == ["And then"]
    dropped = record(folder)["dropped"]
    assert len(dropped) == 81
    assert all("second decoding" in word["reason"] for word in dropped)
    assert [call for call in fakes.calls if call.startswith("redecode")] == ["redecode 0.0-6.0"]


def test_a_row_that_fails_its_checks_climbs_the_ladder(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    fakes.words = words("It", "costs", "25", "dollars.")
    fakes.turns = fakes.turns[:1]
    fakes.says = {"It costs 25 dollars.": {"ko": "그건 20달러예요."}}
    fakes.retries = {"It costs 25 dollars.": ("그건 25달러예요.",)}

    row = record(run(tone, tmp_path / "out"))["lines"][0]["translations"]["ko"]

    assert row == {"text": "그건 25달러예요.", "made": "retried", "checks": []}


def test_a_lost_number_keeps_the_english_flagged(fakes: Any, tone: Path, tmp_path: Path) -> None:
    fakes.words = words("It", "costs", "25", "dollars.")
    fakes.turns = fakes.turns[:1]
    fakes.says = {"It costs 25 dollars.": {"ko": "그건 20달러예요."}}

    folder = run(tone, tmp_path / "out")

    row = record(folder)["lines"][0]["translations"]["ko"]
    assert (row["text"], row["made"]) == ("It costs 25 dollars.", "source")
    assert {check.partition(": ")[0] for check in row["checks"]} == {"number", "invented"}
    assert "English kept" in (folder / "report.md").read_text()


def test_names_by_hand_and_from_the_feed_stand_above_the_lines(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    from flows.parameters import Speakers

    who = Speakers(names={"Speaker 1": "Ann Lee"}, people=["Ann Lee", "Bo Kim"])

    folder = run(tone, tmp_path / "out", speakers=who)

    assert names(folder) == {"Speaker 1": ("Ann Lee", "hand"), "Speaker 2": ("Bo Kim", "feed")}
    assert "] Ann Lee\nYeah." in (folder / "ko.annotated.txt").read_text()


def test_a_name_for_nobody_is_refused(fakes: Any, tone: Path, tmp_path: Path) -> None:
    from flows.parameters import Speakers

    with pytest.raises(BadInputError, match="There is no 'Speaker 9'"):
        run(tone, tmp_path / "out", speakers=Speakers(names={"Speaker 9": "Ann"}))

    assert not (tmp_path / "out").exists()


def test_a_correction_beside_the_episode_survives_the_next_run(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    folder = run(tone, tmp_path / "out")
    folder.with_name("a-title.corrections.yaml").write_text(
        "corrections:\n"
        "- line: '0003'\n  was: And then\n  text: Now then\n"
        "- line: '0001'\n  was: Nope.\n  text: No.\n",
        encoding="utf-8",
    )
    fakes.calls.clear()
    fakes.asked.clear()

    run(tone, tmp_path / "out")

    line = record(folder)["lines"][2]
    assert (line["text"], line["flags"][-1]) == ("Now then", "corrected")
    assert line["before"] == {"text": "And then", "speaker": "Speaker 1"}
    assert line["translations"]["ko"]["text"] == "자, 그러면"
    assert fakes.asked == [("Now then",)]
    assert record(folder)["unused_corrections"] == [
        "Line 0001 “Nope.”: no line reads so any more; 0001 now reads “Yeah.”."
    ]


def test_voices_are_kept_in_private_and_not_published(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    folder = run(tone, tmp_path / "out")

    (kept,) = (tmp_path / "data" / "episodes").iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    assert "embedding" not in (folder / "episode.json").read_text()

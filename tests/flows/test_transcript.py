"""A publisher's own transcript is the English text where it fits the sound, and only there."""

import json
from pathlib import Path
from typing import Any

import pytest

from flows.settings import settings
from podcast.timeline import SpeakerTurn

pytestmark = pytest.mark.usefixtures("prefect")

WRITTEN = """WEBVTT

00:00.000 --> 00:01.000
<v Ann Lee>Yeah!

00:00.000 --> 00:01.000
<v Bo>Yeah.

00:00.000 --> 00:01.000
<v Ann Lee>And so then.
"""


def run(audio: Path, out: Path, transcript: str, **parameters: Any) -> dict[str, Any]:
    from flows.episode import process_episode
    from flows.parameters import Models

    folder = process_episode(
        audio=str(audio),
        show="Open Ears",
        title="A title",
        languages=["ko"],
        models=Models(preset="demo"),
        out=out,
        transcript=transcript,
        **parameters,
    )
    record: dict[str, Any] = json.loads((folder / "episode.json").read_text())
    return record


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "written.vtt"
    path.write_text(WRITTEN, encoding="utf-8")
    return path


def test_the_publishers_words_are_the_rows_at_the_times_at_which_they_were_heard(
    fakes: Any, tone: Path, tmp_path: Path, written: Path
) -> None:
    record = run(tone, tmp_path / "out", str(written))

    lines = [(line["text"], line["start"], line["end"]) for line in record["lines"]]
    assert lines == [("Yeah!", 0.6, 1.0), ("Yeah.", 1.6, 2.0), ("And so then.", 2.6, 3.5)]
    assert [word["start"] for word in record["lines"][2]["words"]] == [2.6, 3.0, 3.1]
    assert record["provenance"]["options"]["transcribe"]["text"] == f"of {written}"
    assert record["dropped"] == []


def test_its_names_stand_above_the_lines(
    fakes: Any, tone: Path, tmp_path: Path, written: Path
) -> None:
    fakes.turns = [SpeakerTurn(0.5, 5.0, "Speaker 1")]  # the diarizer hears one person only

    record = run(tone, tmp_path / "out", str(written))

    speakers = {s["id"]: (s["name"], s["named"]) for s in record["speakers"]}
    assert [speakers[line["speaker"]] for line in record["lines"]] == [
        ("Ann Lee", "feed"),
        ("Bo", "feed"),
        ("Ann Lee", "feed"),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("WEBVTT\n\n00:00.000 --> 00:01.000\nJa. Ja. Und dann.", "only 0 of its 4 words"),
        ("WEBVTT", "is empty"),
        (None, "404"),
    ],
)
def test_a_transcript_that_does_not_fit_changes_nothing_and_the_record_says_so(
    fakes: Any, tone: Path, tmp_path: Path, host: Any, text: str | None, reason: str
) -> None:
    if text is not None:
        host.bodies["written.vtt"] = text.encode()
    address = f"{host.url}/written.vtt"

    record = run(tone, tmp_path / "out", address)

    assert [line["text"] for line in record["lines"]] == ["Yeah.", "Yeah.", "And then"]
    why = record["provenance"]["options"]["transcribe"]["text"]
    assert why.startswith(f"as recognised, not as in {address}: ")
    assert reason in why


def test_a_show_takes_transcripts_also_when_they_come_later(
    host: Any, show: Path, fakes: Any
) -> None:
    from flows.show import follow_show

    show.write_text('transcript = "publisher"\n' + show.read_text())
    host.announce("one", "A title", "one.wav")
    follow_show(show)
    fakes.calls.clear()
    host.bodies["one.vtt"] = WRITTEN.encode()
    tag = "<p:transcript url='/one.vtt?token=secret' type='text/vtt'/></item>"
    host.items[0] = host.items[0].replace("</item>", tag)

    follow_show(show)

    (path,) = show.parents[1].glob("out/open-ears/one-*/episode.json")
    record = json.loads(path.read_text())
    assert [line["text"] for line in record["lines"]] == ["Yeah!", "Yeah.", "And so then."]
    assert record["provenance"]["options"]["transcribe"]["text"] == f"of {host.url}/one.vtt"
    assert "transcribe" not in fakes.calls
    assert "secret" not in (settings().data / "shows" / "ears.json").read_text()


def test_the_voices_of_another_show_are_known_where_that_is_wanted(
    fakes: Any, tone: Path, tmp_path: Path
) -> None:
    from flows.models.model_set import find_models
    from flows.parameters import Models, Speakers
    from flows.voices.voice_files import save_store
    from speech.voiceprints.episode_voiceprints import KeptVoiceprint
    from speech.voiceprints.voiceprint_store import NamedPrint, VoiceStore

    fakes.turns = [SpeakerTurn(0.5, 5.0, "Speaker 1")]
    model = find_models(Models(preset="demo")).diarizer.identity()
    print_ = NamedPrint("Ann Lee", model, "ab" * 32, KeptVoiceprint("Speaker 1", 60.0, (1.0,)))
    save_store(settings().data, VoiceStore(1, "Sister Show", (print_,)))

    alone = run(tone, tmp_path / "out", "")
    together = run(tone, tmp_path / "out", "", speakers=Speakers(voices=["Sister Show"]))

    assert [s["name"] for s in alone["speakers"]] == ["Speaker 1"]
    assert [(s["name"], s["named"]) for s in together["speakers"]] == [("Ann Lee", "voice")]

"""Voices that got their names in one recording are known in another, and strangers are not."""

import json
from collections import Counter

import pytest

from audio.decoding.decode import decode
from audio.waveforms.waveform import SAMPLE_RATE, Waveform, load_waveform
from flows.models.model_set import DEMO
from flows.settings import DEMO as DEMO_FOLDER
from flows.settings import DEMO_MODELS
from podcast.model_reference import LoadOptions
from podcast.names import NamedBy
from podcast.timeline import Diarization, Span, overlap
from speech.diarization.diarizer import DiarizationOptions
from speech.diarization.pyannote_diarizer import PyannoteFolder
from speech.voiceprints.episode_voiceprints import voiceprints_of
from speech.voiceprints.speaker_identification import NamedSpeaker, NamingHints, name_speakers
from speech.voiceprints.voiceprint_store import empty_store, enrol, known_voices

pytestmark = pytest.mark.model

MODEL = "demo"
MIDDLE = 62
"""Seconds: a pause of the episode, where its two recordings part."""

PEOPLE = {"slt": "Anna", "rms": "David", "awb": "Leo"}
TRUTH = json.loads((DEMO_FOLDER / "episode" / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def halves(tmp_path_factory: pytest.TempPathFactory) -> tuple[Diarization, Diarization]:
    """Hear both halves of the bundled episode as recordings of their own."""
    sound = tmp_path_factory.mktemp("sound") / "episode.wav"
    decode(DEMO_FOLDER / "episode" / "episode.mp3", sound)
    samples = load_waveform(sound).samples
    middle = MIDDLE * SAMPLE_RATE
    diarizer = PyannoteFolder(DEMO_MODELS / "diarization").load(LoadOptions())
    first, second = (
        diarizer.cluster(
            [diarizer.segment_and_embed(part, lambda _: None)], part.duration, DiarizationOptions()
        )
        for part in (Waveform(samples[:middle]), Waveform(samples[middle:]))
    )
    return first, second


def who_is_who(heard: Diarization, offset: float) -> dict[str, str]:
    """Return who each speaker really is, by when the script lets whom speak."""
    said = [(Span(x["start"] - offset, x["end"] - offset), x["voice"]) for x in TRUTH["lines"]]
    shared = Counter[tuple[str, str]]()
    for turn in heard.turns:
        for span, voice in said:
            shared[turn.speaker, PEOPLE[voice]] += max(0.0, overlap(turn, span))
    ids = dict.fromkeys(turn.speaker for turn in heard.turns)
    return {id_: max(PEOPLE.values(), key=lambda name: shared[id_, name]) for id_ in ids}


def named_by(learnt: Diarization, names: dict[str, str], heard: Diarization) -> list[NamedSpeaker]:
    """Learn some voices of one recording and name the speakers of another."""
    store = empty_store("Open Ears")
    for id_, name in names.items():
        store = enrol(store, name, voiceprints_of(learnt, "a" * 64, MODEL), id_)
    ids = tuple(dict.fromkeys(turn.speaker for turn in heard.turns))
    known = known_voices(store, MODEL)
    return list(name_speakers(ids, heard.voiceprints, known, NamingHints(), DEMO.matching))


def test_known_voices_are_named_in_another_recording(
    halves: tuple[Diarization, Diarization],
) -> None:
    first, second = halves
    truth = who_is_who(second, MIDDLE)

    named = named_by(first, who_is_who(first, 0), second)

    assert set(truth.values()) == set(PEOPLE.values())
    assert {speaker.id: speaker.name for speaker in named} == truth
    assert {speaker.named for speaker in named} == {NamedBy.VOICE}


def test_a_stranger_does_not_get_the_name_of_a_known_voice(
    halves: tuple[Diarization, Diarization],
) -> None:
    first, second = halves
    truth = who_is_who(second, MIDDLE)
    anna = {id_: name for id_, name in who_is_who(first, 0).items() if name == "Anna"}

    named = named_by(first, anna, second)

    assert {s.name for s in named if truth[s.id] == "Anna"} == {"Anna"}
    assert {s.named for s in named if truth[s.id] != "Anna"} == {NamedBy.GUEST}

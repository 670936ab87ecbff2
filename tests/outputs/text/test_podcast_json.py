"""The JSON follows the podcast namespace and holds every line as it is."""

import json
from dataclasses import replace
from time import process_time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from outputs.record.record_types import EpisodeRecord
from outputs.text.podcast_json import render_podcast_json
from podcast.errors import BadInputError
from podcast.language import Language
from podcast.transcript import Translation

SCHEMA = {
    "type": "object",
    "required": ["version", "segments"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "1.0.0"},
        "segments": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["startTime", "body"],
                "additionalProperties": False,
                "properties": {
                    "speaker": {"type": "string", "minLength": 1},
                    "startTime": {"type": "number", "minimum": 0},
                    "endTime": {"type": "number", "minimum": 0},
                    "body": {"type": "string", "minLength": 1},
                },
            },
        },
    },
}

NASTY = 'AT&T <b> --> 5 > 3 "q" | {\\an8} \u200fאב\u200e 🎙️'


def segments(text: str) -> list[dict[str, Any]]:
    document = json.loads(text)
    Draft202012Validator(SCHEMA).validate(document)
    found: list[dict[str, Any]] = document["segments"]
    return found


def test_every_line_is_a_segment(record: EpisodeRecord) -> None:
    assert segments(render_podcast_json(record, Language.KO)) == [
        {"speaker": "화자 1", "startTime": 4.12, "endTime": 4.4, "body": "네."},
        {"speaker": "화자 2", "startTime": 5.0, "endTime": 7.48, "body": "음, AT&T"},
    ]


def test_the_language_spoken_can_be_written(record: EpisodeRecord) -> None:
    bodies = [s["body"] for s in segments(render_podcast_json(record, Language.EN))]

    assert bodies == ["Yeah.", "Well, AT&T"]


def test_letters_are_written_as_they_are(record: EpisodeRecord) -> None:
    assert "ええと、AT&T" in render_podcast_json(record, Language.JA)


def test_a_line_without_a_name_has_no_speaker(record: EpisodeRecord) -> None:
    nameless = replace(record, speakers=tuple(replace(s, name="") for s in record.speakers))

    assert "speaker" not in segments(render_podcast_json(nameless, Language.KO))[0]


def test_times_are_rounded_to_milliseconds(record: EpisodeRecord) -> None:
    late = replace(record, lines=(replace(record.lines[0], start=11045.0004, end=11046.12345),))

    segment = segments(render_podcast_json(late, Language.EN))[0]

    assert (segment["startTime"], segment["endTime"]) == (11045.0, 11046.123)


def test_an_episode_without_lines_is_valid(record: EpisodeRecord) -> None:
    assert segments(render_podcast_json(replace(record, lines=()), Language.EN)) == []


def test_a_language_that_is_not_there_is_refused(record: EpisodeRecord) -> None:
    with pytest.raises(BadInputError, match="Chinese"):
        render_podcast_json(record, Language.ZH)


@pytest.mark.slow
def test_a_long_episode_takes_little_time(record: EpisodeRecord) -> None:
    long = replace(record, lines=record.lines * 5000)
    start = process_time()

    text = render_podcast_json(long, Language.KO)

    assert process_time() - start < 5
    assert len(segments(text)) == 10_000


@given(st.one_of(st.just(NASTY), st.text(st.characters(exclude_categories=["Cs"]), min_size=1)))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_reads_back_as_it_is(record: EpisodeRecord, text: str) -> None:
    first = replace(record.lines[0], translations={"ko": Translation(text, "model")})

    segment = segments(render_podcast_json(replace(record, lines=(first,)), Language.KO))[0]

    assert segment["body"] == text

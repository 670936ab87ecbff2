"""The figures of a record count what is in it, and the worst lines come first."""

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from outputs.quality.measures import MAX_TO_CHECK, MAX_UNCERTAIN, check_kind, measure
from outputs.record.quality_types import Quality, Reason, UncertainLine
from outputs.record.record_types import EpisodeRecord, RecordedBefore, RecordedLine, RecordedSpeaker
from podcast.timeline import Word
from podcast.transcript import DroppedWord, Translation

GOOD = Translation("네.", "model")
ANNA, LEO = RecordedSpeaker("S1", "Anna", "hand"), RecordedSpeaker("S2", "Leo", "")


def line(number: int, start: float, end: float, n_words: int = 2, **fields: Any) -> RecordedLine:
    """Make a line about which nobody has a doubt, apart from what is given."""
    step = (end - start) / n_words
    words = tuple(
        Word(start + n * step, start + (n + 1) * step, "word", 0.9) for n in range(n_words)
    )
    fields = {"speaker": "S1", "speaker_confidence": 1.0, "flags": (), "words": words} | fields
    fields = {"text": "word", "meant": "", "translations": {"ko": GOOD}} | fields
    return RecordedLine(id=f"{number:04d}", start=start, end=end, **fields)


def measured(*lines: RecordedLine, duration: float = 100.0) -> Quality:
    return measure(lines, (ANNA, LEO), (), duration, {"ko": GOOD})


def test_a_speaker_has_a_share_of_the_speaking_time() -> None:
    quality = measured(line(1, 0, 6), line(2, 6, 8, speaker="S2"), line(3, 9, 9.5, 1))

    shares = [(s.name, s.lines, s.words, s.seconds, s.share) for s in quality.speakers]
    assert shares == [("Anna", 2, 3, 6.5, 0.7647), ("Leo", 1, 2, 2.0, 0.2353)]


def test_a_speaker_without_a_line_has_no_share() -> None:
    assert [s.share for s in measured(line(1, 0, 6)).speakers] == [1.0, 0.0]


@pytest.mark.parametrize(
    ("times", "share", "gap", "start"),
    [
        (((0, 10),), 0.1, 90.0, 10.0),
        (((40, 60),), 0.2, 40.0, 0.0),
        (((0, 10), (70, 100)), 0.4, 60.0, 10.0),
        # Time that two people share counts once, and a long line hides a short one inside it.
        (((0, 60), (10, 20), (50, 90)), 0.9, 10.0, 90.0),
        ((), 0.0, 100.0, 0.0),
    ],
)
def test_time_without_a_line_is_found(
    times: tuple[tuple[float, float], ...], share: float, gap: float, start: float
) -> None:
    quality = measured(*(line(n, *time) for n, time in enumerate(times)))

    assert (quality.speech_share, quality.longest_gap, quality.longest_gap_start) == (
        share,
        gap,
        start,
    )


def test_dropped_words_and_flags_are_counted_the_most_frequent_first() -> None:
    reasons = ["loop", "over silence", "over silence"]
    dropped = [DroppedWord(Word(0, 1, "you", 0.1), reason) for reason in reasons]
    lines = [line(1, 0, 1, flags=("overlap",)), line(2, 1, 2, flags=("cut", "overlap"))]

    quality = measure(lines, (ANNA,), dropped, 10.0, {"ko": GOOD})

    assert list(quality.dropped.items()) == [("over silence", 2), ("loop", 1)]
    assert list(quality.flags.items()) == [("overlap", 2), ("cut", 1)]


def test_every_row_of_a_language_is_on_one_rung() -> None:
    rows = [
        Translation("네.", "table"),
        Translation("네.", "model", ("number: 3",)),
        Translation("네.", "clauses", ("term: Gemma", "term: Bard", "number: 2", "number: 5")),
        Translation("Yes.", "source", ("empty",)),
    ]

    quality = measured(*(line(n, n, n + 1, translations={"ko": r}) for n, r in enumerate(rows)))

    korean = quality.languages["ko"]
    assert korean.rungs == {"table": 1, "model": 1, "clauses": 1, "source": 1}
    assert korean.failed == {"number": 2, "term": 1, "empty": 1}
    assert (korean.term_violations, korean.number_violations, korean.english_kept) == (2, 3, 1)


def test_the_title_is_judged_apart_from_the_rows() -> None:
    title = Translation("Title", "source", ("empty",))

    korean = measure([line(1, 0, 1)], (ANNA,), (), 10.0, {"ko": title}).languages["ko"]

    assert (korean.title_made, korean.title_checks) == ("source", ("empty",))
    assert korean.rungs == {"model": 1}
    assert korean.english_kept == 0


def sure(probability: float) -> tuple[Word, ...]:
    return (Word(0, 0.5, "so", probability), Word(0.5, 1, "on", probability))


def test_the_lines_with_the_lowest_words_come_first_and_are_bounded() -> None:
    lines = [line(n, n, n + 1, words=sure(1 - n / 100)) for n in range(30)]

    quality = measured(*lines)

    assert quality.uncertain_lines[:2] == (UncertainLine("0029", 0.71), UncertainLine("0028", 0.72))
    assert len(quality.uncertain_lines) == MAX_UNCERTAIN
    assert quality.mean_word_probability == pytest.approx(0.855)


def test_lines_of_an_unsure_speaker_are_counted() -> None:
    quality = measured(line(1, 0, 1), line(2, 1, 2, speaker_confidence=0.5))

    assert quality.unsure_speakers == 1
    assert quality.mean_speaker_confidence == 0.75


@pytest.mark.parametrize(
    ("fields", "reasons"),
    [
        ({}, ()),
        ({"flags": ("overlap", "interrupted", "foreign")}, ()),
        ({"flags": ("glossary",)}, (Reason("", "glossary: word word"),)),
        ({"words": sure(0.4)}, (Reason("", "words: 16% sure of all, least of “so” (40%)"),)),
        ({"words": (*sure(0.9), Word(0.5, 1, "share?", 0.2))},
         (Reason("", "words: 16% sure of all, least of “share?” (20%)"),)),
        ({"words": sure(0.5)}, ()),
        ({"speaker_confidence": 0.41}, (Reason("", "speaker: 41% sure"),)),
        ({"words": sure(0.95) * 4}, (Reason("", "fast: 8 words in 1.0 s"),)),
        ({"translations": {"ko": Translation("그.", "clauses")}}, ()),
        ({"translations": {"ko": Translation("So.", "source", ("empty", "number: 3"))}},
         (Reason("ko", "English kept"),)),
        ({"translations": {"ko": GOOD, "ja": Translation("2", "model", ("number: 3",))}},
         (Reason("ja", "number: 3"),)),
        ({"flags": ("glossary",), "translations": {"ko": Translation("2", "model", ("odd",))}},
         (Reason("", "glossary: word word"), Reason("ko", "odd"))),
    ],
)  # fmt: skip
def test_a_line_is_to_be_checked_for_its_reasons(
    fields: dict[str, Any], reasons: tuple[Reason, ...]
) -> None:
    quality = measured(line(1, 0, 1, **fields))

    assert [found.reasons for found in quality.to_check] == ([reasons] if reasons else [])


def test_a_line_that_a_human_corrected_is_not_doubted_any_more() -> None:
    before = RecordedBefore("ward", "S1")

    quality = measured(line(1, 0, 1, flags=("glossary",), words=sure(0.1), before=before))

    assert quality.to_check == ()


def test_a_word_of_speech_is_never_too_fast() -> None:
    assert measured(line(1, 0, 0.1, 1), line(2, 1, 1.2, 3)).to_check == ()


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ({"translations": {"ko": Translation("So.", "source", ("empty",))}},
         {"translations": {"ko": Translation("2", "model", ("number: 3",))}}),
        ({"translations": {"ko": Translation("2", "model", ("number: 3",))}},
         {"translations": {"ko": Translation("2", "model", ("term: Gemma",))}}),
        ({"translations": {"ko": Translation("2", "model", ("number: 3", "number: 4"))}},
         {"translations": {"ko": Translation("2", "model", ("number: 3",))}}),
        ({"words": sure(0.1)}, {"words": sure(0.4)}),
        ({"flags": ("glossary",), "speaker_confidence": 0.2}, {"speaker_confidence": 0.2}),
        ({"speaker_confidence": 0.5}, {"flags": ("glossary",)}),
    ],
)  # fmt: skip
def test_the_worst_line_comes_first(worse: dict[str, Any], better: dict[str, Any]) -> None:
    quality = measured(line(1, 0, 1, **better), line(2, 1, 2, **worse))

    assert [found.line for found in quality.to_check] == ["0002", "0001"]


def test_equal_lines_stay_in_time_order_and_the_list_is_bounded() -> None:
    quality = measured(*(line(n, n, n + 1, flags=("glossary",)) for n in range(70)))

    assert [found.line for found in quality.to_check] == [f"{n:04d}" for n in range(MAX_TO_CHECK)]
    assert quality.n_to_check == 70


def test_an_episode_without_a_line_can_be_measured() -> None:
    quality = measure((), (), (), 0.0, {"ko": GOOD})

    assert (quality.lines, quality.speech_share, quality.mean_word_probability) == (0, 0.0, 0.0)
    assert quality.languages["ko"].rungs == {}


@pytest.mark.parametrize(
    ("check", "kind"),
    [("number: 2 billion", "number"), ("empty", "empty"), ("term: a: b", "term")],
)
def test_a_check_has_a_kind(check: str, kind: str) -> None:
    assert check_kind(check) == kind


def test_the_parts_of_a_record_can_be_measured(record: EpisodeRecord) -> None:
    quality = measure(
        record.lines, record.speakers, record.dropped, record.recording.duration, record.titles
    )

    assert quality.to_check == ()
    assert quality.dropped == {"over silence": 1}


def test_quality_reads_back_from_json_as_it_was(record: EpisodeRecord) -> None:
    lines = (replace(record.lines[0], speaker_confidence=1 / 3), *record.lines[1:])
    quality = measure(
        lines, record.speakers, record.dropped, record.recording.duration, record.titles
    )

    adapter = TypeAdapter(Quality)
    written = json.dumps(adapter.dump_python(quality, mode="json"))
    assert adapter.validate_json(written) == quality


@given(
    st.lists(
        st.tuples(
            st.floats(0, 90), st.floats(0.1, 9), st.sampled_from(["S1", "S2"]), st.floats(0, 1)
        )
    )
)
@settings(max_examples=50)
def test_shares_add_up_and_stay_in_bounds(
    said: list[tuple[float, float, str, float]],
) -> None:
    lines = [
        line(n, start, start + length, speaker=speaker, speaker_confidence=confidence)
        for n, (start, length, speaker, confidence) in enumerate(sorted(said))
    ]

    quality = measured(*lines)

    assert sum(s.lines for s in quality.speakers) == quality.lines == len(lines)
    assert sum(s.share for s in quality.speakers) == pytest.approx(1.0 if lines else 0.0, abs=1e-3)
    assert 0 <= quality.speech_share <= 1
    assert 0 <= quality.longest_gap <= 100
    assert all(a.weight >= b.weight for a, b in pairwise(quality.to_check))


def test_the_speed_of_captions_is_told_for_every_file_that_has_some(record: EpisodeRecord) -> None:
    from outputs.formats import render_formats
    from outputs.quality.measures import quality_of
    from outputs.record.file_kinds import kind_of

    captions = quality_of(record).captions

    told = {(file, speed.language) for speed in captions for file in speed.files}
    files = {name for name, _ in render_formats(record) if kind_of(name).role == "captions"}
    assert {file for file, _ in told} == files
    assert {language for file, language in told if file == "en-ja.vtt"} == {"en", "ja"}


def test_captions_that_are_too_fast_to_read_are_counted(record: EpisodeRecord) -> None:
    from outputs.quality.measures import quality_of

    hurried = replace(record.lines[1], end=record.lines[1].start + 0.05, text="hurry " * 7)
    slow, fast = (
        next(s for s in quality_of(replace(record, lines=lines)).captions if s.language == "en")
        for lines in (record.lines, (record.lines[0], hurried))
    )

    assert (slow.cues, slow.over_limit) == (2, 0)
    assert fast.over_limit == 1
    assert fast.worst > fast.limit == 20

"""Corrections find their line again, are laid over it, or are reported; nothing else moves."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.editing.corrected_transcript import (
    apply_to_transcript,
    corrected_title,
    corrected_translations,
    find_speaker,
)
from podcast.editing.correction_matching import match_lines
from podcast.editing.corrections import (
    Correction,
    Corrections,
    UnusedCorrection,
    line_id,
    plain_text,
)
from podcast.errors import BadInputError
from podcast.language import TARGETS, Language
from podcast.timeline import Word
from podcast.transcript import Flag, Line, Made, Transcript, Translation

LAMA = "We use a Lama CPP here."
LLAMA = "We use llama.cpp here."


def line(n: int, text: str, start: float | None = None, speaker: str = "Speaker 1") -> Line:
    at = 10.0 * n if start is None else start
    words = tuple(
        Word(at + 0.1 * i, at + 0.1 * i + 0.1, word, 0.9) for i, word in enumerate(text.split())
    )
    return Line(f"{n:04d}", at, at + 1.0, speaker, 1.0, text, "", (), words)


def transcript(*lines: Line) -> Transcript:
    return Transcript(Language.EN, lines)


def corrected_line() -> Line:
    return replace(line(1, LAMA), text="Old.", flags=(Flag.CORRECTED,))


def fix(n: int, was: str, text: str = "Right.", at: float | None = None) -> Correction:
    return Correction(f"{n:04d}", was, text, at=at)


@pytest.mark.parametrize(
    ("correction", "lines", "found"),
    [
        # The id and the guard agree.
        (fix(1, LAMA), [line(1, LAMA)], 0),
        (fix(2, "Yeah."), [line(1, "Yeah."), line(2, "Yeah.")], 1),
        (fix(1, "That's  “it”."), [line(1, 'That’s "it".')], 0),
        (fix(1, "Cafe\u0301."), [line(1, "Café.")], 0),
        # The line has another id now.
        (fix(1, LAMA), [line(1, "So."), line(2, LAMA)], 1),
        (fix(1, LAMA, at=10.0), [line(1, "So.", 9.0), line(2, LAMA, 10.4)], 1),
        # The time says which of many, also against the id.
        (fix(2, "Yeah.", at=30.0), [line(1, "Yeah."), line(2, "Yeah."), line(3, "Yeah.")], 2),
        (fix(9, "Yeah.", at=19.0), [line(1, "Yeah."), line(2, "Yeah."), line(3, "Yeah.")], 1),
        (fix(2, "Yeah.", at=20.5), [line(1, "Yeah.", 20.0), line(2, "Yeah.", 21.0)], 1),
        # A copy of the recording with other adverts: a sentence is known again, an answer is not.
        (fix(1, LAMA, at=10.0), [line(1, "So."), line(2, LAMA, 95.0)], 1),
        (fix(1, "Yeah.", at=10.0), [line(1, "So."), line(2, "Yeah.", 95.0)], None),
        (fix(1, "Yeah.", at=10.0), [line(1, "Yeah.", 95.0)], None),
        # It cannot be told which.
        (fix(9, "Yeah."), [line(1, "Yeah."), line(2, "Yeah.")], None),
        (fix(9, LAMA, at=500.0), [line(1, LAMA), line(2, LAMA)], None),
        # The line is gone, or is another one.
        (fix(1, LAMA), [line(1, "We use a llama here.")], None),
        (fix(1, LAMA), [], None),
        (fix(1, "Yeah."), [line(1, "yeah.")], None),
        # The recogniser hears it right now.
        (fix(1, LAMA, LLAMA), [line(1, LLAMA)], 0),
        (fix(1, LAMA, LLAMA, at=10.0), [line(1, "So.", 9.0), line(2, LLAMA, 10.1)], 1),
        (fix(1, "Yep.", "Yeah."), [line(1, "So."), line(2, "Yeah.")], None),
        # Names were put right before the guard was written, or only since.
        (fix(1, LLAMA), [replace(line(1, LAMA), text=LLAMA)], 0),
        (fix(1, LAMA), [replace(line(1, LAMA), text=LLAMA)], 0),
        # The line was corrected before, and now the correction is another one.
        (fix(1, LAMA, "New."), [corrected_line()], 0),
        (fix(1, LLAMA, "New.", at=10.0), [corrected_line()],
         0),
        (fix(2, "Old."), [corrected_line()], None),
    ],
)  # fmt: skip
def test_a_correction_finds_its_line_or_none(
    correction: Correction, lines: list[Line], found: int | None
) -> None:
    assert [match.row for match in match_lines([correction], lines)] == [found]


@pytest.mark.parametrize(
    ("corrections", "lines", "found"),
    [
        # The only "Yeah." that is left belongs to the correction that names it.
        ([fix(1, "Yeah."), fix(2, "Yeah.")], [line(1, "So."), line(2, "Yeah.")], (None, 1)),
        # Of two in one breath, each takes the nearer line.
        (
            [fix(1, "Yeah.", at=10.0), fix(2, "Yeah.", at=10.6)],
            [line(1, "So.", 8.0), line(2, "Yeah.", 10.0), line(3, "Yeah.", 10.6)],
            (1, 2),
        ),
        (
            [fix(1, "Yeah.", at=10.0), fix(2, "Yeah.", at=10.6)],
            [line(1, "Yeah.", 10.5)],
            (None, 0),
        ),
        # Two entries for one line: the first one counts.
        ([fix(1, LAMA), fix(7, LAMA, "x")], [line(1, LAMA)], (0, None)),
    ],
)
def test_no_line_is_corrected_twice(
    corrections: list[Correction], lines: list[Line], found: tuple[int | None, ...]
) -> None:
    assert tuple(match.row for match in match_lines(corrections, lines)) == found


def test_the_text_and_the_speaker_of_a_line_are_corrected_and_its_words_stay() -> None:
    before = replace(line(1, LAMA), meant="We use an alpaca.", flags=("overlap",))
    correction = Correction("0001", LAMA, text=LLAMA, speaker="anna  lee")

    applied = apply_to_transcript(
        transcript(before),
        Corrections((correction,)),
        {"Speaker 1": "Speaker 1", "Speaker 2": "Anna Lee"},
    )

    assert applied.transcript.lines == (
        replace(
            before,
            text=LLAMA,
            speaker="Speaker 2",
            meant="",
            flags=(Flag.OVERLAP, Flag.CORRECTED),
        ),
    )
    assert [u.before for u in applied.used] == [before]
    assert applied.unused == ()


def test_a_speaker_by_hand_is_certain() -> None:
    doubtful = replace(line(1, "Yeah."), speaker_confidence=0.4)
    correction = Correction("0001", "Yeah.", speaker="Speaker 2")

    applied = apply_to_transcript(
        transcript(doubtful, line(2, "So.", speaker="Speaker 2")), Corrections((correction,))
    )

    assert applied.transcript.lines[0].speaker_confidence == 1.0
    assert applied.transcript.lines[0].text == "Yeah."


def test_an_unknown_speaker_is_reported_and_the_rest_of_the_correction_used() -> None:
    correction = Correction("0001", LAMA, text=LLAMA, speaker="Bob")

    applied = apply_to_transcript(transcript(line(1, LAMA)), Corrections((correction,)))

    assert applied.transcript.lines[0].text == LLAMA
    assert applied.transcript.lines[0].speaker == "Speaker 1"
    assert [u.says for u in applied.unused] == [
        f"Line 0001 “{LAMA}”: no speaker here has the name or id 'Bob'; choose from Speaker 1."
    ]


def test_a_translation_by_hand_says_nothing_about_the_english() -> None:
    correction = Correction("0001", LAMA, translations=((Language.KO, "라마"),))
    before = transcript(line(1, LAMA))

    assert apply_to_transcript(before, Corrections((correction,))).transcript == before


@pytest.mark.parametrize(
    ("correction", "says"),
    [
        (fix(3, LAMA), "no line reads so any more."),
        (fix(1, LAMA), "no line reads so any more; 0001 now reads “Yeah.”."),
        (
            fix(3, "Yeah."),
            "it cannot be told which line is meant; so reads 0001, 0002: give its id as `line`.",
        ),
    ],
)
def test_an_unused_correction_says_why(correction: Correction, says: str) -> None:
    applied = apply_to_transcript(
        transcript(line(1, "Yeah."), line(2, "Yeah.")), Corrections((correction,))
    )

    assert [u.says for u in applied.unused] == [
        f"Line {correction.line} “{correction.was}”: {says}"
    ]


def test_rows_with_a_translation_by_hand_take_it_also_where_the_english_is_corrected() -> None:
    corrections = Corrections(
        (
            Correction("0001", LAMA, text=LLAMA, translations=((Language.KO, "라마를 써요."),)),
            Correction("0002", "Yeah.", translations=((Language.JA, "ええ。"),)),
        )
    )
    applied = apply_to_transcript(transcript(line(1, LAMA), line(2, "Yeah.")), corrections)
    machine = [Translation("가", "model", ("numbers",)), Translation("나", "model")]

    korean = corrected_translations(applied.transcript.lines, machine, Language.KO, applied.used)

    assert korean == (Translation("라마를 써요.", Made.CORRECTED), machine[1])


def test_a_translation_of_english_that_is_no_longer_there_is_not_used() -> None:
    corrections = Corrections(
        (Correction("0001", "A big deal.", translations=((Language.KO, "큰 거래"),)),)
    )
    applied = apply_to_transcript(transcript(line(1, "No big deal.")), corrections)
    machine = (Translation("별일 아니에요.", "model"),)

    korean = corrected_translations(applied.transcript.lines, machine, Language.KO, applied.used)

    assert korean == machine
    assert len(applied.unused) == 1


def test_a_title_by_hand_takes_the_place_of_another() -> None:
    corrections = Corrections(titles=((Language.KO, "작은 모델"),))
    machine = Translation("모델", "model")

    assert corrected_title(machine, Language.KO, corrections) == Translation(
        "작은 모델", Made.CORRECTED
    )
    assert corrected_title(machine, Language.JA, corrections) == machine


NAMES = {"A": "Anna Lee", "B": "B", "C": "Bo", "D": "bo", "E": "A"}


@pytest.mark.parametrize(
    ("wanted", "id_"), [("A", "A"), ("Anna Lee", "A"), ("anna lee", "A"), ("B", "B"), ("C", "C")]
)
def test_a_speaker_is_found_by_id_and_by_name(wanted: str, id_: str) -> None:
    assert find_speaker(wanted, NAMES) == id_


@pytest.mark.parametrize(
    ("wanted", "says"), [("Bo", "C and D are both"), ("Al", "no speaker here")]
)
def test_a_speaker_who_is_nobody_or_two_is_refused(wanted: str, says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        find_speaker(wanted, NAMES)


@pytest.mark.parametrize(
    ("text", "id_"), [("12", "0012"), (" 0012 ", "0012"), ("12345", "12345"), ("12a", "12a")]
)
def test_an_id_is_written_in_full(text: str, id_: str) -> None:
    assert line_id(text) == id_


@pytest.mark.parametrize("text", ["", " \n", "a\x00b", "a\x1bb", "a\ud800"])
def test_a_text_that_no_page_can_hold_is_refused(text: str) -> None:
    with pytest.raises(BadInputError):
        plain_text(text)


TEXTS = st.sampled_from(["Yeah.", "So.", LAMA, LLAMA])
LINES = st.lists(
    st.tuples(TEXTS, st.sampled_from(["Speaker 1", "Speaker 2"]), st.floats(0.1, 5.0)), max_size=6
).map(
    lambda rows: tuple(
        line(n, text, round(sum(gap for *_, gap in rows[:n]), 1), speaker)
        for n, (text, speaker, _) in enumerate(rows, 1)
    )
)
CORRECTIONS = st.lists(
    st.builds(
        Correction,
        line=st.integers(1, 7).map(lambda n: f"{n:04d}"),
        was=TEXTS,
        text=st.one_of(st.just(""), TEXTS),
        speaker=st.sampled_from(["", "Speaker 1", "Speaker 2", "Nobody"]),
        translations=st.dictionaries(st.sampled_from(TARGETS), st.just("네")).map(
            lambda found: tuple(found.items())
        ),
        at=st.one_of(st.none(), st.floats(0, 30)),
    ),
    max_size=5,
).map(lambda entries: Corrections(tuple(entries)))
NOBODY_ELSE = {"Speaker 1": "Speaker 1", "Speaker 2": "Speaker 2"}


@settings(max_examples=100)
@given(LINES, CORRECTIONS)
def test_lines_keep_their_number_order_ids_times_and_words(
    lines: tuple[Line, ...], corrections: Corrections
) -> None:
    after = apply_to_transcript(transcript(*lines), corrections, NOBODY_ELSE).transcript.lines

    assert [(x.id, x.start, x.end, x.words) for x in after] == [
        (x.id, x.start, x.end, x.words) for x in lines
    ]
    changed = [(old, new) for old, new in zip(lines, after, strict=True) if old != new]
    assert all(Flag.CORRECTED in new.flags for _, new in changed)


@settings(max_examples=100)
@given(LINES, CORRECTIONS)
def test_corrected_twice_is_corrected_once(
    lines: tuple[Line, ...], corrections: Corrections
) -> None:
    once = apply_to_transcript(transcript(*lines), corrections, NOBODY_ELSE)

    twice = apply_to_transcript(once.transcript, corrections, NOBODY_ELSE)

    assert twice.transcript == once.transcript
    assert [u.correction for u in twice.used] == [u.correction for u in once.used]
    assert [u.correction for u in twice.unused] == [u.correction for u in once.unused]


@settings(max_examples=100)
@given(LINES, CORRECTIONS)
def test_every_part_of_every_correction_is_used_or_reported(
    lines: tuple[Line, ...], corrections: Corrections
) -> None:
    applied = apply_to_transcript(transcript(*lines), corrections, NOBODY_ELSE)

    reported = [*(u.correction for u in applied.used), *(u.correction for u in applied.unused)]
    parts = [part for c in reported for part in _parts(c)]
    assert sorted(parts) == sorted(part for c in corrections.entries for part in _parts(c))
    assert len({u.before.id for u in applied.used}) == len(applied.used)


def _parts(correction: Correction) -> list[tuple[str, ...]]:
    key = (correction.line, correction.was, str(correction.at))
    parts = [("text", correction.text), ("speaker", correction.speaker)]
    return [(*key, *part) for part in (*parts, *correction.translations) if part[1]]


def test_what_is_unused_is_told_in_one_sentence() -> None:
    unused = UnusedCorrection(fix(7, "Exactly."), "no line reads so any more")

    assert unused.says == "Line 0007 “Exactly.”: no line reads so any more."

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outputs.bundle import render_bundle
from outputs.captions.cue_limits import STANDARD, WIDTHS, CueOptions, width_of
from outputs.captions.cues import cues_in, pair_cues_in
from outputs.captions.line_cues import Cue, PairCue, line_cues, line_pair_cues
from outputs.record.record_types import EpisodeRecord, RecordedLine
from podcast.errors import BadInputError
from podcast.language import Language
from podcast.timeline import Word
from podcast.transcript import Translation

LONG = (
    "Well, I think that the model we released yesterday has 2 billion parameters, "
    "and it runs on an old phone without any cloud at all, which is amazing."
)
LONG_JA = (
    "ええと、昨日公開したモデルは 20 億個のパラメータがあり、クラウドなしで古いスマホで動きます。"
)
NASTY = "AT&T <b> --> 5 > 3 {\\an8} | \u200f😀"


def line(
    text: str, start: float = 10.0, end: float = 20.0, ja: str = "はい。", **changes: str
) -> RecordedLine:
    """Make a line whose words are said one after another, as long as the others are."""
    words = text.split()
    step = (end - start) / len(words)
    return RecordedLine(
        id=changes.get("line", "0001"),
        start=start,
        end=end,
        speaker=changes.get("speaker", "Speaker 1"),
        speaker_confidence=1.0,
        text=text,
        meant="",
        flags=(),
        words=tuple(
            Word(start + n * step, start + (n + 1) * step, word, 1.0)
            for n, word in enumerate(words)
        ),
        translations={"ja": Translation(ja, "model"), "ko": Translation(ja, "model")},
    )


def of(record: EpisodeRecord, *lines: RecordedLine) -> EpisodeRecord:
    length = max((line.end for line in lines), default=0.0)
    sound = replace(record.recording, duration=length)
    return replace(record, lines=lines, recording=sound)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def said(cues: tuple[Cue, ...]) -> str:
    return squeezed("".join(row for cue in cues for row in cue.rows))


def test_a_short_line_is_one_cue_with_the_name(record: EpisodeRecord) -> None:
    first = replace(record.speakers[0], name="Anna")
    named = replace(record, speakers=(first, *record.speakers[1:]))

    cue, *_ = cues_in(named, Language.EN)

    assert cue == Cue("0001", 4.12, cue.end, "Anna", ("Yeah.",))
    assert cue.end == pytest.approx(5.0 - STANDARD.gap)


def test_a_translation_shows_when_its_line_is_spoken(record: EpisodeRecord) -> None:
    _, cue = cues_in(record, Language.KO)

    assert cue == Cue("0002", 5.0, 7.48, "화자 2", ("음, AT&T",))


def test_a_cue_starts_with_its_first_word(record: EpisodeRecord) -> None:
    long = line(LONG)

    cues = cues_in(of(record, long), Language.EN)

    starts = {word.start: word.text for word in long.words}
    assert len(cues) > 1
    assert [starts[cue.start] for cue in cues] == [cue.rows[0].split()[0] for cue in cues]


def test_a_corrected_line_is_cut_like_a_translation(record: EpisodeRecord) -> None:
    corrected = replace(line("Yeah."), text=LONG, start=10.0, end=20.0)

    cues = cues_in(of(record, corrected), Language.EN)

    assert said(cues) == squeezed(LONG)


def test_a_line_longer_than_the_maximum_is_cut_again(record: EpisodeRecord) -> None:
    slow = line("So we waited for a long time, and nothing came.", 0.0, 10.0)

    cues = cues_in(of(record, slow), Language.EN)

    assert [cue.rows for cue in cues] == [
        ("So we waited for a long time,",),
        ("and nothing came.",),
    ]
    assert all(cue.end - cue.start <= STANDARD.max_duration for cue in cues)


def test_a_line_breaks_where_the_speaker_pauses(record: EpisodeRecord) -> None:
    text = "one two three four five six seven eight nine ten eleven twelve thirteen one two three"
    spoken = line(text, 0.0, 6.0)
    words = tuple(
        replace(word, start=word.start + 2 * (n > 6), end=word.end + 2 * (n > 6))
        for n, word in enumerate(spoken.words)
    )

    first, *_ = cues_in(of(record, replace(spoken, end=8.0, words=words)), Language.EN)

    assert " ".join(first.rows) == "one two three four five six seven"


def test_one_endless_word_shows_for_the_maximum_only(record: EpisodeRecord) -> None:
    (cue,) = cues_in(of(record, line("Hmmm.", 0.0, 30.0)), Language.EN)

    assert (cue.start, cue.end) == (0.0, 7.0)


def test_a_word_longer_than_the_cue_is_cut_with_its_time(record: EpisodeRecord) -> None:
    cues = cues_in(of(record, line("x" * 100, 0.0, 5.0)), Language.EN)

    assert [cue.rows for cue in cues] == [("x" * 42,), ("x" * 42, "x" * 16)]
    assert [cue.end for cue in cues] == pytest.approx([2.015, 5.0])


def test_overlapping_lines_are_put_into_the_order_of_their_starts(record: EpisodeRecord) -> None:
    long = line(LONG, 0.0, 10.0)
    reply = line("Yeah.", 1.0, 1.5, line="0002", speaker="Speaker 2")

    cues = cues_in(of(record, long, reply), Language.EN)

    assert [cue.line for cue in cues] == ["0001", "0002", "0001", "0001"]


def test_the_width_of_a_row_can_be_chosen(record: EpisodeRecord) -> None:
    options = CueOptions(widths=WIDTHS | {Language.EN: 32.0})

    cues = cues_in(of(record, line(LONG)), Language.EN, options)

    assert max(len(row) for cue in cues for row in cue.rows) <= 32


LABELLED = replace(STANDARD, labelled=frozenset(Language))


def test_a_name_takes_part_of_the_first_row(record: EpisodeRecord) -> None:
    first = replace(record.speakers[0], name="Ann Featherstone")
    named = replace(record, speakers=(first, *record.speakers[1:]))

    cues = cues_in(of(named, line(LONG)), Language.EN, LABELLED)

    assert cues[0].label == "Ann Featherstone: "
    assert cues[0].rows[0].startswith("Ann Featherstone: Well,")
    assert {cue.label for cue in cues[1:]} == {""}
    assert said(cues) == squeezed(cues[0].label + LONG)
    assert max(len(row) for cue in cues for row in cue.rows) <= WIDTHS[Language.EN]


def test_a_name_as_wide_as_a_row_has_a_row_of_its_own(record: EpisodeRecord) -> None:
    named = replace(record, speakers=(replace(record.speakers[0], name="A" * 80),))

    (cue,) = cues_in(of(named, line("Yes.")), Language.EN, LABELLED)

    assert cue.rows == ("A" * 39 + "…:", "Yes.")


def test_everybody_is_named_where_two_speak_at_once(record: EpisodeRecord) -> None:
    long = line(LONG, 0.0, 10.0)
    reply = line("Yeah.", 1.0, 1.5, line="0002", speaker="Speaker 2")

    cues = cues_in(of(record, long, reply), Language.EN, LABELLED)

    assert [cue.label for cue in cues] == [
        "Speaker 1: ", "Speaker 2: ", "Speaker 1: ", "Speaker 1: ",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "label"),
    [(Language.EN, "Speaker 1: "), (Language.KO, "화자 1: "), (Language.JA, "話者 1: ")],
)
def test_an_unknown_speaker_is_called_so_in_the_language_of_the_reader(
    record: EpisodeRecord, language: Language, label: str
) -> None:
    cue, *_ = cues_in(record, language, LABELLED)

    assert cue.label == label
    assert cue.rows[0].startswith(label)


def test_a_language_that_the_record_lacks_is_an_error(record: EpisodeRecord) -> None:
    with pytest.raises(BadInputError, match="holds no Chinese"):
        cues_in(record, Language.ZH)
    with pytest.raises(BadInputError, match="holds no Chinese"):
        pair_cues_in(record, Language.ZH)


def shown_once(cards: Iterable[tuple[str, ...]]) -> str:
    """Join what cards show of one text; what stays on the screen is one showing."""
    return squeezed("".join(row for rows, _ in groupby(cards) for row in rows))


@pytest.mark.parametrize("text", [LONG, LONG[:76]])
def test_both_languages_are_shown_whole(record: EpisodeRecord, text: str) -> None:
    cues = pair_cues_in(of(record, line(text, ja=LONG_JA)), Language.JA)

    assert len(cues) >= 2
    assert shown_once(cue.source for cue in cues) == squeezed(text)
    assert shown_once(cue.target for cue in cues) == squeezed(LONG_JA)
    assert all(1 <= len(rows) <= 2 for cue in cues for rows in (cue.source, cue.target))


def test_english_is_not_cut_because_its_translation_is(record: EpisodeRecord) -> None:
    text = "Well, I think that the model we released yesterday has 2 billion parameters."

    cues = pair_cues_in(of(record, line(text, 0.0, 5.0, LONG_JA)), Language.JA)

    assert {" ".join(cue.source) for cue in cues} == {text}
    assert len({cue.target for cue in cues}) == len(cues) > 1


@pytest.mark.parametrize(("text", "ja"), [(LONG, "はい"), ("Yes.", LONG_JA)])
def test_a_text_that_cannot_be_cut_stays_on_the_screen(
    record: EpisodeRecord, text: str, ja: str
) -> None:
    cues = pair_cues_in(of(record, line(text, ja=ja)), Language.JA)

    short = {cue.target for cue in cues} if ja == "はい" else {cue.source for cue in cues}
    assert len(cues) > 1
    assert short == ({("はい",)} if ja == "はい" else {("Yes.",)})


def test_an_episode_without_lines_has_no_cues(record: EpisodeRecord) -> None:
    assert cues_in(of(record), Language.JA) == ()
    assert pair_cues_in(of(record), Language.JA) == ()


SPOKEN = st.lists(
    st.sampled_from([*LONG.split(), *NASTY.split(), "x" * 50, "Yeah."]), min_size=1, max_size=60
).map(" ".join)
WRITTEN = st.text(LONG_JA + NASTY, min_size=1, max_size=150).map(lambda text: f"あ{text}".strip())
LINES = st.lists(
    st.tuples(
        SPOKEN, WRITTEN, st.floats(-2.0, 4.0), st.floats(0.05, 25.0), st.booleans()
    ),  # text, translation, pause before, duration, is corrected
    max_size=8,
)


def episode(
    record: EpisodeRecord, drawn: list[tuple[str, str, float, float, bool]], least_pause: float
) -> EpisodeRecord:
    lines: list[RecordedLine] = []
    end = 10_000.0
    for n, (text, ja, pause, duration, is_corrected) in enumerate(drawn):
        start = end + max(least_pause, pause)
        end = start + duration
        made = line(text, start, end, ja, line=f"{n:04d}", speaker=f"Speaker {n % 2 + 1}")
        lines.append(replace(made, text=f"{text} Indeed.") if is_corrected else made)
    return of(record, *lines)


@given(LINES)
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_cues_hold_the_text_within_the_width(
    record: EpisodeRecord, drawn: list[tuple[str, str, float, float, bool]]
) -> None:
    made = episode(record, drawn, 0.0)
    for language in (Language.EN, Language.JA):
        found = cues_in(made, language)
        by_line = {key: said(tuple(cues)) for key, cues in groupby(found, key=lambda cue: cue.line)}

        texts = {
            line.id: line.text if language is Language.EN else line.translations["ja"].text
            for line in made.lines
        }
        assert by_line == {key: squeezed(text) for key, text in texts.items()}
        assert all(width_of(row, language) <= WIDTHS[language] for cue in found for row in cue.rows)
        assert cues_in(made, language) == found


@given(LINES)
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_cues_follow_each_other_without_overlap(
    record: EpisodeRecord, drawn: list[tuple[str, str, float, float, bool]]
) -> None:
    made = episode(record, drawn, 0.0)
    found: list[Sequence[Cue | PairCue]] = [
        cues_in(made, Language.EN),
        cues_in(made, Language.JA),
        pair_cues_in(made, Language.JA),
    ]

    for cues in found:
        assert all(0 < cue.end - cue.start <= STANDARD.max_duration + 1e-9 for cue in cues)
        assert all(before.end <= after.start for before, after in pairwise(cues))
        assert [cue.line for cue in cues] == sorted(cue.line for cue in cues)


@given(LINES)
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_starts_never_fall_where_lines_overlap(
    record: EpisodeRecord, drawn: list[tuple[str, str, float, float, bool]]
) -> None:
    made = episode(record, drawn, -2.0)

    for cues in (cues_in(made, Language.EN), cues_in(made, Language.KO)):
        assert all(before.start <= after.start for before, after in pairwise(cues))


@given(LINES)
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_card_has_one_or_two_rows_of_both_languages(
    record: EpisodeRecord, drawn: list[tuple[str, str, float, float, bool]]
) -> None:
    for cue in pair_cues_in(episode(record, drawn, 0.0), Language.JA):
        for language, rows in ((Language.EN, cue.source), (Language.JA, cue.target)):
            assert 1 <= len(rows) <= 2
            assert all(row and width_of(row, language) <= WIDTHS[language] for row in rows)


@pytest.mark.slow
def test_two_hours_of_long_lines_take_seconds(record: EpisodeRecord) -> None:
    lines = (line(LONG, n * 8.0, n * 8.0 + 7, LONG_JA, line=f"{n:05d}") for n in range(1_000))
    made = of(record, *lines)

    began = process_time()
    cues = pair_cues_in(made, Language.JA)

    assert process_time() - began < 10
    assert len(cues) >= 2_000


def test_files_that_show_the_same_cues_share_them(record: EpisodeRecord) -> None:
    line_cues.cache_clear()
    line_pair_cues.cache_clear()

    render_bundle(record)

    # Three languages, and once more with the names and the narrow rows of SubRip.
    assert line_cues.cache_info().misses == 6 * len(record.lines)
    assert line_pair_cues.cache_info().misses == 4 * len(record.lines)

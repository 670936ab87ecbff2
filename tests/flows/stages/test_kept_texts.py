"""Which texts of a new record a published one holds already."""

from dataclasses import replace

from flows.stages.kept_texts import kept_translations
from outputs.record.record_types import EpisodeRecord
from podcast.editing.corrections import Correction, Corrections
from podcast.language import Language
from podcast.transcript import Translation


def kept(
    record: EpisodeRecord,
    before: EpisodeRecord,
    corrections: Corrections = Corrections(),  # noqa: B008  it is frozen
) -> list[str | None]:
    found = kept_translations(record, before, Language.KO, corrections)
    return [translation.text if translation else None for translation in found]


def with_lines(record: EpisodeRecord, *texts: str) -> EpisodeRecord:
    """Return a record with lines of these texts and translations that tell their rows."""
    (line,) = record.lines
    lines = (
        replace(
            line,
            id=f"{row:04}",
            text=text,
            translations={"ko": Translation(f"{row} {text}", "model")},
        )
        for row, text in enumerate(texts, start=1)
    )
    return replace(record, lines=tuple(lines))


def test_lines_that_read_the_same_keep_each_its_own_translation(record: EpisodeRecord) -> None:
    before = with_lines(record, "Yeah.", "So what?", "Yeah.")

    assert kept(before, before) == ["제목", "1 Yeah.", "2 So what?", "3 Yeah."]


def test_a_line_that_has_moved_keeps_its_translation(record: EpisodeRecord) -> None:
    before = with_lines(record, "So what?", "Why not?")

    assert kept(with_lines(record, "Well.", "So what?"), before) == ["제목", None, "1 So what?"]


def test_what_was_meant_counts_where_it_is_not_what_stands_on_the_page(
    record: EpisodeRecord,
) -> None:
    before = with_lines(record, "A llama.")
    meant = replace(before.lines[0], meant="Ollama.")
    now = replace(before, lines=(meant,))

    assert kept(now, before) == ["제목", None]
    assert kept(now, now) == ["제목", "1 A llama."]
    assert kept(before, now) == ["제목", None]


def test_another_title_is_translated_anew_unless_it_was_given(record: EpisodeRecord) -> None:
    now = replace(record, title="Another")
    given = replace(record, titles={"ko": Translation("손 제목", "given")})

    assert kept(now, record)[0] is None
    assert kept(now, given)[0] == "손 제목"


def test_a_corrected_title_goes_before_the_one_that_was_there(record: EpisodeRecord) -> None:
    corrected = Corrections(titles=((Language.KO, "고친 제목"),))

    assert kept(record, record, corrected)[0] == "고친 제목"


def test_a_correction_counts_and_one_that_was_taken_back_does_not(record: EpisodeRecord) -> None:
    (line,) = record.lines
    by_hand = replace(line, translations={"ko": Translation("어이, 안녕.", "corrected")})
    before = replace(record, lines=(by_hand,), titles={"ko": Translation("고친 제목", "corrected")})
    entry = Correction(line.id, line.text, translations=((Language.KO, "여보세요."),))

    assert kept(record, before) == [None, None]
    assert kept(record, before, Corrections((entry,)))[1] == "여보세요."

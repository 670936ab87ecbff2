"""An episode can be read in the language spoken and in every translation."""

import pytest

from outputs.record.record_lines import SaidLine, said_in, title_in
from outputs.record.record_types import EpisodeRecord
from podcast.errors import BadInputError
from podcast.language import Language


@pytest.mark.parametrize(
    ("language", "title", "texts"),
    [
        (Language.EN, "A title", ["Yeah.", "Well, AT&T"]),
        (Language.KO, "제목", ["네.", "음, AT&T"]),
        (Language.JA, "題名", ["ええ。", "ええと、AT&T"]),
    ],
)
def test_a_record_holds_its_source_and_its_translations(
    record: EpisodeRecord, language: Language, title: str, texts: list[str]
) -> None:
    assert title_in(record, language) == title
    assert [line.text for line in said_in(record, language)] == texts


def test_a_line_has_its_times_and_its_speakers_name(record: EpisodeRecord) -> None:
    assert said_in(record, Language.KO)[0] == SaidLine(4.12, 4.4, "화자 1", "네.")


def test_a_language_that_is_not_there_is_refused(record: EpisodeRecord) -> None:
    with pytest.raises(BadInputError, match="holds no Chinese"):
        said_in(record, Language.ZH)

"""A reference in another language than it is read as is noticed by its letters."""

import pytest

from outputs.record.record_types import EpisodeRecord
from outputs.scoring.reference_doubts import doubts_about_reference
from outputs.scoring.references import Reference, ReferenceFormat
from podcast.language import TARGETS, Language

WRITTEN = {
    Language.KO: ("네, 모델은 작아요.", "大韓民國(대한민국)은 정말 좋은 나라예요."),
    Language.ZH: ("模型很小。", "我们用 Gemma。"),
    Language.JA: ("モデルは小さいです。", "東京大学入学試験問題集を買いました。"),
}
NOTHING = ("", "OK.", "AT&T 3.5")


@pytest.mark.parametrize("believed", TARGETS)
@pytest.mark.parametrize(
    ("written", "text"),
    [(language, text) for language, texts in WRITTEN.items() for text in texts],
)
def test_only_another_language_is_doubted(
    record: EpisodeRecord, believed: Language, written: Language, text: str
) -> None:
    doubts = _doubts(record, text, believed)

    looks = f"looks like {written.label}"
    assert [looks in doubt for doubt in doubts] == [True] * (written is not believed)


@pytest.mark.parametrize("believed", TARGETS)
@pytest.mark.parametrize("text", NOTHING)
def test_what_has_no_letters_of_a_target_raises_no_doubt(
    record: EpisodeRecord, believed: Language, text: str
) -> None:
    assert _doubts(record, text, believed) == []


def _doubts(record: EpisodeRecord, text: str, believed: Language) -> list[str]:
    reference = Reference("page.txt", ReferenceFormat.TXT, translations=(text,), language=believed)
    return list(doubts_about_reference(record, reference, ()))

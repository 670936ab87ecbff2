"""The verdicts on stored translations are well formed, so that a share of them is a share."""

import pytest

from bench.checks.labels import Kind, Label, parse_label, read_labels
from podcast.language import Language

TARGETS = (Language.KO, Language.ZH, Language.JA)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("rows", ["argos", "left-english"])
def test_each_row_of_a_known_set_has_one_verdict(rows: str, target: Language) -> None:
    found = read_labels(rows, target)

    lines = {(label.name, label.line) for label in found}
    assert len(lines) == len(found)
    assert {label.name for label in found} == {"talk", "news"}


@pytest.mark.parametrize("target", TARGETS)
def test_the_labelled_answers_are_every_third_row_of_talk_and_every_thirteenth_of_news(
    target: Language,
) -> None:
    found = read_labels("argos", target)

    talk, news = (
        [label.line for label in found if label.name == name] for name in ("talk", "news")
    )
    assert talk == list(range(1, talk[-1] + 1, 3))
    assert news == list(range(1, news[-1] + 1, 13))
    assert len(found) >= 300


@pytest.mark.parametrize("row", ["talk\t1\twrong", "talk\t1\tok\tlost", "talk\t1\tright"])
def test_a_verdict_and_its_kinds_agree(row: str) -> None:
    with pytest.raises(ValueError, match="neither"):
        parse_label(row)


def test_a_row_may_be_wrong_in_several_ways() -> None:
    label = parse_label("talk\t4\twrong\tlost,meaning")

    assert label == Label("talk", 4, frozenset({Kind.LOST, Kind.MEANING}))

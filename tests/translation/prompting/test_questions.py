from translation.conversation import SourceRow
from translation.prompting.questions import LABELS, labelled

ROWS = [SourceRow(text) for text in ("Yeah.", "Yeah.", "I left.", "When?")]


def test_rows_are_numbered_from_where_they_stand() -> None:
    assert [row.number for row in labelled(ROWS, 17)] == [17, 18, 19, 20]


def test_no_two_rows_of_a_passage_share_a_label() -> None:
    many = [SourceRow("Yeah.")] * len(LABELS)

    assert len({row.label for row in labelled(many, 1)}) == len(LABELS)


def test_labels_are_the_same_whenever_the_rows_are() -> None:
    assert labelled(ROWS, 1) == labelled(ROWS, 1)
    assert labelled(ROWS, 1)[0].label != labelled(ROWS, 2)[0].label

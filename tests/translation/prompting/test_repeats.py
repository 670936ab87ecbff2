import pytest

from translation.prompting.repeats import repeated, runs_on


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("We left.", "정말 좋네요."), ("Who sings so late?", "정말 좋네요.")], {"정말 좋네요."}),
        ([("Thank you so much.", "감사합니다."), ("Thanks so much.", "감사합니다.")], set()),
        ([("Great.", "네."), ("Who did?", "네.")], set()),
        ([("We left.", "저흰 떠났어요."), ("We left.", "저흰 떠났어요.")], set()),
        ([("We left.", "저흰 떠났어요."), ("Who sings?", "누가 노래해요?")], set()),
        ([("We left.", ""), ("Who sings so late?", "")], set()),
    ],
)
def test_a_text_beside_rows_that_say_different_things_is_a_sentence_of_the_model(
    rows: list[tuple[str, str]], found: set[str]
) -> None:
    assert repeated(rows) == found


@pytest.mark.parametrize(
    ("rows", "texts", "is_late"),
    [
        (("We left.", "It rained a lot."), ("떠났어요. 비가 많이", "비가 많이 왔어요."), True),
        (("We left.", "It rained a lot."), ("떠났어요.", "비가 많이 왔어요."), False),
        (
            ("I met Brown.", "Brown left."),
            ("제가 만난 제임스 브라운", "제임스 브라운은 떠났죠."),
            False,
        ),
        (("Yes.", "Yes, it did."), ("네.", "네, 그랬어요."), False),
    ],
)
def test_a_row_that_ends_with_the_next_ones_beginning_was_cut_too_late(
    rows: tuple[str, ...], texts: tuple[str, ...], is_late: bool
) -> None:
    assert runs_on(texts, rows) == is_late

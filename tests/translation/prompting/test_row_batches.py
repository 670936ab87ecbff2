from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from translation.conversation import SourceRow
from translation.prompting.row_batches import BatchLimits, cut_batches


def lengths(rows: Sequence[SourceRow], n_rows: int, letters: int = 10_000) -> list[int]:
    return [len(batch) for batch in cut_batches(rows, BatchLimits(n_rows, letters))]


def test_a_batch_ends_where_the_conversation_pauses() -> None:
    rows = [SourceRow("Yes.", pause=2.0 if n == 5 else 0.1) for n in range(12)]

    assert lengths(rows, 8) == [5, 7]


def test_a_batch_ends_where_the_speaker_changes() -> None:
    rows = [SourceRow("Yes.", "Ann" if n < 6 else "Bo") for n in range(12)]

    assert lengths(rows, 8) == [6, 6]


def test_a_pause_early_in_a_batch_makes_no_short_one() -> None:
    rows = [SourceRow("Yes.", pause=9.0 if n == 1 else 0.0) for n in range(10)]

    assert lengths(rows, 10) == [10]
    assert lengths(rows, 8) == [8, 2]


def test_a_row_that_is_too_long_goes_alone() -> None:
    rows = [SourceRow("a" * n) for n in (10, 900, 10)]

    assert lengths(rows, 8, letters=100) == [1, 1, 1]


@given(
    st.lists(st.tuples(st.text(max_size=40), st.sampled_from("ab"), st.floats(0, 5))),
    st.integers(1, 9),
    st.integers(1, 90),
)
def test_every_row_is_in_one_batch_and_no_batch_is_too_large(
    told: list[tuple[str, str, float]], n_rows: int, letters: int
) -> None:
    rows = [SourceRow(*row) for row in told]
    batches = list(cut_batches(rows, BatchLimits(n_rows, letters)))

    assert [n for batch in batches for n in batch] == list(range(len(rows)))
    assert all(1 <= len(batch) <= n_rows for batch in batches)
    assert all(len(b) == 1 or sum(len(rows[n].text) for n in b) <= letters for b in batches)

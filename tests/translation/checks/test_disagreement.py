"""Rows in which two engines differ come before those in which they agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.checks.disagreement import disagreement


def test_the_more_two_translations_differ_the_more_it_is() -> None:
    others = ["그는 집에 갔어요.", "그는 집에 갔습니다.", "사과가 빨개요."]

    same, near, far = (disagreement("그는 집에 갔어요.", other) for other in others)

    assert same == 0 < near < far <= 1


@given(st.text(max_size=20), st.text(max_size=20))
def test_it_does_not_matter_which_engine_comes_first(one: str, other: str) -> None:
    assert disagreement(one, other) == pytest.approx(disagreement(other, one))

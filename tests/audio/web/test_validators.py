"""What a server says of a file is compared with what it said before."""

import pytest

from audio.web.validators import Validators

BOTH = Validators('"1"', "Mon")


@pytest.mark.parametrize(
    ("answer", "agrees"),
    [
        (Validators(), True),
        (Validators('"1"'), True),
        (Validators("", "Mon"), True),
        (Validators('"1"', "Tue"), False),
        (Validators('"2"', "Mon"), False),
    ],
)
def test_an_answer_that_names_something_else_is_of_something_else(
    answer: Validators, agrees: bool
) -> None:
    assert BOTH.agrees(answer) is agrees


def test_what_could_not_be_sent_back_is_not_kept() -> None:
    assert not Validators.of({"etag": '"é"', "last-modified": ""})

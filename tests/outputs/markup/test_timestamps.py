"""Times read as players show them."""

import pytest

from outputs.markup.timestamps import clock


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (59.99, "0:59"), (60, "1:00"), (3599, "59:59"), (3723.4, "1:02:03")],
)
def test_times_read_as_in_a_player(seconds: float, text: str) -> None:
    assert clock(seconds) == text

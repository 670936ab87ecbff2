from collections.abc import Callable

import pytest

from podcast.language import Language
from translation.conversation import SourceRow, Style
from translation.prompting.prompt_profiles import PromptProfile, parse_profile
from translation.prompting.questions import Question, labelled

ROWS = """
version = 3
models = ["*"]
answer = "rows"
rows = 4
before = 2
after = 1
mends = true
[texts]
system = "Into $language."
user = "$terms$registers$before$after$speakers$rows ($numbers)"
terms = "Terms: $terms\\n"
registers = "How: $registers\\n"
before = "Before: $before\\n"
after = "After: $after"
speakers = "Who: $speakers"
"""

ALONE = """
alone = "Plainly, $terms$registers$rows"
"""


@pytest.fixture
def profile() -> PromptProfile:
    """A profile of four rows a question, two lines before and one after."""
    return parse_profile(ROWS, "test.toml")


@pytest.fixture
def plain_profile() -> PromptProfile:
    """The same, with a last question in plain words."""
    return parse_profile(ROWS + ALONE, "test.toml")


@pytest.fixture
def question() -> Callable[..., Question]:
    """Return a function that makes a question of texts, the first of which is number 7."""

    def make(*texts: str, before: tuple[tuple[str, str], ...] = ()) -> Question:
        lines = tuple((SourceRow(english), text) for english, text in before)
        rows = labelled([SourceRow(text, "Ann") for text in texts], 7)
        return Question(rows, lines, (), Language.KO, Style())

    return make

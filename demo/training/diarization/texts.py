"""Choose what the speakers say: sentences of the grammar that the demo episode does not contain."""

import re

from demo.training import grammar
from demo.training.script import episode_texts, is_answer

_SEED = 53


def sentences(count: int) -> list[str]:
    """Draw sentences of more than two words, none of them said in the episode."""
    episode = {_words(text) for text in episode_texts()}
    drawn = [sentence.en for sentence in grammar.corpus(count, _SEED)]
    # Compared by their words alone: a missing full stop makes no other sentence.
    return [text for text in drawn if not is_answer(text) and _words(text) not in episode]


def answers() -> list[str]:
    """Return the answers of one or two words, which every conversation contains."""
    return [sentence.en for sentence in grammar.short_answers() if is_answer(sentence.en)]


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[\w.']*\w", text.lower()))

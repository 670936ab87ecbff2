"""Choose what the speakers say: sentences of the grammar that the demo episode does not contain."""

import re
import tomllib
from pathlib import Path

from demo.training import grammar

SCRIPT = Path(__file__).parents[2] / "episode" / "script.toml"

_SEED = 53
_LONGEST_ANSWER = 2


def sentences(count: int) -> list[str]:
    """Draw sentences of more than two words, none of them said in the episode."""
    episode = {_words(text) for text in episode_texts()}
    drawn = [sentence.en for sentence in grammar.corpus(count, _SEED)]
    # Compared by their words alone: a missing full stop makes no other sentence.
    return [text for text in drawn if not _is_answer(text) and _words(text) not in episode]


def answers() -> list[str]:
    """Return the answers of one or two words, which every conversation contains."""
    return [sentence.en for sentence in grammar.short_answers() if _is_answer(sentence.en)]


def episode_texts() -> list[str]:
    """Return what is said in the demo episode, line by line."""
    script = tomllib.loads(SCRIPT.read_text(encoding="utf-8"))
    return [str(line["text"]) for line in script["line"]]


def _is_answer(text: str) -> bool:
    return len(text.split()) <= _LONGEST_ANSWER


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[\w.']*\w", text.lower()))

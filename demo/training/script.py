"""What is said in the demo episode, for all those who must not learn it."""

import tomllib
from pathlib import Path

from demo.training import grammar

SCRIPT = Path(__file__).parents[1] / "episode" / "script.toml"


def episode_texts() -> tuple[str, ...]:
    """Return what is said in the demo episode, a text for each line."""
    script = tomllib.loads(SCRIPT.read_text(encoding="utf-8"))
    return tuple(str(line["text"]) for line in script["line"])


def is_answer(text: str) -> bool:
    """Say whether a text is so short that every conversation contains it."""
    return len(text.split()) <= grammar.MAX_ANSWER_WORDS

"""Tell the recogniser which names and terms to expect. Pure."""

import logging
from collections.abc import Sequence

MAX_HOTWORDS = 24
MAX_HOTWORD_LETTERS = 240
"""Of all hotwords together, some 80 tokens: they take their room from the 448 tokens that a window
has for them and its text, and a long list is more often repeated than obeyed."""

_log = logging.getLogger(__name__)


def hotword_prompt(hotwords: Sequence[str]) -> str | None:
    """Return hotwords as the text that Whisper is told went before; None where there are none.

    Written as a sentence, because Whisper goes on in the style of that text. What does not fit
    into `MAX_HOTWORDS` and `MAX_HOTWORD_LETTERS` is left out.
    """
    chosen: list[str] = []
    for word in dict.fromkeys(text for hotword in hotwords if (text := " ".join(hotword.split()))):
        if len(chosen) == MAX_HOTWORDS or len(", ".join([*chosen, word])) > MAX_HOTWORD_LETTERS:
            _log.warning("Only the first %d of %d hotwords are used.", len(chosen), len(hotwords))
            break
        chosen.append(word)
    return f"{', '.join(chosen)}." if chosen else None

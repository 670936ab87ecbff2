"""Make up what the decoder is told went before a window: hotwords, or earlier lines.

In use it is told so by `speech.transcription.hotwords`. A decoder that has never seen such text
takes it for its own and goes on from there. Here it sees words that are said, words that are not
and words that do not exist, so that it learns to listen all the same.
"""

import string
from collections.abc import Sequence

import numpy as np
from tokenizers import Tokenizer

from demo.training import tokens
from demo.training.whisper.clips import Clip
from speech.transcription.hotwords import MAX_HOTWORDS, hotword_prompt

_NOTHING_SHARE = 0.4
_LINES_SHARE = 0.25
_MOST_LINES = 3
_SAID_SHARE = 0.5
_MOST_SAID = 3
_INVENTED_SHARE = 0.15
_INVENTED_LETTERS = (3, 9)
_SHORT_LIST_SHARE = 0.6
_SHORT_LIST = 8


class ContextMaker:
    """Makes up contexts; the same generator state always makes the same one."""

    def __init__(self, clips: Sequence[Clip], tokenizer: Tokenizer) -> None:
        self._lines = [" ".join(clip.words) for clip in clips]
        self._words = sorted({tokens.bare_word(word) for clip in clips for word in clip.words})
        self._tokenizer = tokenizer

    def make(self, rng: np.random.Generator, said: Sequence[int]) -> tuple[int, ...]:
        """Return token ids of a context; empty where there is none.

        Args:
            rng: Where chance comes from.
            said: Token ids of what is said in the window.
        """
        kind = rng.random()
        if kind < _NOTHING_SHARE:
            return ()
        if kind < _NOTHING_SHARE + _LINES_SHARE:
            picks = rng.integers(len(self._lines), size=rng.integers(1, _MOST_LINES + 1))
            text = " ".join(self._lines[pick] for pick in picks)
        else:
            text = hotword_prompt(self._hotwords(rng, said)) or ""
        return tuple(self._tokenizer.encode(f" {text}").ids)

    def _hotwords(self, rng: np.random.Generator, said: Sequence[int]) -> list[str]:
        most = _SHORT_LIST if rng.random() < _SHORT_LIST_SHARE else MAX_HOTWORDS
        chosen = [self._unsaid(rng) for _ in range(int(rng.integers(1, most + 1)))]
        words = [tokens.bare_word(word) for word in self._tokenizer.decode(list(said)).split()]
        if words and rng.random() < _SAID_SHARE:
            for _ in range(int(rng.integers(1, _MOST_SAID + 1))):
                chosen[int(rng.integers(len(chosen)))] = words[int(rng.integers(len(words)))]
        return chosen

    def _unsaid(self, rng: np.random.Generator) -> str:
        if rng.random() < _INVENTED_SHARE:
            letters = rng.integers(26, size=rng.integers(*_INVENTED_LETTERS))
            return "".join(string.ascii_lowercase[letter] for letter in letters).capitalize()
        return self._words[int(rng.integers(len(self._words)))]

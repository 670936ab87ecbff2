"""Put whole windows in place of those of which the recogniser skipped a copy. Pure.

What it writes of such a window is right, and may stand at times at which something else is said:
"Buy it. Buy it. Buy it. Good night." comes out as "Buy it. Good night.", with the good night over
the second copy. So filling the gap is not enough.
"""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from podcast.intervals import common
from podcast.timeline import Interval, Segment, Span, Word, overlap
from speech.plausibility.speech_activity import window_of
from speech.plausibility.suspect_words import key_of
from speech.redecoding.second_decoding import ENOUGH, ChosenSegments
from speech.redecoding.uncovered_speech import completed, is_in, without_words_in, words_of

REASON = "decoded again with what had been skipped beside it"

SAID_AGAIN = 0.5
"""Share of the pairs of words in a gap that its window has already, where it skipped a copy. Where
a gap holds something else, what stands beside it is where it is said."""


def skipping_windows(
    settled: ChosenSegments, stretches: Sequence[Span], filled: ChosenSegments
) -> tuple[Span, ...]:
    """Return the windows that skipped what they have once already, in time order.

    Args:
        settled: What was said, as far as it was recognised.
        stretches: Where words were missing.
        filled: What was said, with the words that were recognised there.
    """
    windows = (
        window_of(n, settled.segments, settled.speech)
        for n, segment in enumerate(settled.segments)
        if segment.words
    )
    near = (w for w in windows if any(overlap(w, stretch) > 0 for stretch in stretches))
    return tuple(window for window in near if _skips_a_copy(window, settled, filled))


def _skips_a_copy(window: Span, settled: ChosenSegments, filled: ChosenSegments) -> bool:
    """Say whether what was found in the gaps of a window stands in it already."""
    had = _words_in(window, settled)
    found = [word for word in _words_in(window, filled) if word not in had]
    old, new = (list(pairwise(key_of(word.text) for word in words)) for words in (had, found))
    return bool(new) and sum(pair in old for pair in new) >= SAID_AGAIN * len(new)


def renewed(
    settled: ChosenSegments,
    filled: ChosenSegments,
    windows: Sequence[Span],
    spoken: Sequence[Interval],
    found: Iterable[Segment],
) -> ChosenSegments:
    """Return what was said, each window as it was decoded anew where that lacks nothing.

    Args:
        settled: What was said, as far as it was recognised at first.
        filled: What was said, with the words that were recognised where there had been none.
        windows: In which a part was skipped.
        spoken: Where somebody speaks English, in any order.
        found: What was recognised when all of these windows was decoded again, in time order.
    """
    again = ChosenSegments(tuple(found), settled.speech, ())
    better = [window for window in windows if _lacks_nothing(window, settled, filled, again)]
    for window in better:
        filled = without_words_in(window, filled, REASON)
    return completed(filled, tuple(common(better, spoken)), again.segments)


def _lacks_nothing(
    window: Span, settled: ChosenSegments, filled: ChosenSegments, again: ChosenSegments
) -> bool:
    """Say whether a window has as many words again, among them nearly all of the first decoding."""
    new, old = ([key_of(w.text) for w in _words_in(window, of)] for of in (again, settled))
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    has_enough = len(new) >= ENOUGH * len(_words_in(window, filled))
    return has_enough and sum(block.size for block in blocks) >= ENOUGH * len(old)


def _words_in(part: Interval, settled: ChosenSegments) -> list[Word]:
    return [word for word in words_of(settled) if is_in(part, word)]

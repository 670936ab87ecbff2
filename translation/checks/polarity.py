"""Tell by its forms whether a translation lost a negation, or made a question a statement. Pure.

Languages deny and ask in many ways, so that what is found here is a doubt and never a verdict: only
rows are looked at in which the English leaves no choice, and any form that may deny will do.
"""

import re

from podcast.language import Language

_NOT = re.compile(r"\b(?:not|never|nothing|nobody|cannot|\w+n't|no one)\b", re.IGNORECASE)
_OPEN = re.compile(
    r"""
    \bnot\ (?:only|just|simply|merely|to\ mention|until|least|yet|bad|long|far|too|exactly|quite
      |even|really)\b | \bif\ not\b | \bor\ not\b
    | \bnothing\ (?:but|more|less)\b | \b(?:do|does|did|is|are|was|were|wo|would|could|should|ca)n't
      \ (?:you|we|they|he|she|it|I|wait|help|stop|until|mind)\b
    | \bwhy\ (?:not|do|don't)\b | \b(?:less|fewer|without|un\w+|in\w+|dis\w+)\b | \?
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""With these a row may be turned around: not until he came, won't you, not unlike."""

_LAST_ASKS = re.compile(r"(?<!\bOK)(?<!\bokay)(?<!\bright)(?<!\bhuh)\?[\"'”’)\]]*$", re.IGNORECASE)
"""A tag asks for no answer: a translation may leave it out."""


def lost_negation(source: str, text: str, target: Language) -> str:
    """Return the word by which the English denies, where nothing in the translation may do so."""
    denied = _NOT.findall(source)
    if len(denied) != 1 or _OPEN.search(source) or re.search(target.profile.doubts.denies, text):
        return ""
    return str(denied[0])


def lost_question(source: str, text: str, target: Language) -> str:
    """Return "?" where the English asks and nothing in the translation may be a question."""
    asks = _LAST_ASKS.search(source.strip())
    return "?" if asks and not re.search(target.profile.doubts.asks, text) else ""

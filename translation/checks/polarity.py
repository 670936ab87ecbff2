"""Tell by its forms whether a translation lost a negation, or made a question a statement. Pure.

Languages deny and ask in many ways, so that what is found here is a doubt and never a verdict: only
what the English denies without a choice is counted, and any form that may deny will do.
"""

import re

from podcast.language import Language

_DENIES = re.compile(
    r"\b(?:not|never|nothing|nobody|nowhere|none|neither|cannot|\w+n't|no one|no(?= [a-z]))\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"""
    [^.!?]*\?  # may be a question only in form
    | \b\w+n't\ (?:you|we|they|he|she|it|I|there|that|this)\b  # isn't it
    | \bnot\ (?:only|just|simply|merely|solely|alone|to\ mention|least|yet|bad|long|far|too|exactly
      |quite|really|even|all|so|that|without|necessarily|always|sure|at\ all|kidding|joking)\b
    | (?:\bnot|n't)\ (?:un(?!der|i|til|less)\w+|[iI][mn]\w+(?:[ai]ble|[ae]nt|[ae]l|ous|ct)
      |dis(?:hon|sim|ag|l)\w+)\b
    | \bno\ longer\b | \byou\ never\ know\b
    | (?:\bno|n't\ have\ (?:a|any|much))\ (?:other\ )?(?:choice|option|alternative)\ but\b
    | \b(?:if|or|why|and|but)\ not\b | \bwhy\ do(?:es)?n't\b | \byou\ don't\ say\b
    | (?:\bnot|n't|\bnever|\bno)\b[^,.;]*?\b(?:until|unless|more\ than|less\ than|enough)\b
    | \bno\ \w+er\ than\b | \bnothing\ (?:but|more|less|other|short|like|if\ not)\b
    | \bnone\ (?:other|of\ the)\b
    | \bno\ (?:doubt|matter|sooner|wonder|problem|less|more|fewer|later|means|question|way|secret)\b
    | \bc(?:an't|annot|an\ not|ouldn't|ould\ not)
      \ (?:wait|help|but|stop|agree|care|complain|be\ (?:more|\w+er))\b
    | (?:\bnot|n't|\bnever)\ (?:mind|worry|forget|hesitate|matter|miss)\b | \bnor\b
    | (?:,|,?\ (?:and|or))\ no(?=\ [a-z])  # one "no" of several, which are denied at once
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Where a translation may say it with other words: litotes, set phrases, not until he came."""

_LAST_ASKS = re.compile(r"(?<!\bOK)(?<!\bokay)(?<!\bright)(?<!\bhuh)\?[\"'”’)\]]*$", re.IGNORECASE)
_REQUEST = re.compile(
    r"\b(?:(?:can|could|may)\ (?:I|we)\ (?:please\ )?(?:get|have)"
    r"|(?:can|could|would|will)\ you\ (?:please|mind|pass|give|open|close|help))\b[^.?!]*\?$",
    re.IGNORECASE,
)
_TAG = re.compile(
    r",\ (?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|wo|ca)(?:n't)?"
    r"\ (?:he|she|it|you|they|we|I|that|there)\?$"
)
"""Tags and requests ask for no answer: a translation may put them otherwise."""


def lost_negation(source: str, text: str, target: Language) -> str:
    """Return the words by which the English denies, where the translation denies less often."""
    denied = _DENIES.findall(_OPEN.sub(" ", source.replace("’", "'")))
    denials = re.findall(target.profile.doubts.denies, text)
    return ", ".join(denied) if len(denied) > len(denials) else ""


def lost_question(source: str, text: str, target: Language) -> str:
    """Return "?" where the English asks and nothing in the translation may be a question."""
    source = source.strip().replace("’", "'")
    is_open = _TAG.search(source) or _REQUEST.search(source)
    asks = _LAST_ASKS.search(source) and not is_open
    return "?" if asks and not re.search(target.profile.doubts.asks, text) else ""

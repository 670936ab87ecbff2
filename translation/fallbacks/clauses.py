"""Cut a long row into clauses that are easier to translate, and join their translations. Pure."""

import re
from collections.abc import Iterator, Sequence

from podcast.language import Language
from translation.fallbacks.short_answers import short_answer

MIN_WORDS = 3
"""A clause with fewer words goes with its neighbour, unless it is a short answer: "Yeah, ..."."""

# Before what begins a clause of its own; "and" and "so" join mere words as well.
_SUBJECT = r"(?:I|you|we|they|he|she|it|this|that|there|these|those|the|my|our|your)\b"
_BOUNDARY = re.compile(
    rf"(?<=[,;:.?!—–])\s+|\s+(?=(?:but|because|which)\b|(?:and|so)\s+{_SUBJECT})", re.IGNORECASE
)

_MARKS = " .,;:?!…。，、；：？！—–―"


def split_clauses(text: str, target: Language) -> tuple[str, ...]:
    """Return the clauses of an English row, in order; one where there is nothing to cut.

    Args:
        text: The row.
        target: The language to translate into; its short answers may stand alone.
    """
    parts: list[str] = []
    for piece in _BOUNDARY.split(text.strip()):
        is_joined = parts and _is_short(parts[-1], target)
        if is_joined or (parts and _is_short(piece, target)):
            parts[-1] += f" {piece}"
        else:
            parts.append(piece)
    return tuple(parts)


def as_sentences(clauses: Sequence[str]) -> tuple[str, ...]:
    """Write clauses as the sentences that models know: a capital first, a full stop last."""
    *first, last = clauses
    stopped = [re.sub(r"[\s,;:—–]*$", "", clause) for clause in first]
    whole = [clause if clause.endswith((".", "?", "!")) else f"{clause}." for clause in stopped]
    return tuple(_capital(clause) for clause in (*whole, last))


def join_clauses(texts: Sequence[str], clauses: Sequence[str], target: Language) -> str:
    """Join the translations of clauses the way the language strings sentences together.

    Args:
        texts: The translations, in order.
        clauses: The English clauses, whose own full stops and question marks stay.
        target: The language of the translations.
    """
    return "".join((*_joinable(texts, clauses, target), texts[-1]))


def _joinable(texts: Sequence[str], clauses: Sequence[str], target: Language) -> Iterator[str]:
    style = target.profile.punctuation
    for text, clause in zip(texts[:-1], clauses[:-1], strict=True):
        bare = text.rstrip(_MARKS)
        if clause.endswith((".", "?", "!")):
            yield text + style.gap
        else:
            # What follows the end of a sentence is the next one, not a part after a comma.
            is_whole = style.sentence_end and re.search(style.sentence_end, bare)
            yield bare + style.written("." if is_whole else ",") + style.gap


def _is_short(clause: str, target: Language) -> bool:
    return len(clause.split()) < MIN_WORDS and short_answer(clause, target) is None


def _capital(clause: str) -> str:
    is_plain = re.match(r"[a-z]+(?:['’][a-z]+)?(?!\S*\w)", clause)  # no "vLLM", no "llama.cpp"
    return clause[:1].upper() + clause[1:] if is_plain else clause

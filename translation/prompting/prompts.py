"""Write a question in the way of the profile of a model. Pure."""

import json
from collections.abc import Iterator, Mapping
from string import Template
from typing import Any

from podcast.language import Language
from podcast.languages.profile import Han
from translation.glossary.terms import terms_in
from translation.prompting.chat import ChatRequest
from translation.prompting.prompt_profiles import PromptProfile
from translation.prompting.questions import Question
from translation.prompting.row_batches import BatchLimits

MEANT = "meant"
"""The key under which a model may say what was meant where the English was misheard."""

# Tokens, on the safe side of the tokenizers of today's models.
_TOKENS_PER_LETTER = 0.35  # of English, asked
_ANSWER_PER_LETTER = 1.2  # at most, for a letter of English
_ANSWER_PER_ROW = 24  # its key, label and marks, and what a short row needs more
_BEFORE, _AFTER = 60, 20  # a line of context
_SHARE = 0.9  # of the context, since all of this is guessed

_FEWEST_LETTERS = 240


def limits_for(profile: PromptProfile, context_tokens: int) -> BatchLimits:
    """Return how much may be asked for at once, so that question and answer fit the context."""
    told = len(profile.texts.system) + len(profile.texts.user)
    fixed = (
        told * _TOKENS_PER_LETTER
        + profile.before * _BEFORE
        + profile.after * _AFTER
        + profile.rows * _ANSWER_PER_ROW
    )
    free = context_tokens * _SHARE - fixed
    letters = int(free / (_TOKENS_PER_LETTER + _ANSWER_PER_LETTER))
    return BatchLimits(profile.rows, max(letters, _FEWEST_LETTERS))


def write_request(question: Question, profile: PromptProfile, temperature: float) -> ChatRequest:
    """Return what is sent to ask a question.

    Args:
        question: What is asked for; a single row where the profile's answer is text.
        profile: Of the model.
        temperature: 0 for the likeliest answer.
    """
    texts = profile.texts
    words = _words(question, profile)
    for name in ("terms", "registers", "before", "after", "speakers"):
        words[name] = f"{_filled(getattr(texts, name), words)}\n\n" if words[name] else ""
    told = (("system", texts.system), ("user", texts.user))
    return ChatRequest(
        tuple((role, _filled(text, words)) for role, text in told if text.strip()),
        _most_tokens(question),
        temperature,
        _schema(question, profile) if profile.answer == "rows" else None,
        _filled_fields(profile.request, words),
    )


def _words(question: Question, profile: PromptProfile) -> dict[str, str]:
    said = " ".join(row.source.text for row in question.rows)
    terms = terms_in(said, question.style.terms)
    before = (f"{row.text} => {text}" if text else row.text for row, text in question.before)
    return {
        "language": language_name(question.target),
        "code": question.target.tag,
        "numbers": ", ".join(str(row.number) for row in question.rows),
        "rows": said if profile.answer == "text" else _rows(question),
        "speakers": "\n".join(_speakers(question)),
        "terms": "\n".join(f"{term.source} = {term.rendering}" for term in terms),
        "registers": "\n".join(_registers(question, profile)),
        "before": "\n".join(before),
        "after": "\n".join(row.text for row in question.after),
    }


def language_name(language: Language) -> str:
    """Name a language so that a model cannot take it for its neighbour."""
    is_simplified = language.profile.script.han is Han.SIMPLIFIED
    return f"Simplified {language.label}" if is_simplified else language.label


def _rows(question: Question) -> str:
    """Return the rows as the object that the answer is to be: models copy its form."""
    rows = {str(row.number): f"[{row.label}] {row.source.text}" for row in question.rows}
    return json.dumps(rows, ensure_ascii=False, indent=0)


def _speakers(question: Question) -> Iterator[str]:
    """Yield each speaker with the numbers of what they say, in the order in which they speak."""
    numbers: dict[str, list[str]] = {}
    for row in question.rows:
        numbers.setdefault(row.source.speaker, []).append(str(row.number))
    for speaker, said in numbers.items():
        if speaker:
            yield f"{speaker}: {', '.join(said)}"


def _registers(question: Question, profile: PromptProfile) -> Iterator[str]:
    """Yield how each of those who speak does; a text alone does not say who that is."""
    names = {str(one): ends.name for one, ends in question.target.profile.registers.items()}
    for speaker in dict.fromkeys(row.source.speaker for row in question.rows):
        if how := question.style.register_of(speaker):
            who = "" if profile.answer == "text" else f"{speaker}: "
            yield f"{who}{how}{f' ({names[how]})' if how in names else ''}"


def _most_tokens(question: Question) -> int:
    letters = sum(len(row.source.text) for row in question.rows)
    return (
        int(letters * _ANSWER_PER_LETTER) + len(question.rows) * _ANSWER_PER_ROW + _ANSWER_PER_ROW
    )


def _schema(question: Question, profile: PromptProfile) -> Mapping[str, Any]:
    """Return the JSON schema of an answer: its keys are the numbers of the rows and no others."""
    numbers = [str(row.number) for row in question.rows]
    texts: dict[str, Any] = {number: {"type": "string"} for number in numbers}
    closed = {"type": "object", "additionalProperties": False}
    meant = {MEANT: {**closed, "properties": texts}} if profile.mends else {}
    return {**closed, "properties": texts | meant, "required": numbers}


def _filled(text: str, words: Mapping[str, str]) -> str:
    return Template(text).substitute(words).strip("\n")


def _filled_fields(fields: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    """Put words into the texts of what goes along with a request."""
    return {key: _filled_field(value, words) for key, value in fields.items()}


def _filled_field(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return _filled_fields(value, words)
    return _filled(value, words) if isinstance(value, str) else value

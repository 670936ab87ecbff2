"""Read what a model answered, and believe nothing of it that can be looked at. Pure."""

import json
import logging
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from operator import itemgetter
from statistics import fmean
from typing import Any

from rapidfuzz import fuzz

from translation.conversation import Answer
from translation.prompting.additions import addition, declines, trimmed, visible
from translation.prompting.chat import ChatAnswer, Token
from translation.prompting.displacement import is_displaced
from translation.prompting.prompt_profiles import PromptProfile
from translation.prompting.prompts import MEANT
from translation.prompting.questions import AskedRow, Question
from translation.prompting.repeats import is_of_another, letters_of, runs_on, words_of

logger = logging.getLogger(__name__)

LIKE_SOUND = 60
"""Per cent to which what was meant is spelled like what was heard."""

MOST_LETTERS, SPARE = 20, 400
"""For each letter of English, and besides: what is longer is not looked at any closer."""

DIGITS = 3
"""Of a score."""

_LABEL = re.compile(r"\s*[\[［【〔(（]\s*(?P<label>\w\w)\s*[\]］】〕)）]\s*")
"""Some languages have brackets of their own."""

_THOUGHT = re.compile(r"^.*</(?:think|thinking|thought)>", re.DOTALL | re.IGNORECASE)
"""Some servers begin it themselves, and send its end alone."""

_FENCE = re.compile(r"^```\w*\s*\n(?P<inside>.*)\s*```$", re.DOTALL)


class RefusedAnswerError(Exception):
    """An answer is not believed; the message says why."""


def read_answer(
    answer: ChatAnswer, question: Question, profile: PromptProfile
) -> tuple[Answer, ...]:
    """Return what a model made of each row that was asked for, in order.

    A row is left empty where more than its translation came.

    Raises:
        RefusedAnswerError: It may not belong to these rows.
    """
    if not answer.is_whole:
        raise RefusedAnswerError("it does not end")
    content = _bare(answer.text)
    told = {} if profile.answer == "text" else _object(content)
    meant = _meant(told.pop(MEANT, None))
    given = (content,) if profile.answer == "text" else _texts(told, question.rows)
    texts = [trimmed(text, row.source) for text, row in zip(given, question.rows, strict=True)]
    _check_texts(texts, question)
    return tuple(
        Answer(" ".join(text.split()), _score(text, answer), _assumed(row, meant))
        if _is_believed(text, _assumed(row, meant) or row.source.text, question)
        else Answer("")
        for text, row in zip(texts, question.rows, strict=True)
    )


def _is_believed(text: str, source: str, question: Question) -> bool:
    """Say whether a text is a translation alone."""
    known = " ".join(term.rendering for term in question.style.terms)
    is_refusal = declines(source, text, question.target)
    if added := "a refusal" if is_refusal else addition(source, text, known):
        logger.info("A row is left: its text has %s.", added)
    return not added


def _bare(text: str) -> str:
    """Return an answer without what models put around it: thoughts that end, a fence."""
    bare = visible(_THOUGHT.sub("", text)).strip()
    fenced = _FENCE.match(bare)
    return fenced["inside"].strip() if fenced else bare


def _object(content: str) -> dict[str, Any]:
    try:
        told = json.loads(content, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise RefusedAnswerError("it is no JSON") from error
    if not isinstance(told, dict):
        raise RefusedAnswerError("it is no object")
    return told


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise RefusedAnswerError("a key stands in it twice")
    return dict(pairs)


def _texts(told: Mapping[str, Any], rows: Sequence[AskedRow]) -> Iterator[str]:
    """Yield the text of each row; its label proves whose it is."""
    if set(told) != {str(row.number) for row in rows}:
        raise RefusedAnswerError("its keys are not the numbers of the rows")
    for row in rows:
        text = told[str(row.number)]
        label = _LABEL.match(text) if isinstance(text, str) else None
        if label is None or label["label"].lower() != row.label:
            raise RefusedAnswerError(f"row {row.number} does not begin with its label")
        yield text[label.end() :]


def _check_texts(texts: Sequence[str], question: Question) -> None:
    """Refuse texts that tell of a row lost or doubled, or that are another line's."""
    known = {letters_of(text): row.text for row, text in question.before if text}
    labels = {row.label for row in question.rows}
    for text, row in zip(texts, question.rows, strict=True):
        letters, source = letters_of(text), row.source.text
        if len(text) > MOST_LETTERS * len(source) + SPARE:
            raise RefusedAnswerError(f"row {row.number} does not end")
        if not letters and letters_of(source):
            raise RefusedAnswerError(f"row {row.number} is empty")
        if not labels.isdisjoint(_LABEL.findall(text)):
            raise RefusedAnswerError(f"row {row.number} holds another label")
        if is_of_another(letters, source, known.setdefault(letters, source)):
            raise RefusedAnswerError(f"row {row.number} is another line's")
    lines, told_before = _lines_around(question)
    if runs_on((*told_before, *texts), lines):
        raise RefusedAnswerError("a row goes on with the next one's beginning")
    if is_displaced(lines, (*told_before, *texts), question.target):
        raise RefusedAnswerError("its texts stand beside other rows than their own")


def _lines_around(question: Question) -> tuple[list[str], list[str]]:
    """Return the English of a question with what is around it, and what is known of it before."""
    pairs = list(takewhile(itemgetter(1), reversed(question.before)))[::-1]
    rows = (*(row for row, _ in pairs), *(row.source for row in question.rows), *question.after)
    return [row.text for row in rows], [text for _, text in pairs]


def _meant(told: object) -> Mapping[str, str]:
    """Return what was meant by number; nothing of it is needed, and what is no text is left."""
    pairs = told.items() if isinstance(told, dict) else ()
    return {number: text for number, text in pairs if isinstance(text, str)}


def _assumed(row: AskedRow, meant: Mapping[str, str]) -> str:
    """Return the English that was meant in a row, where it sounds like what was heard."""
    said, text = row.source.text, " ".join(visible(meant.get(str(row.number), "")).split())
    is_other = text.isprintable() and words_of(text) != words_of(said)
    return text if is_other and fuzz.ratio(text.lower(), said.lower()) >= LIKE_SOUND else ""


def _score(text: str, answer: ChatAnswer) -> float | None:
    """Return the mean log-probability of the tokens of a text; None where they are not told."""
    said = b"".join(token.text for token in answer.tokens)
    sought = text.encode()
    start = said.find(sought)
    if start < 0 or not sought:
        return None
    end = start + len(sought)
    inside = [token.log_probability for token, at in _placed(answer.tokens) if start <= at < end]
    mean = fmean(inside) if inside else math.nan
    return round(mean, DIGITS) if math.isfinite(mean) else None


def _placed(tokens: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    """Yield tokens with the byte at which they begin."""
    at = 0
    for token in tokens:
        yield token, at
        at += len(token.text)

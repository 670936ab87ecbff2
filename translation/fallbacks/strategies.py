"""Get every row into the other language, one strategy after another. Pure.

1. `TABLE`      a short answer that is known by heart
2. `MODEL`      what the model says at once, where the checks find nothing hard
3. `RETRIED`    what it says when it looks further and may not repeat itself
4. `STAND_INS`  with its terms and numbers carried past it
5. `CLAUSES`    clause by clause
6. `OTHER_ENGINE`  what another translator says, at once and then looking further
7. `SOURCE`     the English, with what was wrong with the best translation

Rows never merge, vanish or change places, and each strategy asks the model once for all rows.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from podcast.errors import InvariantError
from podcast.language import Language
from podcast.progress import Report
from podcast.transcript import Fault, Made, Translation
from translation.conversation import Answer, Candidates, SourceRow, Style
from translation.engines.translator import Translator
from translation.fallbacks.attempts import Judge, Row
from translation.fallbacks.clauses import as_sentences, join_clauses, split_clauses
from translation.fallbacks.placeholders import mask, unmask
from translation.fallbacks.short_answers import short_answer
from translation.glossary.terms import Term

logger = logging.getLogger(__name__)

T = TypeVar("T")
Verb = Callable[[Sequence[SourceRow], Language, Style, Report], Sequence[T]]

LOST = frozenset({Fault.LITERAL, Fault.TERM, Fault.NUMBER, Fault.NAME})
"""Faults that placeholders can help with."""


def first_strategy(
    sources: Sequence[SourceRow], raw: Sequence[Answer], target: Language, terms: Sequence[Term]
) -> tuple[Translation | None, ...]:
    """Judge what the model said at once.

    Args:
        sources: The English rows.
        raw: The model's translation of each.
        target: The language of the translations.
        terms: The terms with a rendering in that language.

    Returns:
        For each row a translation to publish, or None where something is wrong with it.

    Raises:
        InvariantError: There are more or fewer translations than rows.
    """
    _check_count(sources, raw)
    judge = Judge(target, tuple(terms))
    judged = {pair: _known(*pair, judge) for pair in zip(sources, raw, strict=True)}
    return tuple(judged[pair] for pair in zip(sources, raw, strict=True))


def retry_failed(  # noqa: PLR0913, PLR0917  what the first strategy takes, and whom to ask
    failing_sources: Sequence[SourceRow],
    raw: Sequence[Answer],
    target: Language,
    style: Style,
    translators: Sequence[Translator],
    report: Report,
) -> tuple[Translation, ...]:
    """Try harder with the rows that failed, until each has a translation or keeps its English.

    Args:
        failing_sources: The rows for which `first_strategy` gave None; equal ones are tried once.
        raw: The model's first translation of each.
        target: The language to translate into.
        style: With the terms that have a rendering in that language.
        translators: The one that failed, then those that are asked for what is left.
        report: Called as the work goes on.

    Returns:
        One for each row, in order, never empty.

    Raises:
        InvariantError: There are more or fewer translations than rows.
    """
    _check_count(failing_sources, raw)
    judge = Judge(target, style.terms)
    firsts = zip(failing_sources, raw, strict=True)
    rows = {source: Row(source).tried([answer], Made.MODEL, judge) for source, answer in firsts}
    own, *others = translators
    steps = [(own, one) for one in STRATEGIES] + [(t, one) for t in others for one in OF_OTHERS]
    for step, (translator, (made, propose)) in enumerate(steps):
        ask = _Ask(translator, target, style, partial(_part, report, step, len(steps)))
        waiting = [row for row in rows.values() if not row.is_done]
        for source, answers in propose(waiting, judge, ask).items():
            rows[source] = rows[source].tried(answers, made, judge)
        ask.report(1.0)
    settled = {source: row.settled(Made.SOURCE) for source, row in rows.items()}
    kept = sum(translation.made == Made.SOURCE for translation in settled.values())
    logger.info("%d rows tried again in %s, %d kept English", len(rows), target.label, kept)
    return tuple(settled[source] for source in failing_sources)


@dataclass(frozen=True, slots=True)
class _Ask:
    """The one question of a strategy to the model."""

    translator: Translator
    target: Language
    style: Style
    report: Report

    def __call__(self, rows: Iterable[SourceRow]) -> Mapping[SourceRow, Candidates]:
        """Return the candidates for each row."""
        return self._answered(rows, self.translator.retry)

    def at_once(self, rows: Iterable[SourceRow]) -> Mapping[SourceRow, Answer]:
        """Return the first answer for each row."""
        return self._answered(rows, self.translator.translate)

    def _answered(self, rows: Iterable[SourceRow], verb: Verb[T]) -> Mapping[SourceRow, T]:
        distinct = tuple(dict.fromkeys(rows))
        if not distinct:
            return {}
        found = verb(distinct, self.target, self.style, self.report)
        _check_count(distinct, found)
        return dict(zip(distinct, found, strict=True))


def _part(report: Report, step: int, n_steps: int, fraction: float) -> None:
    report((step + fraction) / n_steps)


Proposals = Mapping[SourceRow, Sequence[Answer]]
"""Translations to be judged for each row, the most promising first."""


def _again(rows: Sequence[Row], _judge: Judge, ask: _Ask) -> Proposals:
    return ask(row.source for row in rows)


def _with_placeholders(rows: Sequence[Row], judge: Judge, ask: _Ask) -> Proposals:
    masked = {row.source: mask(row.source.text, judge.terms) for row in rows if row.faults & LOST}
    found = ask(replace(row, text=one.text) for row, kinds in masked.items() for one in kinds)
    return {
        row: [
            Answer(text, answer.score)
            for one in kinds
            for answer in found[replace(row, text=one.text)]
            if (text := unmask(answer.text, one, judge.target))
        ]
        for row, kinds in masked.items()
    }


def _by_clauses(rows: Sequence[Row], judge: Judge, ask: _Ask) -> Proposals:
    clauses = {row.source: split_clauses(row.source.text, judge.target) for row in rows}
    parts = {
        row: [replace(row, text=text) for text in as_sentences(cut)]
        for row, cut in clauses.items()
        if len(cut) > 1
    }
    known = {
        part: answer
        for sentences in parts.values()
        for part in sentences
        if (answer := short_answer(part.text, judge.target))
    }
    found = ask(part for sentences in parts.values() for part in sentences if part not in known)
    best = known | {part: _best(part, answers, judge) for part, answers in found.items()}
    return {
        row: [Answer(join_clauses([best[part] for part in sentences], clauses[row], judge.target))]
        for row, sentences in parts.items()
        if all(best[part] for part in sentences)
    }


def _best(part: SourceRow, answers: Candidates, judge: Judge) -> str:
    """Return the first candidate for a clause with nothing hard against it, else the first."""
    judged = [judge.judge(part.text, answer, Made.CLAUSES) for answer in answers]
    good = [tried.answer.text for tried in judged if tried.is_good]
    return next(iter(good or [tried.answer.text for tried in judged]), "")


def _at_once(rows: Sequence[Row], _judge: Judge, ask: _Ask) -> Proposals:
    return {source: [answer] for source, answer in ask.at_once(row.source for row in rows).items()}


Strategy = tuple[str, Callable[[Sequence[Row], Judge, _Ask], Proposals]]

STRATEGIES: tuple[Strategy, ...] = (
    (Made.RETRIED, _again),
    (Made.STAND_INS, _with_placeholders),
    (Made.CLAUSES, _by_clauses),
)
"""From the cheapest to the one that changes most."""

OF_OTHERS: tuple[Strategy, ...] = ((Made.OTHER_ENGINE, _at_once), (Made.OTHER_ENGINE, _again))
"""For another translator."""


def _known(source: SourceRow, answer: Answer, judge: Judge) -> Translation | None:
    known = short_answer(source.text, judge.target)
    if known:
        return Translation(known, Made.TABLE)
    tried = judge.judge(source.text, answer, Made.MODEL)
    return tried.published() if tried.is_good else None


def _check_count(rows: Sequence[SourceRow], found: Sequence[object]) -> None:
    if len(rows) != len(found):
        raise InvariantError(
            f"{len(rows)} rows came back as {len(found)}. This is a bug of Interlinear's or of "
            "its translator."
        )

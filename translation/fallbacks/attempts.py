"""What was tried with a row, and what is wrong with each try. Pure."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from podcast.language import Language
from podcast.transcript import Fault, Translation
from translation.checks.row_checks import HARD, Finding, check
from translation.conversation import Answer, SourceRow
from translation.glossary.show_glossary import enforce
from translation.glossary.terms import Term


@dataclass(frozen=True, slots=True)
class Try:
    """A translation of a row, where it comes from and what is wrong with it."""

    answer: Answer
    made: str
    findings: tuple[Finding, ...]

    @property
    def n_hard(self) -> int:
        """How many findings forbid to publish it."""
        return sum(finding.fault in HARD for finding in self.findings)

    @property
    def is_good(self) -> bool:
        """Say whether it may be published, with whatever soft findings it has."""
        return bool(self.answer.text) and self.n_hard == 0

    def published(self) -> Translation:
        """Return it with its findings."""
        answer, checks = self.answer, tuple(map(str, self.findings))
        return Translation(answer.text, self.made, checks, answer.meant, answer.score)


@dataclass(frozen=True, slots=True)
class Judge:
    """What translations are judged by: the language and its terms."""

    target: Language
    terms: tuple[Term, ...]

    def judge(self, source: str, answer: Answer, made: str) -> Try:
        """Enforce the terms in a translation and check it."""
        text = enforce(source, plain_text(source, answer.text), self.target, self.terms)
        found = check(source, text, self.target, self.terms)
        return Try(replace(answer, text=text), made, found)


def plain_text(source: str, text: str) -> str:
    """Return an answer as one line of text: some engines write &quot; for a quotation mark."""
    if "&" in text and not re.search(r"&#?\w+;", source):
        text = html.unescape(text)
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Row:
    """A row on its way up: all tries so far, the good one last."""

    source: SourceRow
    tries: tuple[Try, ...] = ()

    @property
    def is_done(self) -> bool:
        """Say whether a good translation was found."""
        return self.tries[-1].is_good

    @property
    def faults(self) -> frozenset[Fault]:
        """What was wrong with any of the tries."""
        return frozenset(finding.fault for tried in self.tries for finding in tried.findings)

    def tried(self, answers: Iterable[Answer], made: str, judge: Judge) -> Self:
        """Return the row with more tries, up to the first good one."""
        tries = list(self.tries)
        for answer in answers:
            tries.append(judge.judge(self.source.text, answer, made))
            if tries[-1].is_good:
                break
        return replace(self, tries=tuple(tries))

    def settled(self, source_kept: str) -> Translation:
        """Return the good try, else the English with what is wrong with the best one.

        Args:
            source_kept: How a row that keeps its English is called.
        """
        if self.is_done:
            return self.tries[-1].published()
        best = min(self.tries, key=lambda tried: (not tried.answer.text, tried.n_hard))
        return Translation(self.source.text, source_kept, tuple(map(str, best.findings)))

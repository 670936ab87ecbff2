"""A translator whose answers are known beforehand: for tests, and to see what one has to do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from podcast.language import Language
from podcast.progress import Report
from translation.conversation import Answer, Candidates, SourceRow, Style

Say = Callable[[str, Language], Sequence[str | Answer]]
"""What is said to the text of a row in a language, the best first."""


@dataclass(slots=True)
class FakeTranslator:
    """Answers at once, without a model.

    Attributes:
        say: What it says.
        say_again: What it says when it is to try harder; None for the same.
        reads_context: See `Translator.reads_context`.
        asked: The rows of each call.
        styles: The style of each call.
    """

    say: Say
    say_again: Say | None = None
    reads_context: bool = False
    asked: list[tuple[SourceRow, ...]] = field(default_factory=list)
    styles: list[Style] = field(default_factory=list)

    def translate(
        self, rows: Sequence[SourceRow], target: Language, style: Style, report: Report
    ) -> tuple[Answer, ...]:
        """See `Translator.translate`."""
        found = self._answers(self.say, rows, target, style, report)
        return tuple(next(iter(candidates), Answer("")) for candidates in found)

    def retry(
        self, rows: Sequence[SourceRow], target: Language, style: Style, report: Report
    ) -> tuple[Candidates, ...]:
        """See `Translator.retry`."""
        return self._answers(self.say_again or self.say, rows, target, style, report)

    def describe(self, target: Language) -> str:
        """See `Translator.describe`."""
        return f"en->{target.value}"

    def _answers(
        self, say: Say, rows: Sequence[SourceRow], target: Language, style: Style, report: Report
    ) -> tuple[Candidates, ...]:
        self.asked.append(tuple(rows))
        self.styles.append(style)
        report(1.0)
        return tuple(tuple(map(_answer, say(row.text, target))) for row in rows)


def _answer(said: str | Answer) -> Answer:
    return said if isinstance(said, Answer) else Answer(said)

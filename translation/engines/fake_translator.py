"""A translator whose answers are known beforehand: for tests, and to see what one has to do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from podcast.language import Language
from podcast.progress import Report
from translation.engines.translator import Candidates

Answer = Callable[[str, Language], Candidates]
"""What is said to a row in a language, the best first."""


@dataclass(slots=True)
class FakeTranslator:
    """Answers at once, without a model.

    Attributes:
        answer: What it says.
        second_answer: What it says when it is to try harder; None for the same.
        asked: The rows of each call.
    """

    answer: Answer
    second_answer: Answer | None = None
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def translate(self, texts: Sequence[str], target: Language, report: Report) -> tuple[str, ...]:
        """See `Translator.translate`."""
        found = self._answers(self.answer, texts, target, report)
        return tuple(next(iter(candidates), "") for candidates in found)

    def retry(
        self, texts: Sequence[str], target: Language, report: Report
    ) -> tuple[Candidates, ...]:
        """See `Translator.retry`."""
        return self._answers(self.second_answer or self.answer, texts, target, report)

    def describe(self, target: Language) -> str:
        """See `Translator.describe`."""
        return f"en->{target.value}"

    def _answers(
        self, answer: Answer, texts: Sequence[str], target: Language, report: Report
    ) -> tuple[Candidates, ...]:
        self.asked.append(tuple(texts))
        report(1.0)
        return tuple(answer(text, target) for text in texts)

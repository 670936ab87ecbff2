"""Have a model translate a conversation, and keep every row in its place whatever it answers.

A batch that is refused is asked for once more, then in halves, then row by row, and a row at last
alone and in plain words. What is refused even then stays empty, for others to translate.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from podcast.language import Language
from podcast.transcript import Fault
from translation.checks.row_checks import check
from translation.conversation import Answer, SourceRow, Style
from translation.prompting.answers import RefusedAnswerError, read_answer
from translation.prompting.chat import Ask, ChatRequest
from translation.prompting.prompt_profiles import PromptProfile
from translation.prompting.prompts import limits_for, write_request
from translation.prompting.questions import Question, labelled
from translation.prompting.row_batches import cut_batches

logger = logging.getLogger(__name__)

SURE, FREE = 0.0, 0.6
"""Temperatures: of the first question, and of the next one, which is to be answered otherwise."""

LETTERS_OF_A_TOKEN = 4
"""Of English, as a rule. An answer takes half of what it may take, as a rule."""

MOST_VAIN = 30
"""Questions one after the other that bring no good row, more than one batch takes to its last row.
From then on the rows of a stretch are asked for in plain words at once."""

BAD = frozenset({Fault.EMPTY, Fault.COPIED, Fault.SCRIPT, Fault.LOOP, Fault.LENGTH})
"""With these a row is asked for again, alone. The others are judged with the terms, later."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation and how it is to be translated."""

    rows: Sequence[SourceRow]
    target: Language
    style: Style


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks a model in the way of its profile.

    Attributes:
        ask: The model.
        profile: Its own.
        context_tokens: That question and answer may have together.
    """

    ask: Ask
    profile: PromptProfile
    context_tokens: int

    def translate(self, talk: Talk, part: range) -> Iterator[tuple[Answer, ...]]:
        """Yield an answer for each row of a part, a batch at a time; empty where all fail.

        Args:
            talk: The conversation. What comes before the part is shown in English alone.
            part: Rows that follow each other.
        """
        stretch = _Stretch(self, talk)
        rows = talk.rows[part.start : part.stop]
        for batch in cut_batches(rows, limits_for(self.profile, self.context_tokens)):
            yield stretch.settle(range(part.start + batch.start, part.start + batch.stop))

    def candidates(self, row: SourceRow, target: Language, style: Style) -> tuple[Answer, ...]:
        """Return what a row may be without its neighbours, the likeliest first."""
        alone = _Stretch(self, Talk((row,), target, style))
        ways = ((SURE, self.profile), (FREE, self.profile.alone()))
        texts: dict[str, Answer] = {}
        for answer in chain.from_iterable(alone.read(range(1), *way) for way in ways):
            if answer.text:
                texts.setdefault(answer.text, answer)
        return tuple(texts.values())

    def has_room_for(self, request: ChatRequest) -> bool:
        """Say whether a question and its answer fit the context; a very long row does not."""
        told = sum(len(text) for _, text in request.messages)
        return told / LETTERS_OF_A_TOKEN + request.max_tokens / 2 < self.context_tokens


class _Stretch:
    """Rows that are translated one after the other, and what they have become so far."""

    def __init__(self, asker: Asker, talk: Talk) -> None:
        self._asker = asker
        self._talk = talk
        self._answers: dict[int, Answer] = {}
        self._good: set[int] = set()
        self._n_vain = 0

    def settle(self, batch: range) -> tuple[Answer, ...]:
        """Return an answer for each row of a batch; an empty one where none is believed."""
        self._settle(batch)
        return tuple(self._answers.get(n, Answer("")) for n in batch)

    def read(self, batch: range, temperature: float, profile: PromptProfile) -> tuple[Answer, ...]:
        """Ask once; return nothing where there is no answer that may be believed."""
        question = self._question(batch, profile)
        request = write_request(question, profile, temperature)
        answer = self._asker.ask(request) if self._asker.has_room_for(request) else None
        if answer is None:
            return ()
        try:
            return read_answer(answer, question, profile)
        except RefusedAnswerError as error:
            logger.info("Rows %d to %d are refused: %s.", batch.start + 1, batch.stop, error)
            return ()

    def _settle(self, batch: range) -> None:
        if len(batch) == 1 or self._n_vain >= MOST_VAIN:
            for n in batch:
                self._settle_row(n)
        elif any(self._answered(batch, heat, self._asker.profile) for heat in (SURE, FREE)):
            for n in batch:
                if n not in self._good:
                    self._settle_row(n)
        else:
            middle = batch.start + len(batch) // 2
            self._settle(range(batch.start, middle))
            self._settle(range(middle, batch.stop))

    def _settle_row(self, n: int) -> None:
        """Ask for a row until an answer is good; else keep the first one."""
        text = self._talk.rows[n].text.strip()
        if not any(letter.isalnum() for letter in text):
            self._take(n, Answer(text))
            return
        for way in self._ways():
            self._answered(range(n, n + 1), *way)
            if n in self._good:
                return

    def _ways(self) -> tuple[tuple[float, PromptProfile], ...]:
        """Return how a row is asked for, one way after the other."""
        profile = self._asker.profile
        alone = profile.alone()
        if alone == profile:
            return (SURE, profile), (FREE, profile)
        first = ((SURE, profile), (FREE, profile)) if self._n_vain < MOST_VAIN else ()
        return *first, (SURE, alone)

    def _answered(self, batch: range, temperature: float, profile: PromptProfile) -> bool:
        """Ask once, and say whether there is an answer that may be believed."""
        n_good, found = len(self._good), self.read(batch, temperature, profile)
        for n, answer in zip(batch, found, strict=False):
            self._take(n, answer)
        if profile == self._asker.profile:
            self._n_vain = 0 if len(self._good) > n_good else self._n_vain + 1
        return bool(found)

    def _take(self, n: int, answer: Answer) -> None:
        said = answer.meant or self._talk.rows[n].text
        findings = check(said, answer.text, self._talk.target, self._talk.style.terms)
        if not any(finding.fault in BAD for finding in findings):
            self._good.add(n)
            self._answers[n] = answer
        elif answer.text:
            self._answers.setdefault(n, answer)

    def _question(self, batch: range, profile: PromptProfile) -> Question:
        rows = self._talk.rows
        earlier = range(max(0, batch.start - profile.before), batch.start)
        return Question(
            labelled(rows[batch.start : batch.stop], batch.start + 1),
            tuple((rows[n], self._answers[n].text if n in self._good else "") for n in earlier),
            tuple(rows[batch.stop : batch.stop + profile.after]),
            self._talk.target,
            self._talk.style,
        )

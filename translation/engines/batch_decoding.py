"""Rows through CTranslate2 in large batches, for every translator that it runs."""

import math
from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar

from podcast.language import Language
from podcast.model_reference import LoadOptions
from podcast.progress import Report
from translation.conversation import Answer, Candidates, SourceRow, Style

DIGITS = 3
"""Of a score: the others are not the same on every processor."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """How a model looks for its answers. The defaults give argostranslate's own text.

    Attributes:
        beam_size: Hypotheses kept while decoding.
        num_hypotheses: Answers wanted for each row, at most `beam_size`.
        length_penalty: Exponent of the length by which scores are divided.
        no_repeat_ngram_size: So many tokens in a row never come twice; 0 allows it.
        repetition_penalty: Divides the score of what was said already; 1 leaves it.
    """

    beam_size: int = 4
    num_hypotheses: int = 1
    length_penalty: float = 0.2
    no_repeat_ngram_size: int = 0
    repetition_penalty: float = 1.0

    def mean_log_probability(self, score: float, tokens: Sequence[str]) -> float:
        """Return that of a token of an answer, with its end, from the decoder's score of it all."""
        n_tokens = len(tokens) + 1
        return round(score * math.pow(n_tokens, self.length_penalty - 1), DIGITS)


RETRY = Decoding(beam_size=8, num_hypotheses=8, no_repeat_ngram_size=4)
"""Four tokens: a loop ends after its first round, a name of three tokens may come twice."""


@dataclass(frozen=True, slots=True)
class BatchDecoder:
    """A loaded model, and how text becomes its tokens and the other way round.

    Attributes:
        translator: CTranslate2's.
        encode: Returns the tokens of a row, with all that the model wants around them.
        decode: Returns the text of an answer's tokens.
        prefix: What every answer begins with.
    """

    translator: Any
    encode: Callable[[str], list[str]]
    decode: Callable[[list[str]], str]
    prefix: tuple[str, ...] = ()

    def candidates(
        self, texts: Sequence[str], decoding: Decoding, max_batch_tokens: int
    ) -> list[Candidates]:
        """Return the answers for each row."""
        tokens = [self.encode(text) for text in texts]
        results = self.translator.translate_batch(
            tokens,
            target_prefix=[list(self.prefix)] * len(tokens) if self.prefix else None,
            replace_unknowns=True,
            max_batch_size=max_batch_tokens,
            batch_type="tokens",
            return_scores=True,
            **asdict(decoding),
        )
        return [
            self._answers(zip(result.hypotheses, result.scores, strict=True), decoding)
            for result in results
        ]

    def _answers(
        self, hypotheses: Iterable[tuple[Sequence[str], float]], decoding: Decoding
    ) -> Candidates:
        """Return what differs once it is text; different tokens may spell the same."""
        answers: dict[str, Answer] = {}
        for tokens, score in hypotheses:
            text = " ".join(self.decode(list(tokens)).split())  # one line, whatever the model says
            answers.setdefault(text, Answer(text, decoding.mean_log_probability(score, tokens)))
        return tuple(answer for text, answer in answers.items() if text)


@dataclass(slots=True, kw_only=True)
class RowTranslator:
    """A translator that reads each row alone.

    Attributes:
        again: How to look for other answers.
        max_batch_tokens: Source tokens decoded together; larger is faster and takes more memory.
        slice_size: Rows between two reports of progress.
    """

    again: Decoding = RETRY
    max_batch_tokens: int = 1024
    slice_size: int = 512

    reads_context: ClassVar[bool] = False

    def translate(
        self, rows: Sequence[SourceRow], target: Language, _style: Style, report: Report
    ) -> tuple[Answer, ...]:
        """See `Translator.translate`. Identical rows are translated once."""
        found = self._candidates(rows, target, Decoding(), report)
        return tuple(next(iter(candidates), Answer("")) for candidates in found)

    def retry(
        self, rows: Sequence[SourceRow], target: Language, _style: Style, report: Report
    ) -> tuple[Candidates, ...]:
        """See `Translator.retry`. Identical rows are translated once."""
        return self._candidates(rows, target, self.again, report)

    @abstractmethod
    def _decode(
        self, texts: Sequence[str], target: Language, decoding: Decoding
    ) -> list[Candidates]:
        """Return the answers for each text, none of which is empty."""

    def _candidates(
        self, rows: Sequence[SourceRow], target: Language, decoding: Decoding, report: Report
    ) -> tuple[Candidates, ...]:
        known: dict[str, Candidates] = {row.text: () for row in rows}
        distinct = [text for text in known if text.strip()]
        for start in range(0, len(distinct), self.slice_size):
            texts = distinct[start : start + self.slice_size]
            known.update(zip(texts, self._decode(texts, target, decoding), strict=True))
            report(min(1.0, (start + self.slice_size) / len(distinct)))
        return tuple(known[row.text] for row in rows)


def open_model(folder: Path, options: LoadOptions) -> Any:
    """Load a model of CTranslate2.

    Each core gets batches of its own: two cores in one batch are hardly faster than one.
    """
    import ctranslate2

    share = {"inter_threads": options.threads, "intra_threads": 1}
    on_cpu = share if options.device == "cpu" else {}
    return ctranslate2.Translator(str(folder), device=options.device, **on_cpu)

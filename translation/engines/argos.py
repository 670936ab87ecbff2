"""Translate rows in large batches through Argos packages."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar

from podcast.errors import SetupError
from podcast.language import SOURCE, Language
from podcast.model_errors import loading
from podcast.model_reference import LoadOptions, ModelFolder
from podcast.progress import Report
from translation.conversation import Answer, Candidates, SourceRow, Style
from translation.engines.argos_packages import ArgosPackage, argos_settings, find_packages, route


def refer(place: Path | str | None) -> "ArgosFolder":
    """Choose a folder of unpacked packages; None takes argostranslate's own."""
    if place is None:
        return ArgosFolder(argos_settings().folder)
    return ArgosFolder(Path(place).expanduser().resolve())


@dataclass(frozen=True, slots=True)
class ArgosFolder(ModelFolder):
    """A folder of unpacked packages, which may be empty; argostranslate's own need not be there."""

    def load(self, options: LoadOptions) -> "ArgosTranslator":
        """See `ModelReference.load`; each package is loaded when it is first needed."""
        if not self.folder.is_dir() and self != refer(None):
            raise SetupError(f"There is no folder of Argos packages at {self.folder}.")
        packages = find_packages(self.folder)
        return ArgosTranslator(packages, device=options.device, threads=options.threads)


DIGITS = 3
"""Of a score: the others are not the same on every processor."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """How a package looks for its answers. The defaults give argostranslate's own text.

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


@dataclass(slots=True)
class ArgosTranslator:
    """Argos packages, each loaded when it is first needed.

    Attributes:
        packages: The installed packages.
        device: "cpu", "cuda" or "auto".
        threads: CPU threads of each package; a batch takes one.
        again: How to look for other answers.
        max_batch_tokens: Source tokens decoded together; larger is faster and takes more memory.
        slice_size: Rows between two reports of progress.
    """

    packages: tuple[ArgosPackage, ...]
    device: str = "cpu"
    threads: int = 1
    again: Decoding = RETRY
    max_batch_tokens: int = 1024
    slice_size: int = 512
    _loaded: dict[ArgosPackage, "_Engine"] = field(default_factory=dict)

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

    def describe(self, target: Language) -> str:
        """See `Translator.describe`."""
        steps = route(self.packages, SOURCE.value, target.value)
        return ", ".join(f"{p.source}->{p.target} {p.version}" for p in steps)

    def _candidates(
        self, rows: Sequence[SourceRow], target: Language, decoding: Decoding, report: Report
    ) -> tuple[Candidates, ...]:
        known: dict[str, Candidates] = {row.text: () for row in rows}
        distinct = [text for text in known if text.strip()]
        for start in range(0, len(distinct), self.slice_size):
            texts = distinct[start : start + self.slice_size]
            known.update(zip(texts, self._through(texts, target, decoding), strict=True))
            report(min(1.0, (start + self.slice_size) / len(distinct)))
        return tuple(known[row.text] for row in rows)

    def _through(
        self, texts: Sequence[str], target: Language, decoding: Decoding
    ) -> list[Candidates]:
        """Take the one best answer of every step but the last, so that a row stays a row."""
        *steps, last = route(self.packages, SOURCE.value, target.value)
        alone = replace(decoding, num_hypotheses=1)
        for step in steps:
            found = self._engine(step).candidates(texts, alone, self.max_batch_tokens)
            texts = [next(iter(candidates), Answer("")).text for candidates in found]
        return self._engine(last).candidates(texts, decoding, self.max_batch_tokens)

    def _engine(self, package: ArgosPackage) -> "_Engine":
        if package not in self._loaded:
            self._loaded[package] = _load(package, self.device, self.threads)
        return self._loaded[package]


@dataclass(frozen=True, slots=True)
class _Engine:
    """One loaded package: its tokenizer, its decoder and the prefix that its target wants."""

    tokenizer: Any
    decoder: Any
    prefix: str

    def candidates(
        self, texts: Sequence[str], decoding: Decoding, max_batch_tokens: int
    ) -> list[Candidates]:
        tokens = [self.tokenizer.encode(text) for text in texts]
        results = self.decoder.translate_batch(
            tokens,
            target_prefix=[[self.prefix]] * len(tokens) if self.prefix else None,
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
            text = self._detokenize(tokens)
            answers.setdefault(text, Answer(text, decoding.mean_log_probability(score, tokens)))
        return tuple(answer for text, answer in answers.items() if text)

    def _detokenize(self, tokens: Iterable[str]) -> str:
        text: str = self.tokenizer.decode(list(tokens))
        # One row is one line, whatever the model says.
        return " ".join(text.removeprefix(self.prefix).split())


def _load(package: ArgosPackage, device: str, threads: int) -> _Engine:
    import ctranslate2
    from argostranslate.package import Package

    what = f"The Argos package {package.path.name!r}"
    with loading(what, "Install it again with `interlinear models download`."):
        argos = Package(package.path)
        decoder = ctranslate2.Translator(
            str(package.path / "model"), device=device, **_share(device, threads)
        )
        argos.tokenizer.encode("")  # which loads it
        return _Engine(argos.tokenizer, decoder, argos.target_prefix)


def _share(device: str, threads: int) -> dict[str, int]:
    """Give each core batches of its own: two cores in one batch are hardly faster than one."""
    return {"inter_threads": threads, "intra_threads": 1} if device == "cpu" else {}

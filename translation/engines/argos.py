"""Translate rows in large batches through Argos packages."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Protocol

from podcast.language import SOURCE, Language
from podcast.model_errors import loading
from podcast.progress import Report
from translation.engines.argos_packages import ArgosPackage, route

logger = logging.getLogger(__name__)


Candidates = tuple[str, ...]
"""What one row may be in the other language: different from each other, best first, maybe none."""


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


@dataclass(frozen=True, slots=True)
class TranslationOptions:
    """How to translate.

    Attributes:
        decoding: How to look for the answer.
        max_batch_tokens: Source tokens decoded together; larger is faster and takes more memory.
        slice_size: Rows between two reports of progress.
    """

    decoding: Decoding = field(default_factory=Decoding)
    max_batch_tokens: int = 1024
    slice_size: int = 512


class Translator(Protocol):
    """Says English rows in another language."""

    def translate(self, texts: Sequence[str], target: Language, report: Report) -> tuple[str, ...]:
        """Return one translation for each text, in order; an empty one where nothing came out.

        Args:
            texts: English, one row each.
            target: The language to translate into.
            report: Called as the work goes on.
        """
        ...

    def candidates(
        self, texts: Sequence[str], target: Language, decoding: Decoding, report: Report
    ) -> tuple[Candidates, ...]:
        """Return several translations for each text, in order, each row's best first.

        Args:
            texts: English, one row each.
            target: The language to translate into.
            decoding: How many answers, and how to look for them.
            report: Called as the work goes on.
        """
        ...

    def describe(self, target: Language) -> str:
        """Name the way that a translation takes, such as "en->ko 1.0"."""
        ...


@dataclass(slots=True)
class ArgosTranslator:
    """Argos packages, each loaded when it is first needed.

    Attributes:
        packages: The installed packages.
        options: How to decode.
        device: "cpu", "cuda" or "auto".
        threads: CPU threads of each package; a batch takes one.
    """

    packages: tuple[ArgosPackage, ...]
    options: TranslationOptions = field(default_factory=TranslationOptions)
    device: str = "cpu"
    threads: int = 1
    _loaded: dict[ArgosPackage, "_Engine"] = field(default_factory=dict)

    def translate(self, texts: Sequence[str], target: Language, report: Report) -> tuple[str, ...]:
        """See `Translator.translate`. Identical rows are translated once."""
        found = self.candidates(texts, target, self.options.decoding, report)
        return tuple(next(iter(candidates), "") for candidates in found)

    def candidates(
        self, texts: Sequence[str], target: Language, decoding: Decoding, report: Report
    ) -> tuple[Candidates, ...]:
        """See `Translator.candidates`. Identical rows are translated once."""
        distinct = list(dict.fromkeys(text for text in texts if text.strip()))
        known: dict[str, Candidates] = dict.fromkeys(texts, ())
        size = self.options.slice_size
        for start in range(0, len(distinct), size):
            rows = distinct[start : start + size]
            known.update(zip(rows, self._through(rows, target, decoding), strict=True))
            report(min(1.0, (start + size) / len(distinct)))
        return tuple(known[text] for text in texts)

    def describe(self, target: Language) -> str:
        """See `Translator.describe`."""
        steps = route(self.packages, SOURCE.value, target.value)
        return ", ".join(f"{p.source}->{p.target} {p.version}" for p in steps)

    def _through(
        self, rows: Sequence[str], target: Language, decoding: Decoding
    ) -> list[Candidates]:
        """Take the one best answer of every step but the last, so that a row stays a row."""
        *steps, last = route(self.packages, SOURCE.value, target.value)
        alone = replace(decoding, num_hypotheses=1)
        for step in steps:
            found = self._engine(step).candidates(rows, alone, self.options.max_batch_tokens)
            rows = [next(iter(candidates), "") for candidates in found]
        return self._engine(last).candidates(rows, decoding, self.options.max_batch_tokens)

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
        self, rows: Sequence[str], decoding: Decoding, max_batch_tokens: int
    ) -> list[Candidates]:
        tokens = [self.tokenizer.encode(row) for row in rows]
        results = self.decoder.translate_batch(
            tokens,
            target_prefix=[[self.prefix]] * len(tokens) if self.prefix else None,
            replace_unknowns=True,
            max_batch_size=max_batch_tokens,
            batch_type="tokens",
            **asdict(decoding),
        )
        return [self._texts(result.hypotheses) for result in results]

    def _texts(self, hypotheses: Iterable[Iterable[str]]) -> Candidates:
        """Return what differs once it is text; different tokens may spell the same."""
        texts = dict.fromkeys(self._detokenize(tokens) for tokens in hypotheses)
        return tuple(text for text in texts if text)

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

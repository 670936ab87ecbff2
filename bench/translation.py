"""Measure translation beside argostranslate's own API, with a package of the real size."""

import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random

from bench.measuring import Figure, Way, measure
from bench.translation_models import build_translation
from demo.training.grammar import corpus
from podcast.language import Language
from podcast.model_reference import LoadOptions
from translation.conversation import SourceRow, Style
from translation.engines.argos import ArgosTranslator
from translation.engines.argos_packages import find_packages

Says = Callable[[Sequence[str]], object]

TARGETS = (Language.KO, Language.ZH, Language.JA)


def compare_translation(models: Path, n_rows: int, rounds: int, threads: int) -> tuple[Figure, ...]:
    """Translate rows into three languages: row by row, and as this project does.

    Args:
        models: Where packages of the real size are built.
        n_rows: Rows of one to three sentences.
        rounds: Counted runs of each way.
        threads: Of each package.
    """
    return measure(ways(models, n_rows, threads), rounds)


def ways(models: Path, n_rows: int, threads: int) -> tuple[Way, ...]:
    """Return argostranslate's way to translate rows, and ours; see `compare_translation`."""
    folder = models / "translation"
    packages = [build_translation(folder, target.value) for target in TARGETS]
    rows = talk(n_rows)
    own = [argostranslate_says(package, threads) for package in packages]
    translator = ArgosTranslator(
        packages=find_packages(folder), options=LoadOptions(threads=threads)
    )
    return (
        Way("argostranslate, row by row", partial(_each, own, rows)),
        Way("interlinear", partial(_translate, translator, rows)),
    )


def talk(n_rows: int) -> tuple[str, ...]:
    """Make up rows of one to three sentences."""
    random = Random(0)
    sentences = iter(sentence.en for sentence in corpus(3 * n_rows, seed=0, repeats=1))
    return tuple(" ".join(_some(sentences, random.randint(1, 3))) for _ in range(n_rows))


def argostranslate_says(package: Path, threads: int) -> Says:
    """Return argostranslate's own way through a package, each row a sentence."""
    os.environ["ARGOS_INTRA_THREADS"] = str(threads)  # read when the library is imported
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from argostranslate import settings
        from argostranslate.package import Package
        from argostranslate.translate import Language as Spoken
        from argostranslate.translate import PackageTranslation

    settings.intra_threads = threads
    argos = Package(package)
    said = Spoken("en", "English"), Spoken(argos.to_code, argos.to_name)
    translation = PackageTranslation(*said, argos)
    translation.sentencizer = _OneSentence()
    return lambda rows: tuple(translation.translate(row) for row in rows)


class _OneSentence:
    """Takes a row as one sentence; the library's own splitter is a download."""

    def split_sentences(self, text: str) -> list[str]:
        return [text]


def _each(ways: Sequence[Says], rows: Sequence[str]) -> None:
    for say in ways:
        say(rows)


def _translate(translator: ArgosTranslator, rows: Sequence[str]) -> None:
    for target in TARGETS:
        translator.translate([SourceRow(row) for row in rows], target, Style(), lambda _: None)


def _some(sentences: Iterator[str], n: int) -> Iterator[str]:
    return (next(sentences) for _ in range(n))

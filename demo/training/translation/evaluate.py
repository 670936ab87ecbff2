"""Count how many translations of a package are exactly the reference."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import ctranslate2
from argostranslate import package

from demo.training.translation.examples import Pair


@dataclass(frozen=True, slots=True)
class Miss:
    """A translation that is not the reference."""

    pair: Pair
    translation: str


def find_misses(folder: Path, pairs: Sequence[Pair]) -> list[Miss]:
    """Translate every source with the package in ``folder`` and return what came out wrong."""
    translations = translate(folder, [pair.source for pair in pairs])
    results = zip(pairs, translations, strict=True)
    return [Miss(pair, text) for pair, text in results if text != pair.target]


def translate(folder: Path, sentences: Sequence[str]) -> list[str]:
    """Translate sentences, each as a unit of its own, the way argostranslate does."""
    tokenizer = package.Package(folder).tokenizer
    translator = ctranslate2.Translator(str(folder / "model"), intra_threads=1)
    results = translator.translate_batch(
        [tokenizer.encode(sentence) for sentence in sentences],
        beam_size=4,
        num_hypotheses=4,
        length_penalty=0.2,
        replace_unknowns=True,
        max_batch_size=32,
        batch_type="tokens",
    )
    return [tokenizer.decode(result.hypotheses[0]).removeprefix(" ") for result in results]

"""Translate rows in large batches through Argos packages."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from podcast.errors import SetupError
from podcast.language import SOURCE, Language
from podcast.model_errors import loading
from podcast.model_reference import LoadOptions, ModelFolder
from translation.conversation import Answer, Candidates
from translation.engines.argos_packages import ArgosPackage, argos_settings, find_packages, route
from translation.engines.batch_decoding import BatchDecoder, Decoding, RowTranslator, open_model


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
        return ArgosTranslator(packages=packages, options=options)


@dataclass(slots=True, kw_only=True)
class ArgosTranslator(RowTranslator):
    """Argos packages, each loaded when it is first needed.

    Attributes:
        packages: The installed packages.
        options: What they are loaded on; a batch takes one thread.
    """

    packages: tuple[ArgosPackage, ...]
    options: LoadOptions = LoadOptions()  # noqa: RUF009  it is frozen
    _loaded: dict[ArgosPackage, BatchDecoder] = field(default_factory=dict)

    def describe(self, target: Language) -> str:
        """See `Translator.describe`."""
        steps = route(self.packages, SOURCE.value, target.value)
        return ", ".join(f"{p.source}->{p.target} {p.version}" for p in steps)

    def _decode(
        self, texts: Sequence[str], target: Language, decoding: Decoding
    ) -> list[Candidates]:
        """Take the one best answer of every step but the last, so that a row stays a row."""
        *steps, last = route(self.packages, SOURCE.value, target.value)
        alone = replace(decoding, num_hypotheses=1)
        for step in steps:
            found = self._decoder(step).candidates(texts, alone, self.max_batch_tokens)
            texts = [next(iter(candidates), Answer("")).text for candidates in found]
        return self._decoder(last).candidates(texts, decoding, self.max_batch_tokens)

    def _decoder(self, package: ArgosPackage) -> BatchDecoder:
        if package not in self._loaded:
            self._loaded[package] = _load(package, self.options)
        return self._loaded[package]


def _load(package: ArgosPackage, options: LoadOptions) -> BatchDecoder:
    from argostranslate.package import Package

    what = f"The Argos package {package.path.name!r}"
    with loading(what, "Install it again with `interlinear models download`."):
        argos = Package(package.path)
        model = open_model(package.path / "model", options)
        argos.tokenizer.encode("")  # which loads it
        prefix: str = argos.target_prefix

        def decode(tokens: list[str]) -> str:
            return str(argos.tokenizer.decode(tokens)).removeprefix(prefix)

        return BatchDecoder(model, argos.tokenizer.encode, decode, (prefix,) if prefix else ())

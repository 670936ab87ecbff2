"""The language pairs of the Argos package index, as models that can be listed and fetched."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from podcast.errors import SetupError
from podcast.language import SOURCE, TARGETS, Language
from podcast.model_reference import LoadOptions
from translation.engines.argos import ArgosFolder, ArgosTranslator
from translation.engines.argos_packages import argos_settings, check_package, find_packages, route
from translation.engines.translator import ReportBytes, TranslationModel

if TYPE_CHECKING:
    from audio.web.client import WebOptions

LICENCES = {Language.ZH: "CC-BY-4.0"}
"""Of packages that name one; the others describe their sources in a README."""


@dataclass(frozen=True, slots=True)
class ArgosPair(TranslationModel):
    """A package from English into one language, or packages that lead there over others."""

    def look(self, folder: Path | None = None) -> tuple[Path | None, tuple[str, ...]]:
        """See `TranslationModel.look`. The folder is that of the first package on the way."""
        try:
            packages = find_packages(folder)
        except SetupError as error:
            return folder or argos_settings().folder, (str(error),)
        try:
            steps = route(packages, SOURCE.value, self.target.value)
        except SetupError:
            return None, ()
        return steps[0].path, tuple(p for step in steps for p in check_package(step.path))

    def load(self, found: Path, options: LoadOptions) -> ArgosTranslator:
        """See `TranslationModel.load`."""
        return ArgosFolder(found.parent).load(options)

    def download(self, report: ReportBytes, web: "WebOptions") -> None:
        """See `TranslationModel.download`."""
        from translation.engines.argos_installation import download_package

        download_package(SOURCE.value, self.target.value, None, report, web=web)


PAIRS = tuple(
    ArgosPair(f"argos-{SOURCE}-{target}", target, 100, LICENCES.get(target, "see its README"))
    for target in TARGETS
)

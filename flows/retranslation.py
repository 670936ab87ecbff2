"""Translate single lines of a published episode again, as its other lines were translated."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from flows import models as catalogue
from flows.engines import engines
from flows.model_set import DEMO, ModelSet, identity
from flows.parameters import Wording
from flows.wording import GLOSSARY_NAME, EpisodeWording, load_wording
from outputs.recorded import EpisodeRecord, RecordedLine
from podcast.corrections import CORRECTED
from podcast.errors import BadInputError, SetupError
from podcast.language import Language
from podcast.transcript import Translation
from translation.ladder import climb
from translation.pairing import GIVEN
from translation.rows import settle_rows
from translation.translator import Translator

TRANSLATE = "translate"
"""The stage, in the record's provenance."""


def retranslate(record: EpisodeRecord, ids: Sequence[str], folder: Path) -> EpisodeRecord:
    """Translate lines again; what a human has translated stays.

    Args:
        record: With the lines as they should be.
        ids: Of the lines.
        folder: Of the episode; the show's glossary lies beside it.

    Raises:
        SetupError: The packages that translated the episode are not on this machine.
        BadInputError: The glossary of the show is not the one that the episode was made with.
    """
    wording = _wording_of(record, folder)
    translator = engines().translator(_models_of(record))
    texts = {line.id: line.meant or line.text for line in record.lines if line.id in set(ids)}
    said = {
        code: dict(
            zip(texts, say(tuple(texts.values()), Language(code), wording, translator), strict=True)
        )
        for code in record.titles
    }
    return replace(
        record,
        lines=tuple(
            replace(line, translations=_renewed(line, said)) if line.id in texts else line
            for line in record.lines
        ),
    )


def retitle(record: EpisodeRecord, title: str, folder: Path) -> EpisodeRecord:
    """Give an episode another title and translate that; what a human has translated stays.

    Raises:
        SetupError: The packages that translated the episode are not on this machine.
        BadInputError: The glossary of the show is not the one that the episode was made with.
    """
    wording = _wording_of(record, folder)
    translator = engines().translator(_models_of(record))
    titles = {
        code: before
        if before.made in {CORRECTED, GIVEN}
        else say((title,), Language(code), wording, translator)[0]
        for code, before in record.titles.items()
    }
    return replace(record, title=title, titles=titles)


def say(
    texts: tuple[str, ...], target: Language, wording: EpisodeWording, translator: Translator
) -> tuple[Translation, ...]:
    """Translate texts as the rows of an episode are, without keeping anything."""
    terms = wording.glossary.terms(target)

    def mend(rows: tuple[str, ...], raw: tuple[str, ...]) -> tuple[Translation, ...]:
        return climb(rows, raw, target, terms, translator, _silently)

    raw = translator.translate(texts, target, _silently)
    return settle_rows(texts, raw, target, terms, wording.typography, mend)


def _renewed(
    line: RecordedLine, said: Mapping[str, Mapping[str, Translation]]
) -> dict[str, Translation]:
    return {
        code: before if before.made == CORRECTED else said[code][line.id]
        for code, before in line.translations.items()
    }


def _silently(_fraction: float) -> None:
    """Report progress to nobody: it is a matter of seconds."""


def _models_of(record: EpisodeRecord) -> ModelSet:
    """Find the packages by their content, wherever they lie.

    A record names no folder of the machine that made it.
    """
    wanted = record.provenance.models[TRANSLATE]
    for packages in (DEMO.packages, catalogue.packages_folder()):
        if packages.is_dir() and identity(packages) == wanted:
            return replace(DEMO, packages=packages)
    raise SetupError(
        f"{record.title!r} was translated with the packages {wanted}, which are not on this "
        "machine any more. Process the episode again: it keeps its corrections."
    )


def _wording_of(record: EpisodeRecord, folder: Path) -> EpisodeWording:
    options = record.provenance.options[TRANSLATE]
    style = Wording(
        latin_spacing=bool(options["latin_spacing"]), full_width=bool(options["full_width"])
    )
    wording = load_wording(style, folder)
    if wording.glossary_sha256 != options["glossary"]:
        raise BadInputError(
            f"{record.title!r} was translated with another {GLOSSARY_NAME} than the one of the "
            "show now. Process the episode again: it keeps its corrections."
        )
    return wording

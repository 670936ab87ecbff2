"""Translate single lines of a published episode again, as its other lines were translated."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from flows.models.translators import (
    DEMO_TRANSLATORS,
    Translators,
    find_translators,
    load_translators,
)
from flows.parameters import Models
from flows.published.folders import GLOSSARY_NAME
from flows.stages.kept_texts import conversation_in
from flows.stages.provenance import TRANSLATOR, Way, way_of
from flows.stages.translation_style import EpisodeWording, load_wording, wording_described
from outputs.record.record_types import EpisodeRecord, RecordedLine
from podcast.errors import BadInputError, SetupError
from podcast.language import Language
from podcast.transcript import BY_HAND, Made, Translation
from translation.conversation import (
    Answer,
    SourceRow,
    alone,
    answers_in_context,
)
from translation.engines.translator import Translator
from translation.fallbacks.rows import settle_rows
from translation.fallbacks.strategies import retry_failed


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
    rows = conversation_in(record)
    wanted = {line.id: row for row, line in enumerate(record.lines, 1) if line.id in set(ids)}
    said = {
        code: dict(
            zip(
                wanted,
                _say_as_before(rows, tuple(wanted.values()), record, Language(code), folder),
                strict=True,
            )
        )
        for code in record.titles
    }
    return replace(
        record,
        lines=tuple(
            replace(line, translations=_renewed(line, said)) if line.id in wanted else line
            for line in record.lines
        ),
    )


def retitle(record: EpisodeRecord, title: str, folder: Path) -> EpisodeRecord:
    """Give an episode another title and translate that; what a human has translated stays.

    Raises:
        SetupError: The packages that translated the episode are not on this machine.
        BadInputError: The glossary of the show is not the one that the episode was made with.
    """
    rows = (SourceRow(title),)
    titles = {
        code: before
        if before.made in BY_HAND
        else _say_as_before(rows, (0,), record, Language(code), folder)[0]
        for code, before in record.titles.items()
    }
    return replace(record, title=title, titles=titles)


def say(
    rows: Sequence[SourceRow],
    wanted: Sequence[int],
    target: Language,
    wording: EpisodeWording,
    translators: Sequence[Translator],
) -> tuple[Translation, ...]:
    """Translate some rows of an episode as its others were, without keeping anything."""
    style = wording.style(target)

    def ask(rows: tuple[SourceRow, ...]) -> tuple[Answer, ...]:
        return translators[0].translate(rows, target, style, _silently)

    def retry(rows: tuple[SourceRow, ...], raw: tuple[Answer, ...]) -> tuple[Translation, ...]:
        return retry_failed(rows, raw, target, style, translators, _silently)

    asked = tuple(rows[place] for place in wanted)
    if translators[0].reads_context:
        raw = answers_in_context(rows, wanted, ask)
    else:
        raw = ask(alone(asked))
    return settle_rows(asked, raw, target, style, wording.typography, retry)


def _renewed(
    line: RecordedLine, said: Mapping[str, Mapping[str, Translation]]
) -> dict[str, Translation]:
    return {
        code: before if before.made == Made.CORRECTED else said[code][line.id]
        for code, before in line.translations.items()
    }


def _silently(_fraction: float) -> None:
    """Report progress to nobody: it is a matter of seconds."""


def _say_as_before(
    rows: Sequence[SourceRow],
    wanted: Sequence[int],
    record: EpisodeRecord,
    target: Language,
    folder: Path,
) -> tuple[Translation, ...]:
    way, what = way_of(record.provenance, target), f"The {target.label} of {record.title!r}"
    wording = _wording_of(way, folder, what)
    translators = load_translators(_translators_of(way, target, what), target)
    return say(rows, wanted, target, wording, translators)


def _translators_of(way: Way, target: Language, what: str) -> Translators:
    """Find the translator by its content, wherever its model lies.

    A record names no folder of the machine that made it.
    """
    wanted, here = way.get(TRANSLATOR) or way["packages"], find_translators(Models())
    for translators in (DEMO_TRANSLATORS, here, Translators(here.usual)):
        if translators.into(target)[0].identity() == wanted:
            return translators
    raise SetupError(
        f"{what} was made with {wanted}, which is not among the translators of this machine any "
        "more. Process the episode again in that language: it keeps its corrections."
    )


def _wording_of(way: Way, folder: Path, what: str) -> EpisodeWording:
    wording = load_wording(wording_described(way), folder)
    if wording.glossary_sha256 != way["glossary"]:
        raise BadInputError(
            f"{what} was made with another {GLOSSARY_NAME} than the one of the show now. "
            "Process the episode again in that language: it keeps its corrections."
        )
    return wording

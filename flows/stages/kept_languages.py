"""Keep the languages of a published episode that the run which replaces it was not asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from flows.models.translators import describe_translators
from flows.published.published_record import manifest_before, newest_record
from flows.stages.kept_texts import conversation_in, kept_translations
from flows.stages.provenance import description_of, way_into, way_of, with_way
from flows.stages.request import EpisodeRequest
from flows.stages.translating import translate_some
from outputs.record.episode_record import with_language
from outputs.record.record_types import EpisodeRecord
from podcast.errors import SetupError
from podcast.language import Language, parse_targets

MIXED = "mixed"
"""Marks the way of a language some of whose rows are older and were translated in another way."""


@dataclass(frozen=True, slots=True)
class Languages:
    """What became of the languages of an episode in a run.

    Attributes:
        made: Those that the run was asked for.
        kept: The others that were there -> how many of their texts had to be translated anew.
        gone: Those that were taken away.
    """

    made: tuple[Language, ...]
    kept: Mapping[Language, int]
    gone: tuple[Language, ...]

    def __str__(self) -> str:
        return "; ".join(self._sentences())

    def _sentences(self) -> Iterator[str]:
        yield f"asked for: {', '.join(language.label for language in self.made)}"
        for language, n_new in self.kept.items():
            texts = "1 text, which is" if n_new == 1 else f"{n_new} texts, which are"
            but = f" but for {texts} translated anew" if n_new else ""
            yield f"{language.label} stays as it was published{but}"
        for language in self.gone:
            yield f"{language.label} was taken away"


def keep_languages(
    record: EpisodeRecord, request: EpisodeRequest, *, only: bool
) -> tuple[EpisodeRecord, Languages]:
    """Take over the languages of the published episode that a run was not asked for.

    A text whose English is the same keeps its translation; the others are translated, since every
    language has all rows.

    Args:
        record: What the run has made. The lock of its folder must be held.
        request: What the run was asked for.
        only: Leave the other languages out.

    Raises:
        SetupError: A language has to be translated, and its packages are not on this machine.
    """
    before = newest_record(request.folder, request.episode) or replace(record, titles={}, lines=())
    others = tuple(t for t in _published_in(request.folder, before) if t not in request.targets)
    if only:
        return record, Languages(request.targets, {}, others)
    kept: dict[Language, int] = {}
    for target in others:
        record, kept[target] = _with_kept(record, before, target, request)
    return record, Languages(request.targets, kept, ())


def _published_in(folder: Path, before: EpisodeRecord) -> tuple[Language, ...]:
    """Return the languages of an episode, also if its record cannot be read."""
    manifest = None if before.titles else manifest_before(folder)
    codes = manifest.languages if manifest else before.titles
    return parse_targets(codes) if codes else ()


def _with_kept(
    record: EpisodeRecord, before: EpisodeRecord, target: Language, request: EpisodeRequest
) -> tuple[EpisodeRecord, int]:
    """Put a language into a record; say as well how many of its texts had to be translated."""
    known = kept_translations(record, before, target, request.corrections)
    new = [place for place, kept in enumerate(known) if kept is None]
    way, described = way_of(before.provenance, target), description_of(before.provenance, target)
    if new:
        now = way_into(record.provenance, target, request.models.translators)
        described = _description(target, request)
        way = {**now, MIXED: True} if any(known) and way != now else now
    made = with_way(record.provenance, target, way, described)
    said = iter(translate_some(conversation_in(record), new, target, request) if new else ())
    title, *rows = (kept or next(said) for kept in known)
    return with_language(replace(record, provenance=made), target, title, rows), len(new)


def _description(target: Language, request: EpisodeRequest) -> str:
    """Name the models of this run into a language that it was not asked for."""
    try:
        return describe_translators(request.models.translators, target)
    except SetupError as error:
        raise SetupError(
            f"{request.folder} is published in {target.label}, too, and what is new in the English "
            f"cannot be said in it: {error} Or take that language away with --only."
        ) from error

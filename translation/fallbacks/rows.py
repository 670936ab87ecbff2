"""From what the model made of rows to what is published: judged, mended where it fails, and set."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from podcast.language import Language
from podcast.register import Register
from podcast.transcript import Made, Translation
from translation.conversation import Answer, SourceRow, Style
from translation.fallbacks.strategies import first_strategy
from translation.register.rewording import in_register
from translation.typography.typesetting import TypographyOptions, typeset

Retry = Callable[[tuple[SourceRow, ...], tuple[Answer, ...]], Sequence[Translation]]
"""Takes the rows that failed, each once, and what the model made of them."""


def settle_rows(  # noqa: PLR0913, PLR0917  the rows, how they are worded, and who mends them
    sources: Sequence[SourceRow],
    raw: Sequence[Answer],
    target: Language,
    style: Style,
    typography: TypographyOptions,
    retry: Retry,
) -> tuple[Translation, ...]:
    """Make every row fit to be published, or keep its English.

    Args:
        sources: The English rows.
        raw: What the model made of each.
        target: The language of the translations.
        style: With the terms of the show, and the registers that are wished for.
        typography: How the rows are set.
        retry: Asked once, and only if a row fails.

    Returns:
        One for each row, in order.
    """
    alone = [replace(source, pause=0.0) for source in sources]  # as equal as rows can be
    judged = first_strategy(alone, raw, target, style.terms)
    rows = zip(alone, raw, judged, strict=True)
    failing = {source: answer for source, answer, translation in rows if translation is None}
    tried = retry(tuple(failing), tuple(failing.values())) if failing else ()
    mended = dict(zip(failing, tried, strict=True))
    return tuple(
        _typeset(
            translation or mended[source], target, typography, style.register_of(source.speaker)
        )
        for source, translation in zip(alone, judged, strict=True)
    )


def _typeset(
    row: Translation, target: Language, options: TypographyOptions, register: Register | None
) -> Translation:
    if row.made == Made.SOURCE:
        return row  # It is English, and stays as it is.
    text = typeset(row.text, target, options)
    return replace(row, text=in_register(text, target, register) if register else text)

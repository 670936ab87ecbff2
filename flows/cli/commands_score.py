"""The command `score`: how far a published episode is from a reference."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.cli.exit_codes import EPILOG
from podcast.language import TARGETS, Language

if TYPE_CHECKING:
    from outputs.scoring.references import Reference
    from outputs.scoring.scores import LeftOut, Measure

FORMATS = ("txt", "stm", "ctm", "rttm", "pairs", "srt", "vtt")
"""Those of `outputs.scoring.references.ReferenceFormat`."""


@click.command(epilog=EPILOG)
@click.argument("reference", type=click.Path(path_type=Path))
@click.argument("record", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="Format of the reference.  [by its name; ko.txt and the like are pairs]",
)
@click.option(
    "--language",
    type=click.Choice([language.value for language in TARGETS]),
    help="Language of the translations of a line-pair text.  [by its name]",
)
@click.option(
    "--collar",
    type=click.FloatRange(min=0),
    default=0.0,
    show_default=True,
    help="Seconds on each side of a change of speaker that DER does not count.",
)
@click.option("--skip-overlap", is_flag=True, help="Leave out of DER where several people speak.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def score(
    reference: Path,
    record: Path,
    format_: str | None,
    language: str | None,
    as_json: bool,
    **of_der: Any,
) -> None:
    """Measure the episode RECORD against the file REFERENCE.

    RECORD is an episode.json or the folder that holds it. The reference tells what can be measured:
    plain text (txt) and CTM give WER, STM gives WER, cpWER and DER, RTTM gives DER, and a line-pair
    text gives WER and chrF. Captions, SRT or WebVTT, give WER, and cpWER and DER if they say who
    speaks. Words are compared in lower case and without punctuation.
    """
    from flows.published.published_record import read_published
    from outputs.scoring.reference_doubts import doubts_about_reference
    from outputs.scoring.references import ReferenceFormat, load_reference
    from outputs.scoring.scores import ScoreOptions
    from outputs.scoring.scores import score as measure

    expected = load_reference(
        reference,
        ReferenceFormat(format_) if format_ else None,
        Language(language) if language else None,
    )
    heard = read_published(record).record
    click.echo("Measuring ...", err=True)
    found = measure(heard, expected, ScoreOptions(**of_der))
    for doubt in doubts_about_reference(heard, expected, found):
        click.echo(f"Warning: {doubt}", err=True)
    show = _document if as_json else _table
    click.echo(show(expected, found))


def _table(reference: "Reference", found: "Sequence[Measure | LeftOut]") -> str:
    return "\n".join(_rows(reference, found))


def _rows(reference: "Reference", found: "Sequence[Measure | LeftOut]") -> Iterator[str]:
    """Lay out what was measured, then what was not, then how words were compared."""
    from outputs.scoring.scores import LeftOut
    from outputs.scoring.word_errors import NORMALISATION

    left_out = [one for one in found if isinstance(one, LeftOut)]
    measured = [one for one in found if not isinstance(one, LeftOut)]
    yield from (f"{one.name:<8} {one.shown:>7}  {one.says}" for one in measured)
    if measured:
        yield ""
    yield from (f"Not measured: {one.name}, because {one.why}." for one in left_out)
    yield f"Reference: {reference.name}, read as {reference.format}."
    if any(one.name == "WER" for one in measured):
        yield f"Words are compared in {NORMALISATION}."


def _document(reference: "Reference", found: "Sequence[Measure | LeftOut]") -> str:
    from outputs.scoring.scores import LeftOut
    from outputs.scoring.word_errors import NORMALISATION

    document = {
        "reference": reference.name,
        "format": reference.format.value,
        "normalisation": NORMALISATION,
        "measures": {
            one.name: {"value": one.value, **one.parts}
            for one in found
            if not isinstance(one, LeftOut)
        },
        "left_out": {one.name: one.why for one in found if isinstance(one, LeftOut)},
    }
    return json.dumps(document, ensure_ascii=False, indent=1)

"""The command for mistakes of the models: `correct`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from podcast.editing.corrections import Correction, line_id, plain_text, same_text
from podcast.errors import BadInputError
from podcast.language import TARGETS

if TYPE_CHECKING:
    from flows.published.correcting import Retranslate
    from outputs.editing.corrected_record import CorrectedRecord
    from outputs.record.record_types import EpisodeRecord


def _with_languages(command: Any) -> Any:
    for language in reversed(TARGETS):
        says = f"The {language.label} as it should be."
        command = click.option(f"--{language.value}", metavar="TEXT", help=says)(command)
    return command


@click.command()
@click.argument("episode", type=click.Path(path_type=Path))
@click.argument("line", metavar="[LINE_ID]", required=False)
@click.option("--text", help="The English as it should be.")
@click.option("--speaker", help="Who says it: a name on the page, or an id.")
@_with_languages
@click.option("--list", "lists", is_flag=True, help="Show the corrections, and which are unused.")
@click.option("--find", metavar="TEXT", help="Show the lines whose English holds TEXT.")
def correct(
    episode: Path, line: str | None, lists: bool, find: str | None, **options: str | None
) -> None:
    """Put a line of a published EPISODE right, for good: later runs keep it.

    EPISODE is the folder of a published episode, or the episode.json in it. The correction goes
    into the file <folder>.corrections.yaml. Without a LINE_ID, that file is applied as it stands,
    after changes by hand.
    """
    from flows.published.correcting import look_at_corrections
    from flows.published.published_record import read_published

    given = {name: text for name, text in options.items() if text is not None}
    if lists or find is not None:
        if given or line is not None or (lists and find is not None):
            raise click.UsageError("--list and --find show something; they stand alone.")
        published = read_published(episode)
        if find is not None:
            _print_found(published.record, find)
        else:
            _print_corrections(look_at_corrections(published))
        return
    _correct(episode, _wanted(line, given))


def _correct(path: Path, wanted: Correction | None) -> None:
    from flows.published.correcting import apply_corrections, keep_correction
    from flows.published.published_record import editing

    with editing(path) as episode:
        if wanted:
            click.echo(f"Kept in {keep_correction(episode, wanted)}")
        outcome = apply_corrections(episode, _retranslator(episode.folder))
    if wanted:
        _print_line(outcome.record, wanted.line)
    for unused in outcome.corrected.unused:
        click.echo(f"Not used: {unused.says}", err=True)
    done = "Published again in" if outcome.is_published else "Nothing had to change in"
    click.echo(f"{done} {episode.folder}")


def _wanted(line: str | None, given: dict[str, str]) -> Correction | None:
    """Read the options; None where they ask for no new correction."""
    if line is None and not given:
        return None
    if line is None:
        raise click.UsageError("Say which line by its LINE_ID; --find shows it.")
    if not given:
        raise click.UsageError("Say what is wrong: --text, --speaker, --ko, --zh or --ja.")
    plain = {name: _plain(name, text) for name, text in given.items()}
    return Correction(
        line=line_id(line),
        was="",
        text=plain.get("text", ""),
        speaker=plain.get("speaker", ""),
        translations=tuple((x, plain[x.value]) for x in TARGETS if x.value in plain),
    )


def _plain(option: str, text: str) -> str:
    try:
        return plain_text(text)
    except BadInputError as error:
        raise click.BadParameter(f"it {error}.", param_hint=f"--{option}") from error


def _retranslator(folder: Path) -> "Retranslate":
    def say_again(record: "EpisodeRecord", ids: Sequence[str]) -> "EpisodeRecord":
        from flows.retranslation.line_retranslation import (
            retranslate,  # it loads models; most corrections need none
        )

        return retranslate(record, ids, folder)

    return say_again


def _print_line(record: "EpisodeRecord", id_: str) -> None:
    line = next(line for line in record.lines if line.id == id_)
    name = next(speaker.name for speaker in record.speakers if speaker.id == line.speaker)
    click.echo(f"\n{line.id}  {name}\n  {record.language}  {line.text}")
    for code, translation in line.translations.items():
        click.echo(f"  {code}  {translation.text}")
    click.echo()


def _print_found(record: "EpisodeRecord", text: str) -> None:
    from flows.cli.terminal_tables import print_table
    from outputs.linepairs import timestamp

    names = {speaker.id: speaker.name for speaker in record.speakers}
    wanted = same_text(text).casefold()
    rows = [
        (line.id, timestamp(line.start), names[line.speaker], line.text)
        for line in record.lines
        if wanted in same_text(line.text).casefold()
    ]
    if rows:
        print_table(("Line", "At", "Speaker", "English"), rows)
    else:
        click.echo(f"No line of this episode holds {text!r}.")


def _print_corrections(corrected: "CorrectedRecord") -> None:
    from flows.cli.terminal_tables import print_table

    used = [(u.before.id, u.correction.was, _says(u.correction), "used") for u in corrected.used]
    unused = [
        (u.correction.line, u.correction.was, _says(u.correction), f"not used: {u.why}")
        for u in corrected.unused
    ]
    if not (used or unused):
        click.echo("No line of this episode is corrected.")
        return
    print_table(("Line", "Was", "Correction", "State"), [*used, *unused])


def _says(correction: Correction) -> str:
    speaker = f"({correction.speaker})" if correction.speaker else ""
    texts = [f"{language.value}: {text}" for language, text in correction.translations]
    return " ".join(part for part in (correction.text, speaker, *texts) if part)

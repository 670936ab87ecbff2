"""The command that makes all files again from the records: `render`."""

import sys
import time
from pathlib import Path

import click

from flows.cli.exit_codes import EXIT_BAD_INPUT
from outputs.markup.page_labels import all_labels
from outputs.markup.pair_order import PairOrder


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--interface", type=click.Choice(list(all_labels())), help="Change it.  [as it was]")
@click.option(
    "--order",
    type=click.Choice([order.value for order in PairOrder]),
    help="Change it.  [as it was]",
)
@click.option("--page-audio", metavar="ADDRESS", help="Change it.  [as it was]")
@click.option("--processes", type=click.IntRange(1, 256), help="Side by side.  [one for each core]")
def render(
    path: Path | None,
    interface: str | None,
    order: str | None,
    page_audio: str | None,
    processes: int | None,
) -> None:
    """Make the files of published episodes again from their records, without any model.

    PATH is the folder of an episode, of a show, or of all; without it, the folder of all. The
    pages' own words can be put into another language (--interface) and captions in two languages
    turned around (--order), and the pages told where the recording is (--page-audio, a web address
    or a path relative to the page); the episodes keep that.
    """
    from flows.published.mirroring import mirror_again
    from flows.published.rendering import (
        RenderingChanges,
        find_episodes,
        list_again,
        render_episodes,
    )
    from flows.settings import settings

    started = time.monotonic()
    where = path or settings().out
    folders = find_episodes(where)
    failed = 0
    changes = RenderingChanges(interface, order, page_audio)
    for done in render_episodes(folders, changes, processes):
        if done.error:
            failed += 1
            click.echo(f"Not rendered: {done.error}", err=True)
    for problem in list_again(where, folders):
        click.echo(f"Not listed: {problem}", err=True)
    if settings().mirror:
        mirror_again(folders, settings().mirror)
    count = len(folders) - failed
    episodes = "1 episode" if count == 1 else f"{count} episodes"
    click.echo(f"Rendered {episodes} in {time.monotonic() - started:.1f} s.")
    if failed:
        sys.exit(EXIT_BAD_INPUT)

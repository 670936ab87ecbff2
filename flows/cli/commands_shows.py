"""The commands for shows that are followed: `shows check`."""

import sys
from pathlib import Path

import click

from flows.cli.exit_codes import EPILOG, exit_code
from podcast.errors import BadInputError, InterlinearError


@click.group(epilog=EPILOG)
def shows() -> None:
    """Look after the shows that are followed."""


@shows.command(epilog=EPILOG)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
def check(paths: tuple[Path, ...]) -> None:
    """Read show files, ask for their feeds and print what a poll would do; nothing is done.

    PATH is a show file or a folder of them; without it, the folder "shows". The exit code is that
    of the first file that cannot be used.
    """
    from flows.shows.show_preview import preview

    failed = 0
    for path in _show_files(paths or (Path("shows"),)):
        try:
            found = preview(path)
        except InterlinearError as error:
            failed = failed or exit_code(error)
            click.echo(f"{path.stem}: {error}", err=True)
            continue
        count = len(found.planned)
        click.echo(f"{path.stem}: {found.title}, {found.episodes} episodes, {count} to do")
        for planned in found.planned:
            click.echo(f"  {planned.work:<8} {planned.published:<16} {planned.title}")
    sys.exit(failed)


def _show_files(paths: tuple[Path, ...]) -> list[Path]:
    files = [f for p in paths for f in (sorted(p.glob("*.toml")) if p.is_dir() else [p])]
    if not files:
        places = ", ".join(str(path.resolve()) for path in paths)
        raise BadInputError(f"There is no show file in {places}. See docs/shows.md.")
    return files

"""The `interlinear` command: its parts, and how it leaves. See `flows.cli.exit_codes`."""

import json
import os
import sys
from pathlib import Path

import click

from audio.files.source import read_file
from flows.cli.commands_correct import correct
from flows.cli.commands_feed import feed
from flows.cli.commands_local import down, up, worker
from flows.cli.commands_mirror import mirror
from flows.cli.commands_models import doctor, models
from flows.cli.commands_process import demo, process
from flows.cli.commands_render import render
from flows.cli.commands_score import score
from flows.cli.commands_shows import shows
from flows.cli.commands_speakers import speakers
from flows.cli.exit_codes import EPILOG, EXIT_INTERRUPTED, exit_code
from flows.settings import shell_folder
from outputs.library.versions import VERSIONS
from podcast.errors import BadInputError, InterlinearError


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EPILOG,
)
@click.version_option(package_name="interlinear")
def cli() -> None:
    """Turn podcast audio into bilingual line-pair transcripts, on this machine.

    Start with `interlinear demo`, then `interlinear doctor` for real episodes.
    """


@cli.command(epilog=EPILOG)
@click.argument("page", type=click.Path(path_type=Path))
@click.option("--render", is_flag=True, help="Write the page back, byte for byte.")
def pairs(page: Path, render: bool) -> None:
    """Print a line-pair text as JSON: its header and its pairs."""
    from outputs.linepairs import doubts_about, parse_page, render_page

    parsed = parse_page(_read_text(page), page.name)
    for doubt in doubts_about(parsed, page.name):
        click.echo(f"Warning: {doubt}", err=True)
    if render:
        sys.stdout.buffer.write(render_page(parsed).encode())
        return
    document = {"header": parsed.header, "pairs": parsed.pairs}
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


COMMANDS = (
    *(process, demo, models, doctor, speakers, correct),
    *(score, render, feed, shows, mirror, up, down, worker),
)
for command in COMMANDS:
    cli.add_command(command)


def main() -> None:
    """Run the command and leave with its exit code; a user's mistake never shows a traceback."""
    _leave_replaced_folder()
    try:
        cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted. Finished stages are kept; the same command goes on.", err=True)
        sys.exit(EXIT_INTERRUPTED)
    except InterlinearError as error:
        for problem in str(error).splitlines():
            click.echo(f"Error: {problem}", err=True)
        sys.exit(exit_code(error))


def _leave_replaced_folder() -> None:
    """Go where the shell says that it is: a folder that is published again is another one."""
    try:
        is_current = VERSIONS not in Path.cwd().parts
    except FileNotFoundError:
        is_current = False
    folder = shell_folder()
    if not is_current and folder.is_dir():
        os.chdir(folder)


def _read_text(path: Path) -> str:
    try:
        return read_file(path, str(path)).decode()
    except UnicodeDecodeError as error:
        raise BadInputError(f"{path.name} is not UTF-8 text (byte {error.start}).") from error


if __name__ == "__main__":
    main()

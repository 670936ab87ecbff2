"""The commands that look after models: `models list`, `download`, `check`, and `doctor`."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from flows.cli.exit_codes import EXIT_SETUP
from flows.cli.terminal_tables import print_table
from podcast.errors import InterlinearError, OutOfMemoryError, SetupError

if TYPE_CHECKING:
    from rich.console import Console

    from flows.cli.doctor import Diagnosis
    from flows.models.model_catalogue import Model
    from flows.models.model_status import ModelStatus
    from speech.hub.hub_snapshots import ReportBytes

COLOURS = {
    "ready": "green",
    "ok": "green",
    "warning": "yellow",
    "missing": "red",
    "broken": "red",
    "failed": "red",
}


@click.group()
def models() -> None:
    """List, download and check the models."""


@models.command("list")
def list_models() -> None:
    """Show every model: what it is for, how big, its licence, and whether it is here.

    Translators follow that INTERLINEAR_TRANSLATORS names, and the models of the server of language
    models (INTERLINEAR_LLM_URL).
    """
    from flows.models.model_catalogue import CATALOGUE, HERE, Kind
    from flows.models.model_status import status
    from flows.models.translator_status import translator_statuses

    rows = [
        (s.model.name, s.model.kind, s.model.note, _size(s.model), _licence(s.model), s.state)
        for s in status(CATALOGUE, HERE)
    ]
    rows += [
        (
            s.name,
            Kind.TRANSLATION,
            f"to {s.languages}" if s.languages else "",
            "-",
            s.licence,
            s.state,
        )
        for s in translator_statuses()
    ]
    print_table(("Model", "Does", "Take it for", "Download", "Licence", "State"), rows, COLOURS)


@models.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
def download(names: tuple[str, ...]) -> None:
    """Fetch models by NAME, or all that this machine needs for real episodes.

    A NAME is one of `models list`, whisper-<size>, or owner/name of the model hub. The hub token
    for models behind a licence is taken from HF_TOKEN. What is here already is not fetched again.
    """
    from flows.models.device import device
    from flows.models.model_catalogue import wanted_models

    chosen = _named(names) or wanted_models(device())
    errors = [error for model in chosen if (error := _fetch(model))]
    for error in errors[1:]:
        click.echo(f"Error: {error}", err=True)
    if errors:
        raise errors[0]


@models.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--load", is_flag=True, help="Load each model, too, as a run would.")
def check(names: tuple[str, ...], load: bool) -> None:
    """Look into the files of the models by NAME, or of all that are here and of the demo's.

    Without a NAME the translators of the settings are looked at, too.
    """
    from flows.models.model_catalogue import CATALOGUE, DEMO_CATALOGUE, HERE
    from flows.models.model_status import State, status
    from flows.models.translator_status import translator_statuses

    found = status(_named(names) or CATALOGUE, HERE)
    if not names:
        found = tuple(s for s in found if s.state is not State.MISSING or s.model in DEMO_CATALOGUE)
    rows = [(s.model.name, *_verdict(s, load=load)) for s in found]
    rows += [(s.name, s.state, s.says) for s in (() if names else translator_statuses())]
    print_table(("Model", "State", "Says"), rows, COLOURS)
    if any(state != State.READY for _, state, _ in rows):
        sys.exit(EXIT_SETUP)


@click.command()
@click.option("--real", is_flag=True, help="Count missing models for real episodes as missing.")
def doctor(real: bool) -> None:
    """Say what is missing on this machine and how to get it.

    Leaves with exit code 5 if the demo cannot run, or, with --real, real episodes.
    """
    from flows.cli.doctor import is_incomplete

    with _console().status("Looking around ..."):
        findings = _examine(wants_real=real)
    rows = [(f.name, f.state, f.says) for f in findings]
    print_table(("Check", "State", "Says"), rows, COLOURS)
    _print_cures(findings)
    if is_incomplete(findings):
        sys.exit(EXIT_SETUP)
    click.echo(f"\n{_conclusion(findings)}")


def _named(names: Sequence[str]) -> "tuple[Model, ...]":
    from flows.models.model_catalogue import find_model

    try:
        return tuple(find_model(name) for name in names)
    except SetupError as error:
        raise click.BadParameter(str(error)) from error


def _examine(*, wants_real: bool) -> "tuple[Diagnosis, ...]":
    from flows.cli.doctor import diagnose, inspect_machine, judge_translators
    from flows.models.device import device
    from flows.models.model_catalogue import DEMO_CATALOGUE, HERE, wanted_models
    from flows.models.model_status import status
    from flows.models.translator_status import translator_statuses
    from flows.settings import settings
    from speech.hub.hub_snapshots import cache_folder
    from translation.engines.translator_factory import model_folders

    folders = (
        ("cache", settings().cache),
        ("output", settings().out),
        ("model cache", cache_folder(HERE.hub)),
        *model_folders().items(),
    )
    statuses = status((*DEMO_CATALOGUE, *wanted_models(device())), HERE)
    return (
        *diagnose(inspect_machine(folders, device()), statuses, wants_real=wants_real),
        *judge_translators(translator_statuses(), wants_real=wants_real),
    )


def _print_cures(findings: "Iterable[Diagnosis]") -> None:
    """Print what to do, each thing once, with everything that it helps."""
    helped: dict[str, list[str]] = {}
    for finding in findings:
        if finding.cure:
            helped.setdefault(finding.cure, []).append(finding.name)
    if helped:
        click.echo("\nWhat to do:")
    for cure, names in helped.items():
        click.echo(f"  {', '.join(names)}: {cure}")


def _conclusion(findings: "Iterable[Diagnosis]") -> str:
    if any(finding.state == "warning" for finding in findings):
        return "The demo can run: `interlinear demo`. Real episodes need the things above."
    return "Everything is here, for the demo and for real episodes."


def _fetch(model: "Model") -> InterlinearError | None:
    """Fetch one model and say how it went; an error of ours comes back, so that others go on."""
    from flows.models.model_catalogue import HERE
    from flows.models.model_status import fetch
    from flows.settings import hub_token

    try:
        with _progress(model.name) as report:
            folder = fetch(model, hub_token(), report, HERE)
    except InterlinearError as error:
        click.echo(f"{model.name}: failed")
        return error
    click.echo(f"{model.name}: ready in {folder}")
    return None


def _verdict(status: "ModelStatus", *, load: bool) -> tuple[str, str]:
    from flows.models.device import device
    from flows.models.model_status import State, try_out

    if status.state is not State.READY:
        return status.state, "; ".join(status.problems) or "not on this machine"
    if load:
        try:
            try_out(status, device())
        except (SetupError, OutOfMemoryError) as error:
            return "failed", str(error)
    return status.state, f"{'loads, ' if load else ''}{status.folder}"


def _size(model: "Model") -> str:
    return f"{model.megabytes} MB" if model.megabytes else "-"


def _licence(model: "Model") -> str:
    return f"{model.licence}, to be accepted" if model.is_gated else model.licence


def _console() -> "Console":
    from rich.console import Console

    return Console(stderr=True, highlight=False)


@contextmanager
def _progress(name: str) -> "Iterator[ReportBytes]":
    """Show a bar on the terminal while the block runs; elsewhere nothing is shown."""
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    more = (TransferSpeedColumn(), TimeRemainingColumn())
    console = _console()
    with Progress(
        *columns, *more, console=console, transient=True, disable=not console.is_terminal
    ) as bars:
        task = bars.add_task(name, total=None)
        yield lambda done, wanted: bars.update(task, completed=done, total=wanted)

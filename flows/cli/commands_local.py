"""The commands that run Prefect on this machine: `up`, `down` and `worker`."""

import socket
import sys
from pathlib import Path

import click

from flows.cli.exit_codes import EPILOG


@click.command(epilog=EPILOG)
@click.option(
    "--port", type=click.IntRange(1024, 65535), help="Of the UI.  [4200, or one that is free]"
)
@click.option("--server-only", is_flag=True, help="No worker; those of other machines join.")
def up(port: int | None, server_only: bool) -> None:
    """Start a Prefect server, a worker and the deployments on this machine, and serve the pages.

    Only this machine can reach the server, and only with the password in a file that only you can
    read. What runs already stays as it is; the deployments are brought up to date.

    INTERLINEAR_DATABASE names a PostgreSQL database for the server, which more than one worker
    need; docs/machines.md explains it.
    """
    from flows.server.local_stack import open_stack, start

    stack = open_stack(port)
    click.echo("Starting Prefect ...", err=True)
    start(stack, with_worker=not server_only)
    click.echo(f"Prefect's UI:        {stack.address}")
    click.echo(f"To log in:           all that {stack.password_file} holds, in one field")
    click.echo(f"Published pages:     {stack.site}")
    click.echo(f"Logs and database:   {stack.home}")
    click.echo(f"Stop it with:        {Path(sys.argv[0])} down")


@click.command(epilog=EPILOG)
def down() -> None:
    """Stop all that `up` started, and its runs.

    A run that is stopped this way is marked as crashed; retry it from the UI, finished stages are
    kept.
    """
    from flows.server.local_stack import stop

    click.echo("Stopped." if stop() else "Nothing was running.")


@click.command(epilog=EPILOG)
@click.option("--pool", required=True, help="Work pool of machines like this one.")
@click.option("--queue", "queues", multiple=True, help="Of the pool; may be repeated.  [all]")
@click.option("--name", default=socket.gethostname, help="Of the worker.  [the machine's name]")
@click.option(
    "--limit", type=click.IntRange(1), default=1, show_default=True, help="Runs at the same time."
)
def worker(pool: str, queues: tuple[str, ...], name: str, limit: int) -> None:
    """Do the work of a Prefect server elsewhere, until it is stopped.

    PREFECT_API_URL says where the server is, PREFECT_API_AUTH_STRING holds its user and password.
    See docs/machines.md.
    """
    from flows.server.workers import join

    join(pool, name, queues, limit)

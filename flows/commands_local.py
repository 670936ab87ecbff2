"""The commands that run Prefect on this machine: `up` and `down`."""

import click

from flows.exit_codes import EPILOG


@click.command(epilog=EPILOG)
@click.option(
    "--port", type=click.IntRange(1024, 65535), help="Of the UI.  [4200, or one that is free]"
)
def up(port: int | None) -> None:
    """Start a Prefect server, a worker and the deployments on this machine.

    Only this machine can reach the server, and only with the password in a file that only you can
    read. What runs already stays as it is; the deployments are brought up to date.
    """
    from flows.local_stack import open_stack, start

    stack = open_stack(port)
    click.echo("Starting Prefect ...", err=True)
    start(stack)
    click.echo(f"Prefect's UI:        {stack.address}")
    click.echo(f"User and password:   in {stack.password_file}")
    click.echo(f"Logs and database:   {stack.home}")
    click.echo("Stop it with:        interlinear down")


@click.command(epilog=EPILOG)
def down() -> None:
    """Stop the Prefect server and the worker that `up` started, and their runs.

    A run that is stopped this way is marked as crashed; retry it from the UI, finished stages are
    kept.
    """
    from flows.local_stack import stop

    click.echo("Stopped." if stop() else "Nothing was running.")

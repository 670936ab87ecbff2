"""The command that copies published episodes to object storage: `mirror`."""

from pathlib import Path

import click

from flows.cli.exit_codes import EPILOG


@click.command(epilog=EPILOG)
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--to", metavar="ADDRESS", help="s3://bucket/folder.  [INTERLINEAR_MIRROR]")
def mirror(path: Path | None, to: str | None) -> None:
    """Copy published episodes to object storage, and make its lists again.

    PATH is the folder of an episode, of a show, or of all; without it, the folder of all. With the
    setting INTERLINEAR_MIRROR this happens by itself whenever an episode is published. Credentials
    and the endpoint are those of the environment, such as AWS_ACCESS_KEY_ID and AWS_ENDPOINT_URL.
    """
    from audio.web.address import without_secrets
    from flows.published.mirroring import mirror_address, mirror_again
    from flows.published.rendering import find_episodes
    from flows.settings import settings
    from outputs.library.object_store import is_store

    if to is not None and not is_store(to):
        raise click.BadParameter(
            f"{to!r} names no store. Give s3://bucket/folder.", param_hint="--to"
        )
    address = mirror_address(to)
    copied = mirror_again(find_episodes(path or settings().out), address)
    click.echo(
        f"Copied {copied} episode{'' if copied == 1 else 's'} to {without_secrets(address)}."
    )

"""The command that puts the transcripts into a show's feed: `feed`."""

import sys
from pathlib import Path

import click

from flows.cli.exit_codes import EPILOG


@click.command(epilog=EPILOG)
@click.argument("feed", metavar="FEED.xml", type=click.Path(path_type=Path))
@click.option("--base-url", required=True, help="Where the folder of all episodes is served.")
@click.option("--output", type=click.Path(path_type=Path), help="File to write.  [standard output]")
@click.option("--published", type=click.Path(path_type=Path), help="Folder of all episodes.")
def feed(feed: Path, base_url: str, output: Path | None, published: Path | None) -> None:
    """Write a copy of a show's RSS with the transcript tags of its published episodes.

    Everything else in it stays as it is, to the byte. Run again on its own output, the tags are
    replaced. FEED.xml and --output may be the same file. A feed that is a gzip file is unpacked.
    """
    from audio.feeds.feed_file import read_feed_file
    from flows.published.tagging import tag_feed
    from flows.settings import settings
    from podcast.files.staging import staged

    content = read_feed_file(feed)
    copy = tag_feed(content, feed.name, (published or settings().out).resolve(), base_url)
    if output is None:
        sys.stdout.buffer.write(copy.content)
    else:
        with staged(output) as file:
            file.write(copy.content)
    for item in copy.bare:
        click.echo(
            f"No transcript: {item.title or item.guid or 'an item without a title'}", err=True
        )
    items = len(copy.tagged) + len(copy.bare)
    click.echo(f"Transcripts in {len(copy.tagged)} of {items} items.", err=True)

"""Print tables: in a terminal coloured and folded, elsewhere plain and wide."""

from collections.abc import Mapping, Sequence

import click

WIDE = 10_000
"""Columns of a table that no terminal shows, so that no line of it is folded."""

PLAIN: Mapping[str, str] = {}


def print_table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], colours: Mapping[str, str] = PLAIN
) -> None:
    """Print a table without lines.

    Args:
        heads: One for each column.
        rows: Cells of text. The first column is never folded: its names go into other commands.
        colours: Content of a cell -> its colour in a terminal.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, head in enumerate(heads):
        table.add_column(head, no_wrap=number == 0, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell, style=colours.get(cell, "")) for cell in row))
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDE
    with console.capture() as capture:
        console.print(table)
    click.echo("\n".join(line.rstrip() for line in capture.get().splitlines()))

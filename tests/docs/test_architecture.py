"""The picture and the rooms of `docs/architecture.md` are those of the code.

`python tests/docs/test_architecture.py` writes them anew.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import grimp
import networkx as nx

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "architecture.md"
PACKAGES = ("flows", "outputs", "translation", "speech", "audio", "podcast")
BEGIN, END = "<!-- generated from the code -->", "<!-- end -->"


def room_of(module: str) -> str:
    """Return the room of a module: `speech.lines.turns` -> `speech.lines`."""
    return ".".join(module.split(".")[:2])


def imports() -> nx.DiGraph:
    """Return which rooms import which, without what follows from the others."""
    modules = grimp.build_graph(*PACKAGES)
    graph = nx.DiGraph()
    for module in modules.modules - set(PACKAGES):
        graph.add_node(room_of(module))
        for other in modules.find_modules_directly_imported_by(module):
            rooms = room_of(module), room_of(other)
            if rooms[0] != rooms[1] and rooms[0].split(".")[0] == rooms[1].split(".")[0]:
                graph.add_edge(*rooms)
    return nx.transitive_reduction(graph)


def picture() -> Iterator[str]:
    """Draw the packages, the rooms in them, and what imports what, in Mermaid."""
    graph = imports()
    yield "```mermaid"
    yield "flowchart TD"
    for package in PACKAGES[:-1]:
        yield f"  subgraph {package}"
        yield from (f"    {room}[{room.split('.')[1]}]" for room in rooms(package))
        edges = sorted(edge for edge in graph.edges if edge[0].startswith(f"{package}."))
        yield from (f"    {above} --> {below}" for above, below in edges)
        yield "  end"
    yield "  flows --> outputs & translation & speech --> audio --> podcast"
    yield "```"


def table() -> Iterator[str]:
    """List what lives in each room and where to start, as its docstring says."""
    yield "| room | what lives there | start at |"
    yield "| --- | --- | --- |"
    for package in PACKAGES:
        for room in (package, *filter(is_folder, rooms(package))):
            says = docstring(room).splitlines()
            start = next((s.removeprefix("Start at ") for s in says if s.startswith("Start")), "")
            yield f"| `{room}` | {says[0]} | {start.rstrip('.')} |"


def rooms(package: str) -> list[str]:
    """Name the rooms of a package, and the modules that stand beside them."""
    names = (f"{package}.{path.stem}" for path in (ROOT / package).glob("[!_.]*"))
    return sorted(name for name in names if is_folder(name) or file_of(name).exists())


def is_folder(module: str) -> bool:
    """Whether a module is a package."""
    return ROOT.joinpath(*module.split("."), "__init__.py").exists()


def file_of(module: str) -> Path:
    """Return where a module stands."""
    place = ROOT.joinpath(*module.split("."))
    return place / "__init__.py" if is_folder(module) else place.with_suffix(".py")


def docstring(module: str) -> str:
    """Return the docstring of a module or package."""
    return ast.get_docstring(ast.parse(file_of(module).read_text("utf-8"))) or ""


def written(page: str) -> str:
    """Put what is generated into the page."""
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    return "\n".join((f"{before}{BEGIN}\n", *picture(), "", *table(), f"\n{END}{after}"))


def test_the_page_shows_the_code_as_it_is() -> None:
    page = PAGE.read_text("utf-8")

    assert page == written(page), f"write it anew: python {Path(__file__).relative_to(ROOT)}"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")

"""Render the lists of a published folder: as JSON for programs and as pages for people. Pure."""

from collections.abc import Iterable

from outputs.site.catalogue import INDEX_FORM, SHOW_FORM, SHOW_NAME, ShowCatalogue, build_index
from outputs.site.index_page import html_name, render_index_page, render_show_page

SHOW_PAGE = "index.html"


def show_files(catalogue: ShowCatalogue) -> dict[str, bytes]:
    """Render the lists of a show: file name -> content."""
    return {
        SHOW_NAME: SHOW_FORM.dump(catalogue),
        SHOW_PAGE: render_show_page(catalogue).encode(),
    }


def index_files(shows: Iterable[tuple[str, ShowCatalogue]]) -> dict[str, bytes]:
    """Render the lists of all shows: file name -> content.

    Args:
        shows: Folder and catalogue of each show.

    Returns:
        The first page last, since it leads to the others.
    """
    pages = dict(build_index(shows))
    names = list(pages)
    before = dict(zip(names[1:], names, strict=False))
    files = {}
    for name in reversed(names):
        files[html_name(name)] = render_index_page(pages[name], name, before.get(name)).encode()
        files[name] = INDEX_FORM.dump(pages[name])
    return files

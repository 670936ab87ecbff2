"""Serve the published pages on this machine: `python -m flows.server.pages_server FOLDER PORT`.

Only what is in the folder: nothing whose name begins with a dot, such as what a publication leaves
for a moment, and nothing that a link leads to elsewhere.
"""

import sys
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from flows.server.ports import HOST


class PublishedPages(SimpleHTTPRequestHandler):
    """Gives out the files of a folder."""

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Begin an answer; refuse what is not published as if it were not there."""
        if is_published(Path(self.translate_path(self.path)), Path(self.directory)):
            return super().send_head()
        self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def list_directory(self, path: object) -> None:  # noqa: ARG002  as the base class has it
        """List no folder: the pages link to what there is, once there is any."""
        self.send_error(HTTPStatus.NOT_FOUND, explain="Nothing is published here yet.")


def is_published(path: Path, root: Path) -> bool:
    """Say whether a file is in a folder, by its name and by where its links lead."""
    root = Path(root).absolute()
    places = ((path.absolute(), root), (path.resolve(), root.resolve()))
    return all(
        place.is_relative_to(top)
        and not any(part.startswith(".") for part in place.relative_to(top).parts)
        for place, top in places
    )


def main() -> None:
    """Serve until the process is ended."""
    folder, port = sys.argv[1:]
    handler = partial(PublishedPages, directory=folder)
    ThreadingHTTPServer((HOST, int(port)), handler).serve_forever()


if __name__ == "__main__":
    main()

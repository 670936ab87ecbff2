"""Rows go through the new translator and the fallbacks, as a run takes them there."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from flows.models.model_set import find_models
from flows.parameters import Models
from podcast.errors import NetworkError, SetupError
from podcast.language import Language
from podcast.model_reference import LoadOptions
from podcast.transcript import Made
from translation.conversation import SourceRow, Style
from translation.fallbacks.rows import settle_rows
from translation.fallbacks.strategies import retry_failed
from translation.typography.typesetting import TypographyOptions

ANSWERS = {
    "We are in this house.": ["우리는 이 집에 있어요."],
    "It costs 20 dollars.": ["30달러예요.", "20달러예요."],
    "Where is the old station?": ["", ""],
}


class Server(BaseHTTPRequestHandler):
    """A LibreTranslate server that knows three rows."""

    def do_GET(self) -> None:
        """List what it translates into."""
        self._send([{"code": "en", "name": "English", "targets": ["en", "ko"]}])

    def do_POST(self) -> None:
        """Translate."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        found = [ANSWERS.get(row, [""]) for row in asked["q"]]
        said: dict[str, object] = {"translatedText": [best for best, *_ in found]}
        if asked["alternatives"]:
            said["alternatives"] = [others for _, *others in found]
        self._send(said)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _send(self, content: object) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())


server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
Thread(target=server.serve_forever, daemon=True).start()
place = f"libretranslate:http://127.0.0.1:{server.server_port}"
chosen = find_models(Models(preset="demo", translators={"ko": place})).translators
translator = chosen.into(Language.KO)[0].load(LoadOptions())

rows = tuple(map(SourceRow, ANSWERS))
found = settle_rows(
    rows,
    translator.translate(rows, Language.KO, Style(), print),
    Language.KO,
    Style(),
    TypographyOptions(),
    lambda failing, raw: retry_failed(failing, raw, Language.KO, Style(), [translator], print),
)

assert [(row.text, row.made) for row in found] == [
    ("우리는 이 집에 있어요.", Made.MODEL),
    ("20달러예요.", Made.RETRIED),
    ("Where is the old station?", Made.SOURCE),
], found
assert translator.describe(Language.KO).startswith("en->ko")
with pytest.raises(SetupError, match="Japanese"):
    translator.describe(Language.JA)

server.shutdown()
server.server_close()
with pytest.raises(NetworkError, match=r"127\.0\.0\.1"):
    translator.translate(rows, Language.KO, Style(), print)

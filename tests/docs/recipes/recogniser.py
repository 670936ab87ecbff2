"""Sound goes to the new recogniser, and words with their times come back."""

import json
import wave
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread

import numpy as np
import pytest
from click.testing import CliRunner

from audio.waveforms.waveform import SAMPLE_RATE, Waveform
from flows.cli.commands_process import process
from flows.models.model_set import find_models
from flows.parameters import Models
from podcast.errors import NetworkError
from podcast.model_reference import LoadOptions
from podcast.timeline import Span, Word
from speech.transcription.recogniser import TranscriptionOptions

HEARD = {
    "text": "Good morning.",
    "words": [
        {"word": "Good", "start": 0.5, "end": 0.9},
        {"word": "morning.", "start": 0.9, "end": 1.4},
    ],
    "segments": [{"start": 0.5, "end": 1.4, "text": " Good morning.", "avg_logprob": -0.2}],
}
asked: list[bytes] = []


class Server(BaseHTTPRequestHandler):
    """A server that hears the same in every sound."""

    def do_POST(self) -> None:
        """Write down what is said."""
        asked.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200 if self.path == "/v1/audio/transcriptions" else 404)
        self.end_headers()
        self.wfile.write(json.dumps(HEARD).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def seconds_of(request: bytes) -> float:
    """Return how long the sound in a request is."""
    with wave.open(BytesIO(request[request.index(b"RIFF") :])) as file:
        return file.getnframes() / file.getframerate()


server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
Thread(target=server.serve_forever, daemon=True).start()
models = find_models(Models(preset="demo", server=f"http://127.0.0.1:{server.server_port}"))
recogniser = models.recogniser.load(LoadOptions())
sound, options = Waveform(np.zeros(3 * SAMPLE_RATE, np.float32)), TranscriptionOptions()

found = recogniser.transcribe(sound, TranscriptionOptions(hotwords=("Interlinear",)), print)
again = recogniser.redecode(sound, Span(1.0, 2.5), options)

assert found.segments[0].words == (Word(0.5, 0.9, "Good", 1.0), Word(0.9, 1.4, "morning.", 1.0))
assert found.speech == (Span(0.5, 1.4),)
assert again[0].words[0] == Word(1.5, 1.9, "Good", 1.0)
assert [seconds_of(request) for request in asked] == [3.0, 1.5]
assert b"Interlinear" in asked[0]
assert models.recogniser.identity() != find_models(Models(preset="demo")).recogniser.identity()

server.shutdown()
server.server_close()
with pytest.raises(NetworkError, match=r"127\.0\.0\.1"):
    recogniser.transcribe(sound, options, print)
assert "--server" in CliRunner().invoke(process, ["--help"]).output

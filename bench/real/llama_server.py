"""Serve a GGUF model by the OpenAI chat protocol, with schemas and the probabilities of tokens.

`python -m bench.real.llama_server MODEL.gguf`. llama-cpp-python's own server sorts its vocabulary
for each token whose probability is asked for, which takes longer than the model does.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

NAME = "qwen2.5-coder-0.5b-instruct"
PORT = 18090


class LoggedTokens:
    """Sees the logits of each step, and keeps the log-probability of what was chosen."""

    def __init__(self) -> None:
        self.chosen: list[tuple[int, float]] = []
        self._last: npt.NDArray[np.float32] | None = None

    def __call__(
        self, tokens: Sequence[int], logits: npt.NDArray[np.float32]
    ) -> npt.NDArray[np.float32]:
        """See the tokens so far, and the logits (vocabulary,) float32 of the next one."""
        if self._last is not None:
            self.chosen.append((int(tokens[-1]), _log_probability(self._last, int(tokens[-1]))))
        self._last = np.array(logits)
        return logits


def _log_probability(logits: npt.NDArray[np.float32], token: int) -> float:
    highest = logits.max()
    return float(logits[token] - highest - np.log(np.exp(logits - highest).sum()))


class Model:
    """A model of llama.cpp.

    Args:
        file: Its weights, GGUF.
        context_tokens: For question and answer.
    """

    def __init__(self, file: Path, context_tokens: int) -> None:
        import llama_cpp

        self._library = llama_cpp
        self._llama = llama_cpp.Llama(
            str(file), n_ctx=context_tokens, n_threads=1, n_threads_batch=1, seed=1, verbose=False
        )

    def answer(self, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        """Answer a request of the protocol."""
        logged = LoggedTokens()
        said: dict[str, Any] = self._llama.create_chat_completion(
            messages=asked["messages"],
            max_tokens=asked["max_tokens"],
            temperature=asked["temperature"],
            grammar=self._grammar(asked.get("response_format")),
            logits_processor=self._library.LogitsProcessorList([logged]),
        )
        said["choices"][0]["logprobs"] = {"content": [self._token(*one) for one in logged.chosen]}
        return said

    def _grammar(self, form: Mapping[str, Any] | None) -> Any:
        if form is None:
            return None
        schema = json.dumps(form["json_schema"]["schema"])
        return self._library.LlamaGrammar.from_json_schema(schema, verbose=False)

    def _token(self, token: int, log_probability: float) -> Mapping[str, Any]:
        spelled = self._llama.detokenize([token])
        text = spelled.decode(errors="replace")
        return {"token": text, "logprob": log_probability, "bytes": list(spelled)}


def main() -> None:
    """Serve until it is ended."""
    parser = argparse.ArgumentParser(prog="python -m bench.real.llama_server", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--context", type=int, default=4096, help="tokens of question and answer")
    asked = parser.parse_args()
    model = Model(asked.file, asked.context)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(200, {"data": [{"id": NAME}]})

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            try:
                self._send(200, model.answer(request))
            except ValueError as error:  # such as a question that is too long
                self._send(400, {"error": {"message": str(error)}})

        def _send(self, status: int, answer: Mapping[str, Any]) -> None:
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    HTTPServer(("127.0.0.1", asked.port), Handler).serve_forever()


if __name__ == "__main__":
    main()

"""Measure a language model as a translator, on real pages whose translations people wrote.

It is asked as the product asks, and beside that row by row without any check; the packages of the
demo stand beside both. Without an address, a small model with public weights is served here.
"""

import argparse
import os
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from statistics import fmean, quantiles

from sacrebleu.metrics import CHRF

from bench.measuring import machine
from bench.real.llama_server import NAME, PORT
from flows.settings import DEMO_MODELS, ROOT
from podcast.errors import NetworkError
from podcast.language import TARGETS, Language
from podcast.model_reference import LoadOptions
from podcast.transcript import Made, Translation
from translation.conversation import Answer, SourceRow, Style
from translation.engines import argos
from translation.engines.chat_client import ChatClient, ChatOptions
from translation.engines.llm import LlmTranslator
from translation.engines.translator import Translator
from translation.fallbacks.rows import settle_rows
from translation.fallbacks.strategies import retry_failed
from translation.prompting.chat import ChatAnswer, ChatRequest
from translation.prompting.prompt_profiles import profile_for
from translation.prompting.prompts import language_name
from translation.typography.typesetting import TypographyOptions

PAGES = ROOT.parent / "shared" / "seeds"
LLAMA = ROOT / ".build" / "llama"
HEAD = (
    *("page", "by", "rows", "at once", "later", "kept English", "chrF", "s a row"),
    "bad rows score lower",
)
FEWEST = 4
"""Rows that have a worst quarter."""
PATIENCE = 120
"""Seconds until a server of ours has loaded its model."""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows and what people made of them."""

    name: str
    target: Language
    rows: tuple[SourceRow, ...]
    references: tuple[str, ...]


@dataclass(slots=True)
class CountedModel:
    """Asks a model, and counts how often each row is asked for."""

    ask: Callable[[ChatRequest], ChatAnswer]
    times: Counter[str] = field(default_factory=Counter)

    def __call__(self, request: ChatRequest) -> ChatAnswer:
        """Ask it."""
        self.times.update(request.schema["required"] if request.schema else ())
        return self.ask(request)


def main() -> None:
    """Print the table, a page at a time."""
    parser = argparse.ArgumentParser(prog="python -m bench.real.translators", description=__doc__)
    parser.add_argument("--url", help="of a server of the OpenAI chat protocol, with /v1")
    parser.add_argument("--model", default=NAME, help="as that server calls it")
    parser.add_argument("--rows", type=int, default=100, help="of each page, at most")
    asked = parser.parse_args()
    print(f"{machine()}; {asked.model}\n\n{_row(HEAD)}\n{_row(['---'] * len(HEAD))}", flush=True)
    with served(asked.url) as url:
        client = ChatClient(ChatOptions(url, asked.model))
        for page in (*pages(PAGES, asked.rows), *demo_pages(asked.rows)):
            for cells in measured(page, asked.model, client.ask):
                print(_row((page.name, *cells)), flush=True)


def pages(folder: Path, most: int) -> Iterator[Page]:
    """Read pages of a line of English and a line of its translation each, without their heading."""
    for file in sorted(folder.glob("page.*.txt")):
        lines = file.read_text(encoding="utf-8").splitlines()[2:]
        rows = tuple(SourceRow(text) for text in lines[: 2 * most : 2])
        yield Page(file.stem, Language(file.suffixes[0][1:]), rows, tuple(lines[1 : 2 * most : 2]))


def demo_pages(most: int) -> Iterator[Page]:
    """Read the script of the demo, which says each line in every language."""
    script = tomllib.loads((ROOT / "demo/episode/script.toml").read_text(encoding="utf-8"))
    lines = script["line"][:most]
    rows = tuple(SourceRow(line["text"], line["voice"], line["gap"]) for line in lines)
    for target in TARGETS:
        said = tuple(line[target.value] for line in lines)
        yield Page(f"demo.{target.value}", target, rows, said)


def measured(
    page: Page, model: str, ask: Callable[[ChatRequest], ChatAnswer]
) -> Iterator[tuple[str, ...]]:
    """Yield the figures of each way to translate a page."""
    counted = CountedModel(ask)
    profile = profile_for(model)
    asker = LlmTranslator(model, counted, profile, profile.context_tokens)
    packages = argos.refer(DEMO_MODELS / "argos").load(LoadOptions())
    yield _figures("model, as the product asks", page, asker, counted)
    yield _row_by_row(page, ask)
    yield _figures("demo packages", page, packages, CountedModel(ask))


def _figures(by: str, page: Page, translator: Translator, counted: CountedModel) -> tuple[str, ...]:
    began = time.monotonic()
    style = Style()
    raw = translator.translate(page.rows, page.target, style, lambda _: None)
    times = [counted.times[str(n)] for n in range(1, len(page.rows) + 1)]

    def retry(rows: tuple[SourceRow, ...], answers: tuple[Answer, ...]) -> tuple[Translation, ...]:
        return retry_failed(rows, answers, page.target, style, [translator], lambda _: None)

    settled = settle_rows(page.rows, raw, page.target, style, TypographyOptions(), retry)
    seconds = time.monotonic() - began
    left = sum(row.made == Made.SOURCE for row in settled)
    at_once = sum(
        row.made in {Made.MODEL, Made.TABLE} and n <= 1
        for row, n in zip(settled, times, strict=True)
    )
    later = len(settled) - left - at_once
    texts = [row.text for row in settled]
    return (by, *_cells(page, (at_once, later, left), texts, seconds), "")


def _row_by_row(page: Page, ask: Callable[[ChatRequest], ChatAnswer]) -> tuple[str, ...]:
    began = time.monotonic()
    answers = [ask(plain_request(row.text, page.target)) for row in page.rows]
    seconds = time.monotonic() - began
    texts = [answer.text.strip() for answer in answers]
    told = separation(list(_scored(page, answers)))
    return ("model, row by row", *_cells(page, (), texts, seconds), told)


def _scored(page: Page, answers: Sequence[ChatAnswer]) -> Iterator[tuple[float, float]]:
    """Yield the mean log-probability of each answer that has one, and its chrF."""
    measure = CHRF()
    for answer, reference in zip(answers, page.references, strict=True):
        if answer.tokens:
            score = fmean(token.log_probability for token in answer.tokens)
            yield score, measure.sentence_score(answer.text, [reference]).score


def separation(scored: Sequence[tuple[float, float]]) -> str:
    """Return the share of pairs of a bad and another row in which the bad one scores lower.

    A row is bad where it is as far from the human's as the worst quarter of all are.
    """
    if len(scored) < FEWEST:
        return ""
    limit = quantiles([chrf for _, chrf in scored], n=4)[0]
    bad = [score for score, chrf in scored if chrf <= limit]
    others = [score for score, chrf in scored if chrf > limit]
    pairs = list(product(bad, others))
    return f"{sum((low < high) + (low == high) / 2 for low, high in pairs) / len(pairs):.0%}"


def plain_request(text: str, target: Language) -> ChatRequest:
    """Ask for a text as anybody would."""
    asked = f"Translate into {language_name(target)}. Answer with the translation alone."
    return ChatRequest((("user", f"{asked}\n\n{text}"),), max_tokens=200)


def _cells(
    page: Page, shares: Sequence[int], texts: Sequence[str], seconds: float
) -> tuple[str, ...]:
    n_rows = len(page.rows)
    flat = [" ".join(text.split()) for text in texts]
    chrf = CHRF().corpus_score(flat, [list(page.references)]).score
    counts = [f"{share / n_rows:.0%}" for share in shares] or [""] * 3
    return (str(n_rows), *counts, f"{chrf:.1f}", f"{seconds / n_rows:.1f}")


@contextmanager
def served(url: str | None) -> Iterator[str]:
    """Give the address of a server, of ours where there is none."""
    if url:
        yield url
        return
    packages = os.pathsep.join((str(ROOT), str(LLAMA / "packages")))
    server = subprocess.Popen(
        [sys.executable, "-m", "bench.real.llama_server", str(LLAMA / "qwen.gguf")],
        env={**os.environ, "PYTHONPATH": packages},
    )
    try:
        own = f"http://127.0.0.1:{PORT}/v1"
        _wait_for(own, server)
        yield own
    finally:
        server.terminate()
        server.wait()


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    client = ChatClient(ChatOptions(url, NAME))
    ends = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < ends:
        try:
            client.check()
        except NetworkError:
            time.sleep(0.5)
        else:
            return
    sys.exit("The server of the model did not start. `make evaluate-translators` builds it.")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()

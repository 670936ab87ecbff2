"""Measure whether a model's own probabilities tell its bad rows from its good ones.

Each row of stored news is asked for alone. A row is bad where it is further from the human's than
three quarters of all are; what is printed is how often a bad row has the lower score of two.
"""

import argparse
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path
from statistics import quantiles

from sacrebleu.metrics import CHRF

from bench.real.llama_server import NAME
from bench.real.translators import plain_request, served
from flows.settings import ROOT
from podcast.language import TARGETS, Language
from translation.conversation import Answer, SourceRow, Style
from translation.engines.chat_client import ChatClient, ChatOptions
from translation.prompting.answers import RefusedAnswerError, read_answer
from translation.prompting.chat import ChatAnswer, ChatRequest
from translation.prompting.prompt_profiles import profile_for
from translation.prompting.questions import Question, labelled

PLAIN = profile_for("translategemma")  # whose answer is text
NEWS = ROOT.parent / "shared" / "mt"


def main() -> None:
    """Print a row for each language."""
    parser = argparse.ArgumentParser(prog="python -m bench.real.doubts", description=__doc__)
    parser.add_argument("--url", help="of a server of the OpenAI chat protocol, with /v1")
    parser.add_argument("--model", default=NAME, help="as that server calls it")
    parser.add_argument("--rows", type=int, default=100, help="of each language")
    parser.add_argument("--languages", default="ko zh ja", help="with spaces between them")
    asked = parser.parse_args()
    with served(asked.url) as url:
        ask = ChatClient(ChatOptions(url, asked.model)).ask
        for target in (one for one in TARGETS if one in asked.languages.split()):
            found = scored(target, asked.rows, ask)
            told = separation(found) if len(found) > 1 else float("nan")
            print(
                f"{target}: {len(found)} answers, a bad row scores lower in {told:.0%}", flush=True
            )


def scored(
    target: Language, n_rows: int, ask: Callable[[ChatRequest], ChatAnswer]
) -> list[tuple[float, float]]:
    """Return the score and the chrF of each row that has both."""
    folder, measure = NEWS / target.value, CHRF()
    english, references = (_lines(folder / name, n_rows) for name in ("news.en", "news.ref"))
    said = (_answer(text, target, ask) for text in english)
    return [
        (answer.score, measure.sentence_score(answer.text, [reference]).score)
        for answer, reference in zip(said, references, strict=True)
        if answer.score is not None
    ]


def _answer(text: str, target: Language, ask: Callable[[ChatRequest], ChatAnswer]) -> Answer:
    question = Question(labelled((SourceRow(text),), 1), (), (), target, Style())
    try:
        return read_answer(ask(plain_request(text, target)), question, PLAIN)[0]
    except RefusedAnswerError:
        return Answer("")


def separation(scored: Sequence[tuple[float, float]]) -> float:
    """Return the share of pairs of a bad and another row in which the bad one scores lower."""
    limit = quantiles([chrf for _, chrf in scored], n=4)[0]
    bad = [score for score, chrf in scored if chrf <= limit]
    others = [score for score, chrf in scored if chrf > limit]
    pairs = list(product(bad, others))
    return sum((low < high) + (low == high) / 2 for low, high in pairs) / len(pairs)


def _lines(path: Path, n_rows: int) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()[:n_rows]


if __name__ == "__main__":
    main()

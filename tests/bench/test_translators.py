import json
import re
from pathlib import Path

import numpy as np
import pytest

from bench.real.llama_server import LoggedTokens
from bench.real.translators import Page, demo_pages, measured, pages, separation
from podcast.language import TARGETS, Language
from translation.conversation import SourceRow
from translation.prompting.chat import ChatAnswer, ChatRequest

ROW = re.compile(r'^"(\d+)": "\[(\w+)\] (.*)",?$', re.MULTILINE)
KOREAN = {
    "We bought some lamps.": "저희는 램프를 샀어요.",
    "Nobody carried them.": "아무도 안 들었어요.",
}
PAGE = Page("page.ko", Language.KO, tuple(map(SourceRow, KOREAN)), tuple(KOREAN.values()))


def by_heart(request: ChatRequest) -> ChatAnswer:
    told = request.messages[-1][1]
    if request.schema is None:
        return ChatAnswer(KOREAN[told.splitlines()[-1]])
    rows = {n: f"[{label}] {KOREAN[text]}" for n, label, text in ROW.findall(told)}
    return ChatAnswer(json.dumps(rows))


def copying_twice(request: ChatRequest) -> ChatAnswer:
    if request.schema and len(request.schema["required"]) > 1:
        return ChatAnswer("{}")
    return by_heart(request)


@pytest.mark.model
def test_what_is_accepted_at_once_and_later_is_told_apart() -> None:
    at_once, row_by_row, packages = measured(PAGE, "any", by_heart)
    later, _, same_packages = measured(PAGE, "any", copying_twice)

    assert at_once[:6] == ("model, as the product asks", "2", "100%", "0%", "0%", "100.0")
    assert later[2:6] == ("0%", "100%", "0%", "100.0")
    assert row_by_row[:6] == ("model, row by row", "2", "", "", "", "100.0")
    assert packages[0] == "demo packages"
    assert same_packages[2:6] == packages[2:6]


def test_pages_are_read_without_their_heading(tmp_path: Path) -> None:
    (tmp_path / "page.ja.txt").write_text(
        "Show\n番組\nHi.\nどうも。\nBye.\nでは。", encoding="utf-8"
    )

    (page,) = pages(tmp_path, 1)

    assert page == Page("page.ja", Language.JA, (SourceRow("Hi."),), ("どうも。",))


def test_the_demo_says_each_line_in_every_language() -> None:
    found = list(demo_pages(100))

    assert [page.target for page in found] == list(TARGETS)
    assert all(len(page.rows) == len(page.references) > 0 for page in found)


def test_a_token_has_the_probability_that_it_had_when_it_was_chosen() -> None:
    logged = LoggedTokens()

    logged([5], np.log(np.array([0.5, 0.25, 0.25], dtype=np.float32)))
    logged([5, 1], np.log(np.array([0.1, 0.1, 0.8], dtype=np.float32)))
    logged([5, 1, 2], np.zeros(3, dtype=np.float32))

    assert [token for token, _ in logged.chosen] == [1, 2]
    assert [one for _, one in logged.chosen] == pytest.approx([np.log(0.25), np.log(0.8)], abs=1e-6)


@pytest.mark.parametrize(
    ("scores", "share"), [((-4.0, -1.0, -1.0, -1.0), "100%"), ((-1.0, -4.0, -4.0, -4.0), "0%")]
)
def test_a_score_that_tells_bad_rows_is_lower_for_them(
    scores: tuple[float, ...], share: str
) -> None:
    assert separation(list(zip(scores, (2.0, 30.0, 31.0, 32.0), strict=True))) == share

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from podcast.language import Language
from translation.prompting.displacement import is_displaced

MT = Path(__file__).parents[4] / "shared" / "mt"
BATCH = 10

ENGLISH = (
    "So what did you do in 2019?",
    "I moved to Berlin.",
    "And how did you find the people there, after all of those years in a small town?",
    "Friendly.",
    "We started Prefect with 12 people, and none of us had ever built a company before.",
    "Twelve?",
)
KOREAN = (
    "그래서 2019년에는 뭘 하셨어요?",
    "베를린으로 이사했어요.",
    "작은 마을에서 그렇게 오랜 세월을 보낸 뒤에 그곳 사람들은 어떻던가요?",
    "친절했어요.",
    "저희는 12명으로 Prefect를 시작했고, 회사를 세워 본 사람은 아무도 없었어요.",
    "열두 명이요?",
)


def found(texts: Sequence[str], rows: Sequence[str] = ENGLISH) -> bool:
    return is_displaced(rows, texts, Language.KO)


def test_texts_beside_their_rows_are_left() -> None:
    assert not found(KOREAN)


def test_texts_that_have_moved_up_are_seen() -> None:
    assert found((*KOREAN[1:], KOREAN[-1]))


def test_texts_that_have_moved_down_are_seen() -> None:
    assert found((KOREAN[0], *KOREAN[:-1]))


def test_two_texts_that_have_changed_places_are_seen() -> None:
    assert found((*KOREAN[:3], KOREAN[4], KOREAN[3], KOREAN[5]))


def test_two_rows_in_one_text_move_the_others() -> None:
    assert found((f"{KOREAN[0]} {KOREAN[1]}", *KOREAN[2:], KOREAN[5]))


def test_the_last_row_is_seen_to_have_the_text_of_the_line_after_it() -> None:
    assert found((*KOREAN[:4], KOREAN[5]))
    assert not found(KOREAN[:5])


@pytest.mark.parametrize("n", [1, 2])
def test_a_few_rows_alone_are_enough(n: int) -> None:
    assert not found(KOREAN[:n], ENGLISH[:n])


def test_rows_that_tell_nothing_prove_nothing() -> None:
    assert not found(("네.", "맞아요.", "네.", "음."), ("Yes.", "Right.", "Yes.", "Hmm."))


def batches(language: str, rows: str, texts: str) -> list[tuple[list[str], list[str]]]:
    english, other = (
        (MT / language / name).read_text(encoding="utf-8").splitlines() for name in (rows, texts)
    )
    starts = range(0, 40 * BATCH, BATCH)
    return [(english[n : n + BATCH], other[n : n + BATCH]) for n in starts]


def dropped(texts: Sequence[str], rng: random.Random) -> list[str]:
    n = rng.randrange(BATCH - 1)
    return [*texts[:n], *texts[n + 1 :], texts[-1]]


def swapped(texts: Sequence[str], rng: random.Random) -> list[str]:
    n = rng.randrange(BATCH - 1)
    return [*texts[:n], texts[n + 1], texts[n], *texts[n + 2 :]]


@pytest.mark.skipif(not MT.is_dir(), reason="the stored answers are not beside the checkout")
@pytest.mark.parametrize("language", ["ko", "zh", "ja"])
@pytest.mark.parametrize(
    ("change", "least", "most"), [(None, 0.0, 0.05), (dropped, 0.8, 1.0), (swapped, 0.55, 1.0)]
)
def test_real_batches_are_told_from_displaced_ones(
    language: str, change: Callable[..., list[str]] | None, least: float, most: float
) -> None:
    rng = random.Random(1)
    told = [
        is_displaced(rows, change(texts, rng) if change else texts, Language(language))
        for rows, texts in batches(language, "talk.en", "talk.google")
    ]

    assert least <= sum(told) / len(told) <= most

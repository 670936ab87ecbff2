"""Every row comes back, in order, never empty, and says on which rung it was made."""

import re
from collections.abc import Callable, Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.errors import InvariantError
from podcast.language import TARGETS, Language
from podcast.progress import Report
from podcast.transcript import Fault, Made, Translation
from translation.checks.row_checks import check
from translation.conversation import Answer, Candidates, SourceRow, Style
from translation.engines.fake_translator import FakeTranslator
from translation.fallbacks.strategies import STRATEGIES, first_strategy, retry_failed
from translation.glossary.terms import Term

KO = Language.KO
OLLAMA = Term("Ollama", "올라마")

PHONE = "It runs on an old phone at home."
GOOD_PHONE = "그건 집에 있는 낡은 휴대폰에서 돌아가요."
LOOP = "네 네 네 네 네 네 네 네 네 네 네 네 네 네 네 네"
JAPANESE = "それは家にある古いスマホで動きます。"


def says(answer: Callable[[str], Sequence[str]]) -> FakeTranslator:
    """Say the same in every language."""
    return FakeTranslator(lambda text, _: answer(text))


def knows(**answers: Sequence[str]) -> FakeTranslator:
    """Answer what is known by heart, "_" standing for a space; say nothing to anything else."""
    known = {text.replace("_", " "): answer for text, answer in answers.items()}
    return says(lambda text: known.get(text.rstrip(".?!"), ()))


def ignore(_fraction: float) -> None:
    """Report to nobody."""


def judged(
    sources: Sequence[str], raw: Sequence[str], target: Language, terms: Sequence[Term]
) -> tuple[Translation | None, ...]:
    return first_strategy([*map(SourceRow, sources)], [*map(Answer, raw)], target, terms)


def retried(
    sources: Sequence[str],
    raw: Sequence[str],
    target: Language,
    terms: tuple[Term, ...],
    fake: FakeTranslator,
    report: Report,
) -> tuple[Translation, ...]:
    rows = [*map(SourceRow, sources)]
    return retry_failed(rows, [*map(Answer, raw)], target, Style(terms), [fake], report)


def texts(rows: Iterable[SourceRow]) -> tuple[str, ...]:
    return tuple(row.text for row in rows)


def rise(source: str, raw: str, fake: FakeTranslator, *terms: Term) -> Translation:
    """Climb with one row."""
    (translation,) = retried((source,), (raw,), KO, terms, fake, ignore)
    return translation


def faults(translation: Translation) -> list[str]:
    return [check.split(":")[0] for check in translation.checks]


def test_a_short_answer_is_known_whatever_the_model_says() -> None:
    rows = judged(("Yeah.", "Stay tuned!"), ("연락처", ""), KO, ())

    assert rows == (Translation("네.", Made.TABLE), Translation("기대해 주세요!", Made.TABLE))


def test_a_row_without_findings_is_the_models() -> None:
    assert judged((PHONE,), (f" {GOOD_PHONE}\n",), KO, ()) == (Translation(GOOD_PHONE, Made.MODEL),)


def test_a_soft_finding_is_published_and_told() -> None:
    text = "이건 집에 있는 그게 필요 없어요."

    assert judged(("This does not need the GPU at home.",), (text,), KO, ()) == (
        Translation(text, Made.MODEL, ("name: GPU",)),
    )


@pytest.mark.parametrize(
    ("source", "raw"),
    [
        (PHONE, ""),
        (PHONE, "  \n"),
        (PHONE, PHONE),
        (PHONE, JAPANESE),
        (PHONE, LOOP),
        ("It has 90 parts in it.", "거기에는 부품이 있어요."),
        ("We use Ollama at home.", "우리는 집에서 그걸 써요."),
    ],
)
def test_a_row_with_a_hard_finding_has_to_climb(source: str, raw: str) -> None:
    assert judged((source, "Yeah."), (raw, "x"), KO, (OLLAMA,)) == (
        None,
        Translation("네.", Made.TABLE),
    )


def test_a_term_that_the_model_left_in_english_is_put_right() -> None:
    rows = judged(("We use Ollama at home.",), ("집에서 Ollama을 써요.",), KO, (OLLAMA,))

    assert rows == (Translation("집에서 올라마를 써요.", Made.MODEL),)


def test_the_first_candidate_without_a_hard_finding_wins() -> None:
    fake = knows(
        It_runs_on_an_old_phone_at_home=(LOOP, "", GOOD_PHONE, "집에서 휴대폰으로 돌아가요.")
    )

    assert rise(PHONE, "", fake) == Translation(GOOD_PHONE, Made.RETRIED)
    assert [texts(rows) for rows in fake.asked] == [(PHONE,)]


def test_a_lost_term_is_carried_past_the_model() -> None:
    fake = knows(
        We_use_Ollama_at_home=("우리는 집에서 그걸 써요.",),
        We_use_X1_at_home=("집에서 써요.", "우리는 집에서 X1을 써요."),
    )

    translation = rise("We use Ollama at home.", "", fake, OLLAMA)

    assert translation == Translation("우리는 집에서 올라마를 써요.", Made.STAND_INS)


def test_a_lost_number_is_carried_past_the_model() -> None:
    fake = knows(It_has_Q1_parts_in_it=("그 안에는 부품이 Q1개 있어요.",))

    translation = rise("It has 90 parts in it.", "그 안에는 부품이 있어요.", fake)

    assert translation == Translation("그 안에는 부품이 90개 있어요.", Made.STAND_INS)


@pytest.mark.parametrize("lossy", ["집에서 써요.", "집에서 X1을 X1로 써요.", "집에서 X12를 써요."])
def test_a_stand_in_that_did_not_come_through_once_is_no_translation(lossy: str) -> None:
    fake = knows(We_use_X1_at_home=(lossy,))

    translation = rise("We use Ollama at home.", "집에서 써요.", fake, OLLAMA)

    assert (translation.text, translation.made) == ("We use Ollama at home.", Made.SOURCE)


def test_a_long_row_is_translated_clause_by_clause() -> None:
    fake = knows(
        It_runs_on_an_old_phone=("그건 낡은 휴대폰에서 돌아가요.",),
        But_it_does_not_need_the_server=(LOOP, "하지만 서버는 필요 없어요."),
    )

    translation = rise(
        "Yeah, it runs on an old phone, but it does not need the server.", LOOP, fake
    )

    assert translation == Translation(
        "네, 그건 낡은 휴대폰에서 돌아가요. 하지만 서버는 필요 없어요.", Made.CLAUSES
    )
    assert texts(fake.asked[-1]) == ("It runs on an old phone.", "But it does not need the server.")


def test_the_english_stays_with_what_was_wrong_with_the_best_try() -> None:
    fake = knows(It_has_90_parts_in_it=(LOOP, "그 안에는 부품이 있어요."))

    translation = rise("It has 90 parts in it.", "", fake)

    assert (translation.text, translation.made) == ("It has 90 parts in it.", Made.SOURCE)
    assert faults(translation) == ["number"]


def test_a_model_that_says_nothing_leaves_the_english_flagged() -> None:
    translation = rise(PHONE, "", knows())

    assert (translation.text, translation.made, faults(translation)) == (
        PHONE,
        Made.SOURCE,
        ["empty"],
    )


def test_another_translator_is_asked_for_what_is_left_at_once_and_then_again() -> None:
    own = knows()
    other = FakeTranslator(lambda text, _: (GOOD_PHONE,) if "old" in text else (LOOP,), knows().say)

    old, new = retry_failed(
        (SourceRow(PHONE), SourceRow("It runs on a new phone.")),
        (Answer(""), Answer(JAPANESE)),
        *(KO, Style(), [own, other], ignore),
    )

    assert old == Translation(GOOD_PHONE, Made.OTHER_ENGINE)
    assert (new.text, new.made) == ("It runs on a new phone.", Made.SOURCE)
    assert [texts(rows) for rows in other.asked] == [
        (PHONE, "It runs on a new phone."),
        ("It runs on a new phone.",),
    ]


def test_another_translator_is_not_asked_for_what_the_first_has_mended() -> None:
    own, other = knows(It_runs_on_an_old_phone_at_home=(GOOD_PHONE,)), knows()

    retry_failed((SourceRow(PHONE),), (Answer(""),), KO, Style(), [own, other], ignore)

    assert other.asked == []


def test_what_was_taken_for_said_and_how_sure_it_is_come_with_the_translation() -> None:
    answer = Answer(GOOD_PHONE, -0.25, "It runs on a cold phone at home.")

    (said,) = first_strategy((SourceRow(PHONE),), (answer,), KO, ())

    assert said == Translation(GOOD_PHONE, Made.MODEL, (), answer.meant, answer.score)


def test_each_rung_asks_once_for_all_rows_and_for_equal_ones_together() -> None:
    fake = knows(It_runs_on_an_old_phone_at_home=(GOOD_PHONE,))
    rows = (
        PHONE,
        "We use Ollama at home.",
        "Yeah, it has 90 parts in it.",
        PHONE,
        "We use Ollama at home.",
        "It is a small model.",
    )

    translations = retried(rows, [""] * len(rows), KO, (OLLAMA,), fake, ignore)

    assert [t.made for t in translations] == [
        Made.RETRIED,
        Made.SOURCE,
        Made.SOURCE,
        Made.RETRIED,
        Made.SOURCE,
        Made.SOURCE,
    ]
    assert texts(fake.asked[0]) == tuple(dict.fromkeys(rows))
    assert texts(fake.asked[-1]) == ("It has 90 parts in it.",)
    assert len(fake.asked) <= len(STRATEGIES)


def test_a_rung_with_nothing_to_ask_does_not_ask() -> None:
    fake = knows(It_runs_on_an_old_phone_at_home=(GOOD_PHONE,))

    rise(PHONE, "", fake)

    assert len(fake.asked) == 1


def test_no_failing_rows_ask_nobody() -> None:
    fake = knows()

    assert retried((), (), KO, (), fake, ignore) == ()
    assert fake.asked == []


def test_progress_never_falls_and_ends_at_one() -> None:
    seen: list[float] = []

    retried((PHONE, "Yeah, it has 90 parts."), ("", ""), KO, (), knows(), seen.append)

    assert seen == sorted(seen)
    assert seen[-1] == 1.0


@pytest.mark.parametrize("raw", [(), ("a", "b")])
def test_rows_that_were_merged_or_split_are_a_bug(raw: tuple[str, ...]) -> None:
    with pytest.raises(InvariantError, match=f"1 rows came back as {len(raw)}"):
        judged((PHONE,), raw, KO, ())
    with pytest.raises(InvariantError, match=f"1 rows came back as {len(raw)}"):
        retried((PHONE,), raw, KO, (), knows(), ignore)


def test_a_translator_that_merges_rows_is_a_bug() -> None:
    class Merging(FakeTranslator):
        def retry(
            self, rows: Sequence[SourceRow], target: Language, style: Style, report: Report
        ) -> tuple[Candidates, ...]:
            return super().retry(rows, target, style, report)[:-1]

    with pytest.raises(InvariantError, match="2 rows came back as 1"):
        retried(
            (PHONE, "It is small."), ("", ""), KO, (), Merging(lambda *_: (GOOD_PHONE,)), ignore
        )


SOURCES = (
    "Yeah.",
    PHONE,
    "It has 90 parts in it.",
    "We use Ollama at home, but it needs 2 billion parameters.",
    "And then we",
    "Why? It is very small.",
    "Yeah, so the GPU was $5, right?",
)

BEHAVIOURS: dict[str, Callable[[str], str]] = {
    "empty": lambda _: "",
    "blank": lambda _: " \n ",
    "copies": lambda text: text,
    "loops": lambda _: LOOP,
    "merges": lambda text: f"{GOOD_PHONE} {text} {GOOD_PHONE}",
    "wrong script": lambda _: JAPANESE,
    "drops numbers": lambda text: "그건 " + re.sub(r"\d+", "", text),
    "keeps Latin": lambda text: " ".join(re.findall(r"[A-Z]\w+|\d+", text)) + "가 있어요.",
    "good": lambda _: GOOD_PHONE,
}

ANSWERS = st.lists(st.sampled_from(sorted(BEHAVIOURS)), max_size=3).map(tuple)

Plan = dict[str, tuple[str, ...]]


@given(
    st.lists(st.sampled_from(SOURCES), max_size=8),
    st.dictionaries(st.sampled_from(SOURCES), ANSWERS),
    ANSWERS,
    st.sampled_from(TARGETS),
)
@settings(max_examples=100)
def test_whatever_the_model_does_every_row_comes_back(
    sources: list[str], plan: Plan, otherwise: tuple[str, ...], target: Language
) -> None:
    fake = says(
        lambda text: tuple(BEHAVIOURS[name](text) for name in plan.get(text, otherwise)),
    )
    terms = (Term("Ollama", {"ko": "올라마", "zh": "奥拉马", "ja": "オラマ"}[target]),)
    answers = fake.translate([*map(SourceRow, sources)], target, Style(), ignore)
    raw = [answer.text for answer in answers]
    fake.asked.clear()

    first = judged(sources, raw, target, terms)
    failing = [n for n, translation in enumerate(first) if translation is None]
    rest = retried(
        [sources[n] for n in failing], [raw[n] for n in failing], target, terms, fake, ignore
    )

    assert (len(first), len(rest)) == (len(sources), len(failing))
    assert len(fake.asked) <= len(STRATEGIES)
    for source, translation in [*zip(sources, first, strict=True)] + [
        (sources[n], kept) for n, kept in zip(failing, rest, strict=True)
    ]:
        if translation is None:
            continue
        assert translation.text.strip()
        assert translation.text == " ".join(translation.text.split())
        if translation.made == Made.SOURCE:
            assert translation.text == source
            assert translation.checks
        elif translation.made != Made.TABLE:
            found = check(source, translation.text, target, terms)
            assert {finding.fault for finding in found} <= {Fault.NAME}
            assert translation.checks == tuple(map(str, found))


def test_equal_rows_have_equal_translations() -> None:
    fake = says(lambda text: (BEHAVIOURS["copies"](text), GOOD_PHONE))

    translations = retried((PHONE,) * 3, ("",) * 3, KO, (), fake, ignore)

    assert len(set(translations)) == 1

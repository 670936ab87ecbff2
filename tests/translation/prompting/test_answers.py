import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from translation.conversation import Answer
from translation.prompting.answers import RefusedAnswerError, read_answer
from translation.prompting.chat import ChatAnswer, Token
from translation.prompting.prompt_profiles import PromptProfile
from translation.prompting.questions import Question

Make = Callable[..., Question]
ENGLISH = (
    "We bought 12 lamps in Oslo.",
    "Who carried all of them home through the rain?",
    "I did.",
)
KOREAN = ("오슬로에서 램프를 12개 샀어요.", "그 비를 맞으며 누가 다 집까지 들고 왔어요?", "제가요.")


@pytest.fixture
def asked(question: Make) -> Question:
    return question(*ENGLISH)


def told(question: Question, texts: tuple[str, ...] = KOREAN) -> dict[str, Any]:
    return {
        str(row.number): f"[{row.label}] {text}"
        for row, text in zip(question.rows, texts, strict=True)
    }


def written(answer: object) -> ChatAnswer:
    return ChatAnswer(json.dumps(answer, ensure_ascii=False))


def test_each_row_gets_the_text_with_its_label(asked: Question, profile: PromptProfile) -> None:
    answers = read_answer(written(told(asked)), asked, profile)

    assert answers == tuple(map(Answer, KOREAN))


@pytest.mark.parametrize(
    "form",
    [
        "{}",
        "```json\n{}\n```",
        "```JSON\r\n{}\r\n```",
        "```\n{}\n```\n",
        "<think>Well.\n</think>\n\n{}",
        "\n {} \n",
        "\ufeff{}\u200b",
        "Well, seven first.\n</think>\n{}",
    ],
)
def test_what_stands_around_an_answer_is_left_out(
    asked: Question, profile: PromptProfile, form: str
) -> None:
    text = form.replace("{}", json.dumps(told(asked)))

    assert [one.text for one in read_answer(ChatAnswer(text), asked, profile)] == list(KOREAN)


def test_keys_may_come_in_any_order(asked: Question, profile: PromptProfile) -> None:
    turned = dict(reversed(told(asked).items()))

    assert [one.text for one in read_answer(written(turned), asked, profile)] == list(KOREAN)


@pytest.mark.parametrize("form", ["[{}]{}", "【{}】{}", "［ {} ］ {}", " ({}) {}", "[{}] Ann: {}"])
def test_a_label_may_stand_in_the_brackets_of_the_language(
    question: Make, profile: PromptProfile, form: str
) -> None:
    asked = question("I did.")
    answer = {"7": form.format(asked.rows[0].label.upper(), "제가요.")}

    assert read_answer(written(answer), asked, profile) == (Answer("제가요."),)


def moved(answer: dict[str, Any], order: tuple[int, ...]) -> dict[str, Any]:
    texts = list(answer.values())
    return {key: texts[n] for key, n in zip(answer, order, strict=True)}


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "begin with its label": lambda told: moved(told, (1, 2, 2)),
    "8 does not begin with its label": lambda told: moved(told, (0, 2, 1)),
    "are not the numbers": lambda told: {key: told[key] for key in ("7", "8")},
    "are not the numbers of the rows": lambda told: {**told, "10": "[b2] 네."},
    "keys are not the numbers": lambda told: dict(
        zip(("seven", "eight", "nine"), told.values(), strict=True)
    ),
    "not begin with its label": lambda told: {**told, "8": told["8"][5:]},
    "row 9 is empty": lambda told: {**told, "9": told["9"][:5] + "."},
    "row 7 holds another label": lambda told: {**told, "7": f"{told['7']} {told['8']}"},
    "7 holds another label": lambda told: {**told, "7": f"{told['7']}【{told['8'][1:3]}】네."},
    "row 8 is another line's": lambda told: {**told, "8": told["8"][:5] + KOREAN[0]},
    "does not begin": lambda told: {**told, "8": [told["8"]]},
    "it is no object": lambda told: list(told.values()),
    "is no object": lambda _: "안녕.",
}


@pytest.mark.parametrize(("why", "change"), list(CHANGES.items()))
def test_an_answer_that_may_not_belong_to_its_rows_is_refused(
    asked: Question, profile: PromptProfile, why: str, change: Callable[..., object]
) -> None:
    with pytest.raises(RefusedAnswerError, match=why):
        read_answer(written(change(told(asked))), asked, profile)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"7": "[', "it is no JSON"),
        ("Here you are: {}", "it is no JSON"),
        ("<think>So, the first row", "it is no JSON"),
        ("", "it is no JSON"),
        ("[" * 100_000, "it is no JSON"),
        ('{"7": "a", "7": "b"}', "twice"),
    ],
)
def test_text_that_is_no_answer_is_refused(
    asked: Question, profile: PromptProfile, text: str, why: str
) -> None:
    with pytest.raises(RefusedAnswerError, match=why):
        read_answer(ChatAnswer(text), asked, profile)


def test_an_answer_that_was_cut_off_is_refused(asked: Question, profile: PromptProfile) -> None:
    with pytest.raises(RefusedAnswerError, match="does not end"):
        read_answer(replace(written(told(asked)), is_whole=False), asked, profile)


@pytest.mark.parametrize("piece", ["네. ", "안! ", "12 ", "(", "- ", "x", ": "])
def test_a_text_of_megabytes_is_refused_at_once(
    question: Make, profile: PromptProfile, piece: str
) -> None:
    asked = question("I did.")

    with pytest.raises(RefusedAnswerError, match="row 7 does not end"):
        read_answer(written(told(asked, (f"제! {piece * 300_000}",))), asked, profile)


def test_an_echo_of_the_lines_before_is_refused(question: Make, profile: PromptProfile) -> None:
    asked = question("And who carried them?", before=((ENGLISH[0], KOREAN[0]),))

    with pytest.raises(RefusedAnswerError, match="row 7 is another line's"):
        read_answer(written(told(asked, KOREAN[:1])), asked, profile)


@pytest.mark.parametrize(
    ("row", "line"),
    [("And who carried them?", "I did."), ("I did.", "You carried them home?"), ("I.", "You too.")],
)
def test_a_short_text_of_another_line_is_refused_unless_both_are_short_answers(
    question: Make, profile: PromptProfile, row: str, line: str
) -> None:
    text = "제가 그랬죠." if row == "I." else "제가요."
    asked = question(row, before=((line, text),))

    with pytest.raises(RefusedAnswerError, match="another line's"):
        read_answer(written(told(asked, (text,))), asked, profile)


def test_short_rows_may_be_translated_alike(question: Make, profile: PromptProfile) -> None:
    asked = question("Yeah.", "Yes.", before=(("Yep.", "네."),))

    assert len(read_answer(written(told(asked, ("네.", "네."))), asked, profile)) == 2


def test_right_labels_before_the_wrong_texts_do_not_help(
    asked: Question, profile: PromptProfile
) -> None:
    with pytest.raises(RefusedAnswerError, match="beside other rows"):
        read_answer(written(told(asked, (*KOREAN[1:], "그랬군요."))), asked, profile)


def test_what_was_meant_is_told(question: Make, profile: PromptProfile) -> None:
    asked = question("Gemma scope med Gemma.", "Great.")
    answer = told(asked, ("Gemma Scope, MedGemma요.", "좋네요."))
    meant = {"7": "Gemma Scope, MedGemma.", "8": "Great", "70": "Gemma"}

    answers = read_answer(written({**answer, "meant": meant}), asked, profile)

    assert [one.meant for one in answers] == ["Gemma Scope, MedGemma.", ""]


@pytest.mark.parametrize(
    "meant", [None, [], {"7": 5}, {"7": ""}, {"7": "A quite different thing altogether."}]
)
def test_what_was_not_said_is_not_meant(
    question: Make, profile: PromptProfile, meant: object
) -> None:
    asked = question("We like Gemma scope.")
    answer = {**told(asked, ("저희는 Gemma Scope를 좋아해요.",)), "meant": meant}

    assert read_answer(written(answer), asked, profile)[0].meant == ""


def test_a_single_text_is_the_answer_where_the_profile_says_so(
    question: Make, profile: PromptProfile
) -> None:
    alone = replace(profile, answer="text", rows=1)

    assert read_answer(ChatAnswer(" 제가  했어요.\n"), question("I did."), alone) == (
        Answer("제가 했어요."),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Here is the translation:\n\n제가 했어요.",
        "제가 했어요.\n(I did it.)",
        '{"7": "제가 했어요."}',
        '["제가 했어요."]',
        "<think>제가 했어요.",
        "```\n제가 했어요.",
    ],
)
def test_more_than_a_line_of_text_leaves_its_row(
    question: Make, profile: PromptProfile, text: str
) -> None:
    alone = replace(profile, answer="text", rows=1)

    assert read_answer(ChatAnswer(text), question("I did."), alone) == (Answer(""),)


@pytest.mark.parametrize("text", ["", "...", "<think></think>", "제가 했어요.</think>"])
def test_no_text_is_refused(question: Make, profile: PromptProfile, text: str) -> None:
    alone = replace(profile, answer="text", rows=1)

    with pytest.raises(RefusedAnswerError, match="row 7 is empty"):
        read_answer(ChatAnswer(text), question("I did."), alone)


def test_a_row_that_holds_more_than_its_text_is_left_and_no_other(
    asked: Question, profile: PromptProfile
) -> None:
    noted = (f"{KOREAN[0]} (역주: 오슬로)", *KOREAN[1:])

    answers = read_answer(written(told(asked, noted)), asked, profile)

    assert [one.text for one in answers] == ["", *KOREAN[1:]]


def test_the_beginning_of_the_next_row_is_refused(question: Make, profile: PromptProfile) -> None:
    asked = question("We carried the lamps.", "Nobody saw us there.")
    late = ("저희가 램프를 날랐어요. 거기서는 아무도", "거기서는 아무도 저희를 못 봤어요.")

    with pytest.raises(RefusedAnswerError, match="next one's beginning"):
        read_answer(written(told(asked, late)), asked, profile)


@pytest.mark.parametrize("hidden", ["\ud800", "\x00", "\ue000", "\uffff", "\x1b[31m"])
def test_what_no_text_holds_leaves_its_row(
    question: Make, profile: PromptProfile, hidden: str
) -> None:
    asked = question("I did.")
    answer = {**told(asked, (f"제{hidden}가요.",)), "meant": {"7": f"I {hidden}did it."}}

    assert read_answer(ChatAnswer(json.dumps(answer)), asked, profile) == (Answer(""),)


@pytest.mark.parametrize(
    "text", ["[웃음]", "(웃음)", "<think>\nHm.\n</think>\n\n[웃음]", "```\n[웃음]\n```"]
)
def test_a_line_of_text_may_have_brackets_and_a_frame(
    question: Make, profile: PromptProfile, text: str
) -> None:
    alone = replace(profile, answer="text", rows=1)

    (answer,) = read_answer(ChatAnswer(text), question("(laughs)"), alone)

    assert answer.text.strip("[]()") == "웃음"


@pytest.mark.parametrize(
    ("english", "said", "text"),
    [
        ("Can it scale?", '"확장이 되나요?"', "확장이 되나요?"),
        ("Can it scale?", "**확장이 되나요?**", "확장이 되나요?"),
        ("Can it scale?", "「확장이 되나요?」", "확장이 되나요?"),
        ('"Can it scale?"', '"확장이 되나요?"', '"확장이 되나요?"'),
        ("Say yes or no.", '"예" 아니면 "아니요"', '"예" 아니면 "아니요"'),
        ("He said go.", '그가 말했죠: "가."', '그가 말했죠: "가."'),
    ],
)
def test_quotes_around_a_text_are_its_own_only_where_the_english_has_them(
    question: Make, profile: PromptProfile, english: str, said: str, text: str
) -> None:
    alone = replace(profile, answer="text", rows=1)

    assert read_answer(ChatAnswer(said), question(english), alone) == (Answer(text),)


def test_a_score_is_that_of_the_text_alone(question: Make, profile: PromptProfile) -> None:
    asked = question("I did.")
    label = asked.rows[0].label
    pieces = ['{"7": "', f"[{label}] ", "제가", "요.", '"}']
    tokens = tuple(Token(text.encode(), -float(n)) for n, text in enumerate(pieces))

    (answer,) = read_answer(ChatAnswer("".join(pieces), True, tokens), asked, profile)

    assert answer == Answer("제가요.", score=-2.5)


@pytest.mark.parametrize("odd", [float("nan"), float("-inf")])
def test_a_probability_that_is_no_number_gives_no_score(
    question: Make, profile: PromptProfile, odd: float
) -> None:
    alone = replace(profile, answer="text", rows=1)
    told = ChatAnswer("제가요.", True, (Token("제가".encode(), -1.0), Token("요.".encode(), odd)))

    assert read_answer(told, question("I did."), alone) == (Answer("제가요."),)

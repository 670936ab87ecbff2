import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pytest

from podcast.language import Language
from translation.checks.row_checks import check
from translation.conversation import Answer, SourceRow, Style
from translation.prompting.asking import FREE, MOST_VAIN, SURE, Asker, Talk
from translation.prompting.chat import ChatAnswer, ChatRequest
from translation.prompting.prompt_profiles import PromptProfile

OBJECT = re.compile(r"\{.*?\}", re.DOTALL)
WORDS = {
    "We bought lamps.": "저희는 램프를 샀어요.",
    "Who carried them?": "누가 들고 왔어요?",
    "I did, and it rained.": "제가요, 비도 왔고요.",
    "All the way home?": "집까지 쭉이요?",
    "Every single step.": "한 걸음도 빠짐없이요.",
    "That sounds awful.": "정말 끔찍했겠네요.",
}
ROWS = tuple(SourceRow(text) for text in WORDS)

Rows = Mapping[str, tuple[str, str]]


@dataclass
class Model:
    """Translates by heart, or does with the rows of a question what it is told to."""

    misdeed: Callable[[Rows, ChatRequest], ChatAnswer | None] | None = None
    asked: list[ChatRequest] = field(default_factory=list)

    def __call__(self, request: ChatRequest) -> ChatAnswer | None:
        self.asked.append(request)
        if self.misdeed:
            return self.misdeed(rows_of(request), request)
        return right(rows_of(request), request)

    @property
    def sizes(self) -> list[int]:
        return [len(rows_of(request)) for request in self.asked]


def rows_of(request: ChatRequest) -> Rows:
    objects = OBJECT.findall(dict(request.messages)["user"])
    rows = json.loads(objects[0]) if request.schema else {}
    return {number: (text[1:3], text[5:]) for number, text in rows.items()}


def written(answer: object) -> ChatAnswer:
    return ChatAnswer(json.dumps(answer, ensure_ascii=False))


def right(rows: Rows, _request: ChatRequest) -> ChatAnswer:
    return written({number: f"[{label}] {WORDS[text]}" for number, (label, text) in rows.items()})


@pytest.fixture
def translate(profile: PromptProfile) -> Callable[[Model], list[Answer]]:
    """Return a function that has all rows translated, as one batch where that works."""
    asker = Asker(lambda _: None, replace(profile, rows=6), 4096)

    def run(model: Model) -> list[Answer]:
        talk = Talk(ROWS, Language.KO, Style())
        batches = replace(asker, ask=model).translate(talk, range(len(ROWS)))
        return [answer for batch in batches for answer in batch]

    return run


Translate = Callable[[Model], list[Answer]]


def texts(answers: list[Answer]) -> list[str]:
    return [answer.text for answer in answers]


def test_a_right_answer_is_asked_for_once(translate: Translate) -> None:
    model = Model()

    assert texts(translate(model)) == list(WORDS.values())
    assert model.sizes == [6]


def test_a_refused_answer_is_asked_for_again_and_more_freely(translate: Translate) -> None:
    model = Model(lambda rows, asked: right(rows, asked) if asked.temperature else written({}))

    assert texts(translate(model)) == list(WORDS.values())
    assert [one.temperature for one in model.asked] == [SURE, FREE]


def test_then_it_is_asked_for_in_halves(translate: Translate) -> None:
    model = Model(lambda rows, asked: right(rows, asked) if len(rows) < 4 else written({}))

    assert texts(translate(model)) == list(WORDS.values())
    assert model.sizes == [6, 6, 3, 3]


def test_then_row_by_row_and_at_last_without_what_is_around(translate: Translate) -> None:
    def shy(rows: Rows, asked: ChatRequest) -> ChatAnswer:
        around = re.search("Before|After", dict(asked.messages)["user"])
        return written({}) if len(rows) > 1 or around else right(rows, asked)

    assert texts(translate(Model(shy))) == list(WORDS.values())


def in_plain_words_only(request: ChatRequest) -> ChatAnswer | None:
    """Copy what stands in an object, as small models do, and translate a line."""
    if request.schema:
        rows = rows_of(request).items()
        return written({number: f"[{label}] {text}" for number, (label, text) in rows})
    return ChatAnswer(WORDS[dict(request.messages)["user"].removeprefix("Plainly, ")])


def test_the_last_question_for_a_row_is_in_plain_words(plain_profile: PromptProfile) -> None:
    model = Model(lambda _, asked: in_plain_words_only(asked))
    asker = Asker(model, plain_profile, 4096)

    batches = list(asker.translate(Talk(ROWS, Language.KO, Style()), range(6)))

    assert [answer.text for batch in batches for answer in batch] == list(WORDS.values())
    last = [one for one in model.asked if not one.schema]
    assert [one.temperature for one in last] == [SURE] * 6


@pytest.mark.parametrize(
    "said",
    [
        "제가 비를\n맞았죠.",
        '{"3": "제가요."}',
        "<think>제가요.",
        "Это не то.",
        "그랬어요 " * 40,
        ROWS[2].text,
    ],
)
def test_what_is_said_in_plain_words_is_not_believed_either(
    plain_profile: PromptProfile, said: str
) -> None:
    model = Model(lambda _, asked: ChatAnswer("" if asked.schema else said))
    asker = Asker(model, plain_profile, 4096)

    (answers,) = asker.translate(Talk(ROWS[2:3], Language.KO, Style()), range(1))

    assert [one.schema is None for one in model.asked] == [False, False, True]
    assert answers[0].text == "" or check(ROWS[2].text, answers[0].text, Language.KO)


@pytest.mark.parametrize("answer", [None, written({}), ChatAnswer("sorry"), ChatAnswer("", False)])
def test_what_is_never_answered_is_left_empty(
    translate: Translate, answer: ChatAnswer | None
) -> None:
    model = Model(lambda *_: answer)

    assert texts(translate(model)) == [""] * 6
    assert len(model.asked) <= 2 * (1 + 2 + 2) + 3 * 6


def test_a_row_that_stays_english_is_asked_for_alone(translate: Translate) -> None:
    def copying(rows: Rows, asked: ChatRequest) -> ChatAnswer:
        if len(rows) == 1:
            return right(rows, asked)
        answer = json.loads(right(rows, asked).text)
        label, text = rows["3"]
        return written({**answer, "3": f"[{label}] {text}"})

    model = Model(copying)

    assert texts(translate(model)) == list(WORDS.values())
    assert model.sizes == [6, 1]


def test_a_row_that_is_bad_each_time_keeps_its_first_answer(translate: Translate) -> None:
    def copying(rows: Rows, asked: ChatRequest) -> ChatAnswer:
        answer = json.loads(right(rows, asked).text)
        changed = {key: f"[{rows[key][0]}] {rows[key][1]}" for key in answer if key == "3"}
        return written(answer | changed)

    answers = texts(translate(Model(copying)))

    assert answers[2] == ROWS[2].text
    assert answers[:2] + answers[3:] == [*WORDS.values()][:2] + [*WORDS.values()][3:]


def test_a_model_that_answers_no_object_is_soon_asked_in_plain_words_alone(
    plain_profile: PromptProfile,
) -> None:
    def copying(rows: Rows, request: ChatRequest) -> ChatAnswer:
        if not request.schema:
            number = dict(request.messages)["user"].split()[-2]
            return ChatAnswer(f"램프를 {number}개나 샀어요.")
        return written({number: f"[{label}] {text}" for number, (label, text) in rows.items()})

    talk = tuple(SourceRow(f"We bought exactly {n} lamps.") for n in range(20, 80))
    model = Model(copying)
    asker = Asker(model, replace(plain_profile, rows=12), 4096)

    batches = list(asker.translate(Talk(talk, Language.KO, Style()), range(60)))

    assert [one.text for batch in batches for one in batch][-1] == "램프를 79개나 샀어요."
    assert sum(one.schema is not None for one in model.asked) <= MOST_VAIN + 2
    assert sum(one.schema is None for one in model.asked) == 60


def test_later_batches_see_what_came_before(profile: PromptProfile) -> None:
    model = Model()
    asker = Asker(model, replace(profile, rows=3), 4096)

    list(asker.translate(Talk(ROWS, Language.KO, Style()), range(6)))

    told = dict(model.asked[1].messages)["user"]
    assert "Before: Who carried them? => 누가 들고 왔어요?\nI did, and it rained. => 제가요" in told
    assert "After: All the way home?" in dict(model.asked[0].messages)["user"]


def test_a_part_sees_what_comes_before_it_in_english(profile: PromptProfile) -> None:
    model = Model()
    asker = Asker(model, replace(profile, rows=3), 4096)

    (answers,) = asker.translate(Talk(ROWS, Language.KO, Style()), range(3, 6))

    assert texts(list(answers)) == list(WORDS.values())[3:]
    assert "Before: Who carried them?\nI did" in dict(model.asked[0].messages)["user"]
    assert set(rows_of(model.asked[0])) == {"4", "5", "6"}


def test_what_has_no_letters_is_not_asked_for(profile: PromptProfile) -> None:
    model = Model()
    talk = Talk((SourceRow("..."), SourceRow("")), Language.KO, Style())
    asker = Asker(model, replace(profile, rows=1), 4096)

    assert list(asker.translate(talk, range(2))) == [(Answer("..."),), (Answer(""),)]
    assert model.asked == []


def test_a_row_may_be_more_than_one_thing(profile: PromptProfile) -> None:
    def free(rows: Rows, asked: ChatRequest) -> ChatAnswer:
        text = "제가 했어요." if asked.temperature else "제가요."
        return written({number: f"[{label}] {text}" for number, (label, _) in rows.items()})

    asker = Asker(Model(free), profile, 4096)

    assert asker.candidates(SourceRow("I did."), Language.KO, Style()) == (
        Answer("제가요."),
        Answer("제가 했어요."),
    )


def test_the_freer_answer_is_asked_for_in_plain_words(plain_profile: PromptProfile) -> None:
    model = Model(lambda _, asked: in_plain_words_only(asked))

    found = Asker(model, plain_profile, 4096).candidates(ROWS[0], Language.KO, Style())

    assert found == (Answer(ROWS[0].text), Answer(WORDS[ROWS[0].text]))
    assert [one.temperature for one in model.asked] == [SURE, FREE]


def test_a_row_that_does_not_fit_the_context_is_not_asked_for(profile: PromptProfile) -> None:
    model = Model()
    talk = Talk((SourceRow("word " * 4000),), Language.KO, Style())

    assert list(Asker(model, profile, 2048).translate(talk, range(1))) == [(Answer(""),)]
    assert model.asked == []


def test_a_model_that_is_shown_nothing_around_is_not_asked_twice_alike(
    profile: PromptProfile,
) -> None:
    model = Model(lambda *_: None)
    asker = Asker(model, replace(profile, rows=1, before=0, after=0), 4096)

    list(asker.translate(Talk(ROWS[:1], Language.KO, Style()), range(1)))

    assert [one.temperature for one in model.asked] == [SURE, FREE]

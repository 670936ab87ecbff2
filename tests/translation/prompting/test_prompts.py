import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from podcast.language import TARGETS, Language
from podcast.register import Register
from translation.conversation import SourceRow, Style
from translation.glossary.terms import Term
from translation.prompting.prompt_profiles import PACKAGED, PromptProfile, parse_profile
from translation.prompting.prompts import language_name, limits_for, write_request
from translation.prompting.questions import Question, labelled

PROFILES = [
    parse_profile(file.read_text(encoding="utf-8"), file.name)
    for file in PACKAGED.iterdir()
    if file.name.endswith(".toml")
]
ROWS = (SourceRow("Hi.", "Ann"), SourceRow("We use Gemma.", "Ann"), SourceRow("Who?", "Bo"))
GEMMA, SCOPE = Term("Gemma", "젬마"), Term("Gemma Scope", "젬마 스코프")


def asked_in(question: Question, profile: PromptProfile) -> str:
    return dict(write_request(question, profile, 0.0).messages)["user"]


PLAIN = Style()


def question_of(*rows: SourceRow, style: Style = PLAIN, target: Language = Language.KO) -> Question:
    return Question(labelled(rows, 7), (), (), target, style)


def test_rows_stand_in_the_object_that_the_answer_is_to_be(profile: PromptProfile) -> None:
    asked = question_of(*ROWS)
    texts = {str(row.number): f"[{row.label}] {row.source.text}" for row in asked.rows}

    rows, _, numbers = asked_in(asked, profile).partition("Bo: 9\n\n")[2].rpartition(" (")

    assert json.loads(rows) == texts
    assert numbers == "7, 8, 9)"


def test_it_is_told_who_says_which_rows(profile: PromptProfile) -> None:
    assert asked_in(question_of(*ROWS), profile).startswith("Who: Ann: 7, 8\nBo: 9\n")
    assert "Who" not in asked_in(question_of(SourceRow("A title")), profile)


def test_what_is_known_is_told(profile: PromptProfile) -> None:
    style = Style((GEMMA, SCOPE), (("Ann", Register.POLITE), ("", Register.FORMAL)))
    around = replace(
        question_of(*ROWS, style=style),
        before=((SourceRow("Hello."), "안녕하세요."), (SourceRow("Well."), "")),
        after=(SourceRow("Us."),),
    )

    told = asked_in(around, profile)

    assert "Terms: Gemma = 젬마\n" in told
    assert "How: Ann: polite (해요체)\nBo: formal (하십시오체)\n" in told
    assert "Before: Hello. => 안녕하세요.\nWell.\n" in told
    assert "After: Us." in told
    assert "Scope" not in told


def test_what_is_not_known_leaves_no_trace(profile: PromptProfile) -> None:
    told = asked_in(question_of(*ROWS), profile)

    assert not any(word in told for word in ("Terms", "How", "Before", "After", "$"))


def test_the_schema_has_the_numbers_of_the_rows_and_no_others(profile: PromptProfile) -> None:
    schema = write_request(question_of(*ROWS), profile, 0.0).schema

    assert schema is not None
    assert schema["required"] == ["7", "8", "9"]
    assert set(schema["properties"]) == {"7", "8", "9", "meant"}
    assert schema["additionalProperties"] is False


def test_a_text_is_asked_for_without_number_label_and_schema(profile: PromptProfile) -> None:
    request = write_request(question_of(SourceRow("Hi.")), replace(profile, answer="text"), 0.0)

    assert request.schema is None
    assert request.messages[-1] == ("user", "Hi. (7)")


def test_a_text_is_asked_for_in_the_manner_of_who_says_it(profile: PromptProfile) -> None:
    style = Style((GEMMA,), (("Ann", Register.POLITE), ("", Register.FORMAL)))
    bo_says = question_of(SourceRow("Gemma.", "Bo"), style=style)

    told = asked_in(bo_says, replace(profile, answer="text"))

    assert told == "Terms: Gemma = 젬마\n\nHow: formal (하십시오체)\n\nWho: Bo: 7\n\nGemma. (7)"


def test_an_answer_may_not_be_much_longer_than_its_english(profile: PromptProfile) -> None:
    def most(*texts: str) -> int:
        return write_request(question_of(*map(SourceRow, texts)), profile, 0.0).max_tokens

    assert most("Hi.") < 60
    assert most("a" * 100) < most("a" * 200) < 300


@pytest.mark.parametrize("text", ["It costs $5.", "$rows", "Ignore that. {}", "Say $$ twice."])
def test_what_people_say_is_put_in_as_it_is(profile: PromptProfile, text: str) -> None:
    assert f'] {text}"' in asked_in(question_of(SourceRow(text)), profile)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("target", TARGETS)
def test_every_profile_names_the_language_and_the_row(
    profile: PromptProfile, target: Language
) -> None:
    for way in (profile, profile.alone()):
        request = write_request(question_of(SourceRow("Hi."), target=target), way, 0.0)
        told = request.messages[-1][1]

        assert language_name(target) in told or target.tag in str(request.fields)
        assert "Hi." in told
        assert "$" not in told + str(request.fields)


def test_a_small_context_is_given_fewer_letters(profile: PromptProfile) -> None:
    small, large = (limits_for(profile, n).letters for n in (2048, 8192))

    assert small < large
    assert limits_for(profile, 100).letters > 0


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("context", [2048, 4096])
def test_question_and_answer_fit_the_context(
    profile: PromptProfile, context: int, question: Callable[..., Question]
) -> None:
    limits = limits_for(profile, context)
    row = SourceRow("a" * (limits.letters // limits.rows))
    line = SourceRow("a" * 90)
    asked = replace(
        question_of(*[row] * limits.rows),
        before=((line, "가" * 45),) * profile.before,
        after=(line,) * profile.after,
    )

    request = write_request(asked, profile, 0.0)
    told = "".join(text for _, text in request.messages)
    hangul = told.count("가")

    assert (len(told) - hangul) / 3.5 + hangul + request.max_tokens < context

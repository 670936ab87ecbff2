from collections.abc import Callable
from pathlib import Path

import pytest

from podcast.errors import NetworkError, SetupError
from podcast.language import Language
from podcast.model_reference import LoadOptions
from translation.conversation import Answer, SourceRow, Style
from translation.engines.chat_client import RefusedRequestError
from translation.engines.llm import MOST_REFUSALS, LlmServer, LlmTranslator
from translation.prompting.chat import ChatAnswer, ChatRequest
from translation.prompting.prompt_profiles import parse_profile

PROFILE = parse_profile(
    'version = 1\nmodels = ["*"]\nanswer = "text"\n[texts]\nuser = "$rows"\n', "plain.toml"
)
SERVER = LlmServer("http://127.0.0.1:9/v1", "qwen2.5")


def spoken(request: ChatRequest) -> ChatAnswer:
    """Answer with as many syllables as the row has words, by the number that it ends with."""
    return ChatAnswer(f"대답은 {request.messages[0][1].split()[-1]}.")


def translator(
    ask: Callable[[ChatRequest], ChatAnswer] = spoken, concurrency: int = 1
) -> LlmTranslator:
    return LlmTranslator("plain", ask, PROFILE, 4096, concurrency)


def rows(n: int) -> list[SourceRow]:
    return [SourceRow(f"The answer is {number}.") for number in range(n)]


@pytest.mark.parametrize("concurrency", [1, 4])
def test_rows_come_back_in_order_however_many_are_asked_for_at_once(concurrency: int) -> None:
    done: list[float] = []

    found = translator(concurrency=concurrency).translate(
        rows(300), Language.KO, Style(), done.append
    )

    assert found == tuple(Answer(f"대답은 {number}..") for number in range(300))
    assert done == sorted(done)
    assert done[-1] == 1.0


def test_a_row_is_tried_again_alone() -> None:
    assert translator().retry(rows(2), Language.KO, Style(), lambda _: None) == (
        (Answer("대답은 0.."),),
        (Answer("대답은 1.."),),
    )


def test_no_rows_are_no_question() -> None:
    assert translator().translate((), Language.KO, Style(), lambda _: None) == ()


def test_a_request_that_is_refused_leaves_its_row() -> None:
    def broken(request: ChatRequest) -> ChatAnswer:
        if request.messages[0][1].endswith(" 1."):
            raise RefusedRequestError("too long")
        return spoken(request)

    found = translator(broken).translate(rows(3), Language.KO, Style(), lambda _: None)

    assert [answer.text for answer in found] == ["대답은 0..", "", "대답은 2.."]


@pytest.mark.parametrize(
    ("error", "n_asked"), [(RefusedRequestError("Too long."), MOST_REFUSALS), (NetworkError(), 1)]
)
def test_a_server_that_answers_nothing_is_given_up(error: Exception, n_asked: int) -> None:
    asked: list[ChatRequest] = []

    def gone(request: ChatRequest) -> ChatAnswer:
        asked.append(request)
        raise error

    with pytest.raises(type(error)):
        translator(gone).translate(rows(100), Language.KO, Style(), lambda _: None)

    assert len(asked) == n_asked


def test_a_row_that_the_server_is_away_for_goes_to_nobody_else() -> None:
    def away(request: ChatRequest) -> ChatAnswer:
        raise NetworkError("It is not there.")

    with pytest.raises(NetworkError):
        translator(away).retry(rows(1), Language.KO, Style(), lambda _: None)


TALK = ("We bought a lamp.", "Who carried it home?", "It rained.", "I never saw that film again.")


def test_a_sentence_that_a_model_says_to_everything_is_no_answer() -> None:
    always = translator(lambda _: ChatAnswer("정말 흥미롭네요."))
    said = [SourceRow(text) for text in TALK]

    told = always.translate(said, Language.KO, Style(), lambda _: None)
    again = always.retry(said, Language.KO, Style(), lambda _: None)

    assert {answer.text for answer in told} == {""}
    assert set(again) == {()}


def test_rows_that_say_nearly_the_same_may_be_translated_alike() -> None:
    alike = translator(lambda _: ChatAnswer("정말 감사합니다."))
    said = [SourceRow("Thank you very much."), SourceRow("Thank you so much.")]

    told = alike.translate(said, Language.KO, Style(), lambda _: None)

    assert {answer.text for answer in told} == {"정말 감사합니다."}


def test_a_server_that_takes_no_request_at_all_is_not_asked_on() -> None:
    def closed(_request: ChatRequest) -> ChatAnswer:
        raise SetupError("It wants a key.")

    with pytest.raises(SetupError):
        translator(closed).translate(rows(3), Language.KO, Style(), lambda _: None)


def test_a_model_is_named_with_the_way_in_which_it_is_asked(tmp_path: Path) -> None:
    (tmp_path / "qwen.toml").write_text(
        'version = 7\nmodels = ["qwen*"]\n[texts]\nuser = "$rows"\n', encoding="utf-8"
    )
    other = LlmServer(SERVER.url, SERVER.model, profiles=tmp_path)

    assert SERVER.identity().startswith("qwen2.5 (qwen 2 (")
    assert other.identity().startswith("qwen2.5 (qwen 7 (")
    assert SERVER.stamp() != other.stamp()


def test_the_key_is_not_shown() -> None:
    assert "secret" not in repr(LoadOptions(server_key="sk-secret"))


def test_a_server_that_is_not_there_is_said_when_the_model_is_loaded() -> None:
    quick = LlmServer(SERVER.url, SERVER.model)

    with pytest.raises(NetworkError, match="cannot be reached"):
        quick.load(LoadOptions())

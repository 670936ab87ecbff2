from collections.abc import Callable
from pathlib import Path

import pytest

from podcast.errors import NetworkError, SetupError
from podcast.language import Language
from podcast.model_reference import LoadOptions
from translation.conversation import Answer, SourceRow, Style
from translation.engines.chat_client import RefusedRequestError
from translation.engines.llm import MOST_FAILURES, LlmServer, LlmTranslator
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


@pytest.mark.parametrize("error", [NetworkError("cut"), RefusedRequestError("too long")])
def test_a_request_that_fails_leaves_its_row(error: Exception) -> None:
    def broken(request: ChatRequest) -> ChatAnswer:
        if request.messages[0][1].endswith(" 1."):
            raise error
        return spoken(request)

    found = translator(broken).translate(rows(3), Language.KO, Style(), lambda _: None)

    assert [answer.text for answer in found] == ["대답은 0..", "", "대답은 2.."]


def test_a_server_that_fails_each_time_is_given_up() -> None:
    asked: list[ChatRequest] = []

    def gone(request: ChatRequest) -> ChatAnswer:
        asked.append(request)
        raise NetworkError("It is not there.")

    with pytest.raises(NetworkError, match="not there"):
        translator(gone).translate(rows(100), Language.KO, Style(), lambda _: None)

    assert len(asked) == MOST_FAILURES


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

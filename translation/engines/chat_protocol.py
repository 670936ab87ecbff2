"""What is sent to servers of the OpenAI chat protocol, and what of their replies is read. Pure."""

import json
from collections.abc import Mapping
from typing import Any

from translation.prompting.chat import ChatAnswer, ChatRequest, Token

FORMS = (
    frozenset({"logprobs", "json_schema"}),
    frozenset({"json_schema"}),
    frozenset({"json_object"}),
    frozenset[str](),
)
"""What may be asked for beyond the core of the protocol, the most first."""

CUT_OFF = frozenset({"length", "max_tokens", "content_filter"})
"""Why an answer has no end; servers have many names for the other reasons."""


def request_body(request: ChatRequest, model: str, form: frozenset[str]) -> dict[str, Any]:
    """Return what is sent to ask a question.

    Args:
        request: The question.
        model: As the server calls it.
        form: One of `FORMS`.
    """
    asked: dict[str, Any] = {
        "model": model,
        "messages": [{"role": role, "content": text} for role, text in request.messages],
        "max_tokens": request.max_tokens,
        "temperature": request.temperature,
        **request.fields,
    }
    if "logprobs" in form:
        asked["logprobs"] = True
    if request.schema is not None and "json_schema" in form:
        schema = {"name": "rows", "strict": True, "schema": request.schema}
        asked["response_format"] = {"type": "json_schema", "json_schema": schema}
    elif request.schema is not None and "json_object" in form:
        # The schema is what older servers of llama.cpp take in this place; others leave it.
        asked["response_format"] = {"type": "json_object", "schema": request.schema}
    return asked


def parse_answer(reply: bytes) -> ChatAnswer | None:
    """Read what a model says; None where it is no answer of the protocol."""
    try:
        choice = parse_object(reply)["choices"][0]
        text, is_whole = (
            choice["message"].get("content"),
            choice.get("finish_reason") not in CUT_OFF,
        )
    except (LookupError, TypeError, AttributeError):
        return None
    return ChatAnswer(_text(text), is_whole, _tokens(choice))


def parse_models(reply: bytes) -> tuple[str, ...]:
    """Read what a server calls its models; none where it does not say."""
    listed = parse_object(reply).get("data")
    found = listed if isinstance(listed, list) else []
    names = (str(one["id"]) for one in found if isinstance(one, dict) and "id" in one)
    return tuple(name for name in names if name.isprintable())


def parse_object(reply: bytes) -> Mapping[str, Any]:
    """Read an object of JSON; an empty one where it is none."""
    try:
        said = json.loads(reply)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _text(content: object) -> str:
    """Return a text, which some servers send in parts beside thoughts; empty if there is none."""
    if isinstance(content, list):
        parts = (part.get("text") for part in content if isinstance(part, dict))
        return "".join(part for part in parts if isinstance(part, str))
    return content if isinstance(content, str) else ""


def _tokens(choice: Mapping[str, Any]) -> tuple[Token, ...]:
    """Return the tokens of an answer; none where the server does not tell them, or wrongly."""
    try:
        return tuple(map(_token, choice["logprobs"]["content"]))
    except (LookupError, TypeError, AttributeError, ValueError):
        return ()


def _token(said: Mapping[str, Any]) -> Token:
    spelled = said.get("bytes")
    text = bytes(list(spelled)) if spelled else str(said["token"]).encode()
    return Token(text, float(said["logprob"]))

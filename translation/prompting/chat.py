"""What is said to a language model and what it says, as values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """One question to a model.

    Attributes:
        messages: Pairs of a role and a text.
        max_tokens: Of the answer.
        temperature: 0 answers the same each time.
        schema: JSON schema of the answer; None for plain text.
        fields: More of the protocol, or of a server's own, as they are sent.
    """

    messages: tuple[tuple[str, str], ...]
    max_tokens: int
    temperature: float = 0.0
    schema: Mapping[str, Any] | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of an answer, as bytes: a character may take more than one."""

    text: bytes
    log_probability: float


@dataclass(frozen=True, slots=True)
class ChatAnswer:
    """What a model says.

    Attributes:
        text: All of it.
        is_whole: It ended by itself, and not at the limit.
        tokens: That it consists of; none where the server does not tell.
    """

    text: str
    is_whole: bool = True
    tokens: tuple[Token, ...] = ()


Ask = Callable[[ChatRequest], ChatAnswer | None]
"""Asks a model; None where it gave no answer to this request."""

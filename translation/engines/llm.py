"""Translate conversations through a language model that a server of the OpenAI protocol runs."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import ClassVar, TypeVar
from urllib.parse import urlsplit

from audio.web.open_hosts import NONE, OpenHosts, is_loopback
from podcast.language import Language
from podcast.model_reference import LoadOptions
from podcast.progress import Report
from translation.conversation import Answer, Candidates, SourceRow, Style
from translation.engines.chat_client import ChatClient, ChatOptions, RefusedRequestError
from translation.prompting.asking import Asker, Talk
from translation.prompting.chat import ChatAnswer, ChatRequest
from translation.prompting.prompt_profiles import PromptProfile, profile_for
from translation.prompting.repeats import repeated
from translation.prompting.row_batches import BatchLimits, cut_batches

logger = logging.getLogger(__name__)

T = TypeVar("T")

STRETCH = BatchLimits(rows=120, letters=20_000)
"""What is translated one batch after the other, each with what the one before became. Stretches see
of each other the English alone, so that nothing depends on how many are translated at once."""

MOST_REFUSALS = 20
"""So many requests that are refused one after the other, and the server is given up. Fewer may be
the way down from a batch to the one row that it cannot answer."""


@dataclass(frozen=True, slots=True)
class LlmServer:
    """A model of a server.

    Attributes:
        url: Of the server, up to the version: http://127.0.0.1:8080/v1.
        model: As the server calls it.
        concurrency: Requests at once.
        context_tokens: Of the model; None for what its profile says.
        profiles: Folder of prompt profiles that go before the product's.
        open_hosts: What may be asked besides the public internet and this machine.
    """

    url: str
    model: str
    concurrency: int = 1
    context_tokens: int | None = None
    profiles: Path | None = None
    open_hosts: OpenHosts = NONE

    def identity(self) -> str:
        """Name the model, and the way in which it is asked."""
        profile = self._profile()
        return f"{self.model} ({profile.label}, {self._context(profile)} tokens)"

    def stamp(self) -> int:
        """Return what changes with the profile."""
        return hash(self.identity())

    def load(self, options: LoadOptions) -> "LlmTranslator":
        """See that the server is there and has the model.

        Raises:
            SetupError: It does not have it, or wants another key.
            NetworkError: It is not there.
        """
        client = self._client(options)
        client.check()
        profile = self._profile()
        return LlmTranslator(
            self._name(), client.ask, profile, self._context(profile), self.concurrency
        )

    def models(self, options: LoadOptions) -> tuple[str, ...]:
        """Return what the server calls its models.

        Raises:
            SetupError: It wants a key.
            NetworkError: It is not there.
        """
        return self._client(options).models()

    def _client(self, options: LoadOptions) -> ChatClient:
        return ChatClient(ChatOptions(self.url, self.model, options.server_key, self.open_hosts))

    def _name(self) -> str:
        """Name the model, and where rows are sent if that is not this machine."""
        parts = urlsplit(self.url)
        host = parts.netloc.rpartition("@")[2]
        return self.model if is_loopback(parts.hostname or "") else f"{self.model} at {host}"

    def _profile(self) -> PromptProfile:
        return profile_for(self.model, self.profiles)

    def _context(self, profile: PromptProfile) -> int:
        return self.context_tokens or profile.context_tokens


class LlmTranslator:
    """Asks a language model, some requests at once.

    Args:
        model: Its name.
        ask: Asks it, or fails.
        profile: How it is asked.
        context_tokens: That question and answer may have together.
        concurrency: Requests at once.
    """

    reads_context: ClassVar[bool] = True

    def __init__(
        self,
        model: str,
        ask: Callable[[ChatRequest], ChatAnswer],
        profile: PromptProfile,
        context_tokens: int,
        concurrency: int = 1,
    ) -> None:
        self._model = model
        self._asker = Asker(_Forgiving(ask), profile, context_tokens)
        self._concurrency = concurrency

    def translate(
        self, rows: Sequence[SourceRow], target: Language, style: Style, report: Report
    ) -> tuple[Answer, ...]:
        """See `Translator.translate`."""
        talk, counted = Talk(rows, target, style), _Count(len(rows), report)

        def answered(part: range) -> list[Answer]:
            batches = self._asker.translate(talk, part)
            return [answer for batch in batches for answer in counted(batch)]

        with ThreadPoolExecutor(self._concurrency) as threads:
            found = tuple(chain.from_iterable(threads.map(answered, cut_batches(rows, STRETCH))))
        own = repeated((row.text, answer.text) for row, answer in zip(rows, found, strict=True))
        told = tuple(Answer("") if answer.text in own else answer for answer in found)
        left = sum(not answer.text for answer in told)
        logger.info("%d rows asked for in %s, %d left", len(rows), target.label, left)
        return told

    def retry(
        self, rows: Sequence[SourceRow], target: Language, style: Style, report: Report
    ) -> tuple[Candidates, ...]:
        """See `Translator.retry`: each row alone, the likeliest answer and a freer plain one."""
        counted = _Count(len(rows), report)

        def candidates(row: SourceRow) -> Candidates:
            (found,) = counted((self._asker.candidates(row, target, style),))
            return found

        with ThreadPoolExecutor(self._concurrency) as threads:
            found = tuple(threads.map(candidates, rows))
        said = zip(rows, found, strict=True)
        own = repeated((row.text, answer.text) for row, answers in said for answer in answers)
        return tuple(tuple(one for one in answers if one.text not in own) for answers in found)

    def describe(self, target: Language) -> str:
        """See `Translator.describe`."""
        return f"en->{target.value} {self._model} ({self._asker.profile.label})"


class _Forgiving:
    """Takes a request that is refused for one that is not answered, unless one after the other is.

    A server that is not there ends the work: rows go to nobody else for that, and wait for it.
    """

    def __init__(self, ask: Callable[[ChatRequest], ChatAnswer]) -> None:
        self._ask = ask
        self._n_refusals = 0

    def __call__(self, request: ChatRequest) -> ChatAnswer | None:
        try:
            answer = self._ask(request)
        except RefusedRequestError as error:
            self._n_refusals += 1
            if self._n_refusals >= MOST_REFUSALS:
                raise
            logger.warning("A request was not answered: %s", error)
            return None
        self._n_refusals = 0
        return answer


class _Count:
    """Reports how many rows are done, from several threads."""

    def __init__(self, n_rows: int, report: Report) -> None:
        self._n_rows = n_rows
        self._report = report
        self._n_done = 0
        self._lock = Lock()

    def __call__(self, batch: tuple[T, ...]) -> tuple[T, ...]:
        """Count a batch, and hand it on."""
        with self._lock:
            self._n_done += len(batch)
            self._report(self._n_done / self._n_rows)
        return batch

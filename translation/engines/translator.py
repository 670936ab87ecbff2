"""What each translator does, in no engine's words: rows of English in, as many rows out."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from podcast.language import Language
from podcast.model_reference import LoadOptions, ModelReference
from podcast.progress import Report
from translation.conversation import Answer, Candidates, SourceRow, Style

if TYPE_CHECKING:
    from audio.web.client import WebOptions


class Translator(Protocol):
    """Says English rows in another language."""

    @property
    def reads_context(self) -> bool:
        """Whether an answer depends on more than its row's text: on its neighbours and the style.

        One that does not is given each text once, and what it said is kept by the text alone.
        """
        ...

    def translate(
        self, rows: Sequence[SourceRow], target: Language, style: Style, report: Report
    ) -> tuple[Answer, ...]:
        """Return one answer for each row, in order; an empty one where nothing came out.

        Args:
            rows: A conversation, or rows without their neighbours.
            target: The language to translate into.
            style: What to keep to, as far as the translator can.
            report: Called as the work goes on.
        """
        ...

    def retry(
        self, rows: Sequence[SourceRow], target: Language, style: Style, report: Report
    ) -> tuple[Candidates, ...]:
        """Try harder: return several answers for each row, in order, each row's best first.

        It looks further than `translate`, and says nothing over and over.

        Args:
            rows: What failed, or parts of it; they are not neighbours of each other.
            target: The language to translate into.
            style: What to keep to, as far as the translator can.
            report: Called as the work goes on.
        """
        ...

    def describe(self, target: Language) -> str:
        """Name the way that a translation takes, such as "en->ko 1.0", without loading a model.

        Raises:
            SetupError: There is none into this language; the message says how to get one.
        """
        ...


TranslatorReference = ModelReference[Translator]


@runtime_checkable
class Licensed(Protocol):
    """A reference that knows under which terms its model is given."""

    def licence(self) -> str:
        """Return the licence, and whether it forbids commercial use; empty if nobody says."""
        ...


ReportBytes = Callable[[int, int], None]
"""Called with the bytes that are here and the bytes that are wanted in all."""


@dataclass(frozen=True, slots=True)
class TranslationModel(ABC):
    """A model of a translator that can be listed, checked, fetched and tried out.

    Attributes:
        name: What the user calls it, such as "argos-en-ko".
        target: The language that it translates into.
        megabytes: About how much there is to download.
        licence: Under which terms its owner gives it.
    """

    name: str
    target: Language
    megabytes: int
    licence: str

    @abstractmethod
    def look(self, folder: Path | None = None) -> tuple[Path | None, tuple[str, ...]]:
        """Return where it is and what is wrong with it; None if it is not here.

        Args:
            folder: Where to look; None takes the usual place.
        """

    @abstractmethod
    def load(self, found: Path, options: LoadOptions) -> Translator:
        """Load it from where `look` has found it.

        Raises:
            SetupError: It is broken.
        """

    @abstractmethod
    def download(self, report: ReportBytes, web: "WebOptions") -> None:
        """Fetch it to its usual place.

        Raises:
            NetworkError: It cannot be fetched now, or arrived damaged.
            SetupError: It is not given out, or is not what it should be.
            StorageError: It cannot be written.
        """

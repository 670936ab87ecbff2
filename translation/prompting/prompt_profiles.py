"""How a family of language models is asked: plain files, which a person can read and replace."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template
from typing import Any, Literal, Self

from podcast.errors import SetupError

PACKAGED = files("translation.prompting").joinpath("profiles")

MOST_ROWS = 100
"""That are asked for at once."""

WORDS = frozenset(
    {
        *("language", "code", "rows", "numbers"),
        *("terms", "registers", "before", "after", "speakers"),
    }
)
"""What a text may ask for with a dollar sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptTexts:
    """What a model is told, with $words where something is put in.

    Attributes:
        user: The question.
        system: What comes first; empty for models that take no such message.
        terms: How $terms of the question tell the words of the glossary, where there are any.
        registers: In the same way, the manner of speech.
        before: The same for lines before,
        after: for lines after,
        speakers: and for who says which rows.
        alone: The last question for a row, which is answered with its text; empty for `user` again.
    """

    user: str
    system: str = ""
    terms: str = ""
    registers: str = ""
    before: str = ""
    after: str = ""
    speakers: str = ""
    alone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptProfile:
    """How a family of models is asked.

    Attributes:
        name: Of the file.
        version: Counts its changes.
        digest: Of what stands in it.
        models: Patterns of the names of models, in small letters.
        texts: What they are told.
        answer: What comes back: an object of many rows, or the text of a single one.
        rows: Asked for at once.
        before: Lines before these that are shown with their translations.
        after: Lines after these that are shown.
        context_tokens: Of a model whose server was not told otherwise.
        mends: It may say what was meant where the English was misheard.
        request: What goes along with each request, in the words of the protocol or of a server.
    """

    name: str
    version: int
    digest: str
    models: tuple[str, ...]
    texts: PromptTexts
    answer: Literal["rows", "text"] = "rows"
    rows: int = 1
    before: int = 0
    after: int = 0
    context_tokens: int = 4096
    mends: bool = False
    request: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def label(self) -> str:
        """Name the profile as it is now: "qwen 1 (3f2a9c01)"."""
        return f"{self.name} {self.version} ({self.digest})"

    def alone(self) -> Self:
        """Return how a row is asked for at last: without its surroundings, in plain words."""
        bare = replace(self, before=0, after=0)
        if not self.texts.alone:
            return bare
        texts = replace(self.texts, user=self.texts.alone)
        return replace(bare, texts=texts, answer="text", rows=1, mends=False)


def profile_for(model: str, folder: Path | None = None) -> PromptProfile:
    """Return the profile of a model: of those whose pattern fits its name, the longest pattern's.

    Args:
        model: Its name, as its server calls it.
        folder: Files that are looked at before those that come with the product.

    Raises:
        SetupError: A file of the folder is no profile, or there is none for the model.
    """
    name = model.rpartition("/")[2].lower()
    for profiles in (tuple(_read_all(folder)) if folder else (), _packaged()):
        fitting = {
            pattern: profile
            for profile in profiles
            for pattern in profile.models
            if fnmatchcase(name, pattern)
        }
        if fitting:
            return fitting[max(fitting, key=len)]
    raise SetupError(f'No prompt profile fits the model {model!r}. Add one with models = ["*"].')


@cache
def _packaged() -> tuple[PromptProfile, ...]:
    return tuple(_read_all(PACKAGED))


def _read_all(folder: Traversable) -> Iterator[PromptProfile]:
    if not folder.is_dir():
        raise SetupError(f"There is no folder of prompt profiles at {folder}. Correct its path.")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            yield parse_profile(file.read_text(encoding="utf-8"), file.name)


def parse_profile(text: str, file: str) -> PromptProfile:
    """Read a profile.

    Args:
        text: TOML.
        file: Its name, for messages.

    Raises:
        SetupError: It is none; the message says what is wrong.
    """
    from pydantic import TypeAdapter, ValidationError

    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    try:
        told = tomllib.loads(text)
        _check_keys(told, PromptProfile, file)
        _check_keys(told.get("texts", {}), PromptTexts, file)
        told |= {"name": file.removesuffix(".toml"), "digest": digest}
        profile = TypeAdapter(PromptProfile).validate_python(told)
    except tomllib.TOMLDecodeError as error:
        raise SetupError(f"{file} is no TOML file: {error}. Mend that place.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise SetupError(f"{file}: {place}: {first['msg']}. Mend that place.") from error
    most = 1 if profile.answer == "text" else MOST_ROWS
    if not 1 <= profile.rows <= most:
        raise SetupError(
            f"{file}: rows is {profile.rows}. With answer = {profile.answer!r}, set 1 to {most}."
        )
    _check_words(profile.texts, file)
    return profile


def _check_keys(told: Mapping[str, Any], form: type, file: str) -> None:
    known = {one.name for one in fields(form)} - {"name", "digest"}
    for key in told:
        if key not in known:
            raise SetupError(f"{file}: unknown key {key!r}. Known are {', '.join(sorted(known))}.")


def _check_words(texts: PromptTexts, file: str) -> None:
    for one in fields(texts):
        template = Template(getattr(texts, one.name))
        unknown = set(template.get_identifiers()) - WORDS
        if unknown or not template.is_valid():
            raise SetupError(
                f"{file}: texts.{one.name} asks for what there is not: "
                f"{', '.join(sorted(unknown)) or 'a lone $'}. There are "
                f"{', '.join(f'${word}' for word in sorted(WORDS))}; a dollar sign is $$."
            )

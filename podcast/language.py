"""The languages of the product, under the names that the outside world knows them by."""

from collections.abc import Iterable
from enum import StrEnum

from podcast.errors import BadInputError


class Language(StrEnum):
    """A language by its ISO 639-1 code, which Whisper and Argos use as well."""

    EN = "en"
    KO = "ko"
    ZH = "zh"
    JA = "ja"

    @property
    def tag(self) -> str:
        """The BCP 47 tag. Chinese is written in simplified characters, which "zh" leaves open."""
        return {"zh": "zh-Hans"}.get(self.value, self.value)

    @property
    def label(self) -> str:
        """The English name."""
        return {"en": "English", "ko": "Korean", "zh": "Chinese", "ja": "Japanese"}[self.value]


SOURCE = Language.EN
TARGETS = (Language.KO, Language.ZH, Language.JA)


def parse_targets(codes: Iterable[str]) -> tuple[Language, ...]:
    """Read target language codes, each kept once, in the order given.

    Raises:
        BadInputError: There is no code, or one that is not a target language.
    """
    targets = tuple(dict.fromkeys(_parse_target(code) for code in codes if code.strip()))
    if not targets:
        raise BadInputError(f"No target language was given. Choose from {_choices()}.")
    return targets


def _parse_target(code: str) -> Language:
    for language in TARGETS:
        if code.strip().lower() in {language.value, language.tag.lower()}:
            return language
    raise BadInputError(f"Unknown target language {code.strip()!r}. Choose from {_choices()}.")


def _choices() -> str:
    return ", ".join(f"{language.value} ({language.label})" for language in TARGETS)

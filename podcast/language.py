"""The languages of the product, under the names that the outside world knows them by."""

from collections.abc import Iterable
from enum import StrEnum

from podcast.errors import BadInputError
from podcast.languages.en import ENGLISH
from podcast.languages.ja import JAPANESE
from podcast.languages.ko import KOREAN
from podcast.languages.profile import LanguageProfile
from podcast.languages.zh import CHINESE


class Language(StrEnum):
    """A language by the code of its profile."""

    EN = ENGLISH.code
    KO = KOREAN.code
    ZH = CHINESE.code
    JA = JAPANESE.code

    @property
    def profile(self) -> LanguageProfile:
        """What is known of the language."""
        return _PROFILES[self.value]

    @property
    def tag(self) -> str:
        """The BCP 47 tag."""
        return self.profile.tag

    @property
    def label(self) -> str:
        """The English name."""
        return self.profile.label


_PROFILES = {profile.code: profile for profile in (ENGLISH, KOREAN, CHINESE, JAPANESE)}

SOURCE = Language.EN
TARGETS = tuple(Language(code) for code in _PROFILES if code != SOURCE)


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

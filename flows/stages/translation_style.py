"""What decides how rows are worded, besides the models: the show's glossary and the typography."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from audio.files.source import read_file
from flows.parameters import Wording
from flows.published.folders import find_glossary
from outputs.record.record_types import Option
from podcast.errors import BadInputError
from podcast.language import Language, parse_targets
from podcast.register import Register
from translation.conversation import Style
from translation.glossary.glossary_file import parse_glossary
from translation.glossary.show_glossary import Glossary
from translation.typography.typesetting import TypographyOptions

EVERYBODY = "everybody"
"""Whoever is not named, among the speakers of a wish."""

REGISTERS = "registers"
"""Their key in a record."""


@dataclass(frozen=True, slots=True)
class EpisodeWording:
    """How rows are worded.

    Attributes:
        glossary: The names and terms of the show.
        typography: How Chinese and Japanese are set.
        registers: Language code -> speaker, or "everybody" -> how politely they speak.
        glossary_sha256: Of the glossary's file; empty without one.
    """

    glossary: Glossary = field(default_factory=Glossary)
    typography: TypographyOptions = field(default_factory=TypographyOptions)
    registers: Mapping[str, Mapping[str, Register]] = field(default_factory=dict)
    glossary_sha256: str = ""

    def style(self, target: Language) -> Style:
        """Return what the translation into a language should keep to."""
        wished = self.registers.get(target.value, {})
        registers = (("" if who == EVERYBODY else who, how) for who, how in wished.items())
        return Style(self.glossary.terms(target), tuple(sorted(registers)))

    def described(self) -> dict[str, Option]:
        """Return it as the record keeps it."""
        wished = {REGISTERS: json.dumps(self.registers, ensure_ascii=False, sort_keys=True)}
        return {
            "glossary": self.glossary_sha256,
            **asdict(self.typography),
            **(wished if self.registers else {}),
        }


def wording_described(options: Mapping[str, Option]) -> Wording:
    """Return the wording that a record describes; the glossary is the one beside the episode."""
    return Wording(
        latin_spacing=bool(options["latin_spacing"]),
        full_width=bool(options["full_width"]),
        registers=json.loads(str(options.get(REGISTERS) or "{}")),
    )


def load_wording(wording: Wording, episode: Path) -> EpisodeWording:
    """Read what decides the wording of an episode.

    Args:
        wording: What the run asks for.
        episode: Folder of the episode; its show's glossary may lie beside it.

    Raises:
        BadInputError: The glossary cannot be read, or is none; or a language has no such register.
    """
    _check_registers(wording.registers)
    style = TypographyOptions(wording.latin_spacing, wording.full_width), wording.registers
    glossary = wording.glossary or find_glossary(episode)
    if glossary is None:
        return EpisodeWording(Glossary(), *style)
    data = read_file(glossary.expanduser(), f"The glossary {glossary}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInputError(f"The glossary {glossary} is not UTF-8 text.") from error
    found = parse_glossary(text, str(glossary))
    return EpisodeWording(found, *style, hashlib.sha256(data).hexdigest())


def _check_registers(wished: Mapping[str, Mapping[str, Register]]) -> None:
    for code, by_speaker in wished.items():
        (target,) = parse_targets([code])
        known = target.profile.registers
        for register in by_speaker.values():
            if register not in known:
                names = ", ".join(known) or "none"
                raise BadInputError(
                    f"{target.label} has no register {register.value!r}. It has: {names}."
                )

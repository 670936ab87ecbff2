"""What decides how rows are worded, besides the models: the show's glossary and the typography."""

import hashlib
from dataclasses import asdict, dataclass, field
from pathlib import Path

from audio.files.source import read_file
from flows.parameters import Wording
from flows.published.folders import find_glossary
from outputs.record.record_types import Option
from podcast.errors import BadInputError
from translation.glossary.glossary_file import parse_glossary
from translation.glossary.show_glossary import Glossary
from translation.typography.typesetting import TypographyOptions


@dataclass(frozen=True, slots=True)
class EpisodeWording:
    """How rows are worded.

    Attributes:
        glossary: The names and terms of the show.
        typography: How Chinese and Japanese are set.
        glossary_sha256: Of the glossary's file; empty without one.
    """

    glossary: Glossary = field(default_factory=Glossary)
    typography: TypographyOptions = field(default_factory=TypographyOptions)
    glossary_sha256: str = ""

    def described(self) -> dict[str, Option]:
        """Return it as the record keeps it."""
        return {"glossary": self.glossary_sha256, **asdict(self.typography)}


def load_wording(wording: Wording, episode: Path) -> EpisodeWording:
    """Read what decides the wording of an episode.

    Args:
        wording: What the run asks for.
        episode: Folder of the episode; its show's glossary may lie beside it.

    Raises:
        BadInputError: The glossary cannot be read, or is none.
    """
    typography = TypographyOptions(wording.latin_spacing, wording.full_width)
    glossary = wording.glossary or find_glossary(episode)
    if glossary is None:
        return EpisodeWording(typography=typography)
    data = read_file(glossary.expanduser(), f"The glossary {glossary}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInputError(f"The glossary {glossary} is not UTF-8 text.") from error
    found = parse_glossary(text, str(glossary))
    return EpisodeWording(found, typography, hashlib.sha256(data).hexdigest())

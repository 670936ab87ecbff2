"""The manifest of an episode's folder: what lies in it, and what made it.

A site reads it to know which files there are and whether it has them already. All times of day are
here and nowhere else, so that every other file is the same whenever it is made.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version

from outputs.record.file_kinds import kind_of
from outputs.record.json_form import JsonForm
from outputs.record.record_types import EpisodeRecord, Option
from podcast.language import Language
from podcast.recording import Episode

MANIFEST_NAME = "manifest.json"
MANIFEST_VERSION = 1


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One file of an episode.

    Attributes:
        name: What it is called among the files of an episode, such as "ko.vtt".
        path: Where it lies, relative to the manifest; on a disk the same as its name.
        size: Bytes.
        sha256: Of its content, in hex.
        type: MIME type.
        role: "record", "line-pairs", "annotated-line-pairs", "page", "captions", "transcript",
            "lyrics", "document", "table", "report", "timeline" or "feed-tags".
        languages: BCP 47 tags of what can be read in it.
    """

    name: str
    path: str
    size: int
    sha256: str
    type: str
    role: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """An episode as it is published.

    Attributes:
        schema_version: Of the manifest.
        show: Name of the show.
        title: In the language that is spoken.
        titles: BCP 47 tag -> title.
        guid: What the feed calls the episode; empty without a feed.
        published_at: When the feed published it, RFC 3339 in UTC; empty if unknown.
        duration: Of the recording, in seconds.
        language: BCP 47 tag of what is spoken.
        languages: BCP 47 tags of the translations.
        lines: Number of rows.
        first_made_at: When these transcripts were first published, RFC 3339 in UTC.
        made_at: When these files were made.
        generator: The program that made them and its version; `versions` holds that of the program
            that made the record.
        models: Stage -> the model's name and identity.
        options: Stage -> option -> value.
        versions: Distribution -> version.
        files: All files but the manifest, by name.
    """

    schema_version: int
    show: str
    title: str
    titles: dict[str, str]
    guid: str
    published_at: str
    duration: float
    language: str
    languages: tuple[str, ...]
    lines: int
    first_made_at: str
    made_at: str
    generator: str = ""
    models: dict[str, str]
    options: dict[str, dict[str, Option]]
    versions: dict[str, str]
    files: tuple[PublishedFile, ...]

    @property
    def episode(self) -> Episode:
        """The episode as it is announced."""
        return Episode(self.show, self.title, guid=self.guid, published_at=self.published_at)


MANIFEST_FORM = JsonForm(
    Manifest, "manifest of an episode", "manifest-1.schema.json", MANIFEST_VERSION
)


def build_manifest(
    record: EpisodeRecord, files: Mapping[str, bytes], made_at: str, first_made_at: str = ""
) -> Manifest:
    """List the files of an episode.

    Args:
        record: What they are rendered from.
        files: Name -> content.
        made_at: The time of day, RFC 3339 in UTC.
        first_made_at: Of an earlier publication; empty for the first one.
    """
    tags = {code: Language(code).tag for code in record.titles}
    return Manifest(
        schema_version=MANIFEST_VERSION,
        show=record.show,
        title=record.title,
        titles={tags[code]: title.text for code, title in record.titles.items()},
        guid=record.guid,
        published_at=record.published_at,
        duration=record.recording.duration,
        language=Language(record.language).tag,
        languages=tuple(tags.values()),
        lines=len(record.lines),
        first_made_at=first_made_at or made_at,
        made_at=made_at,
        generator=f"interlinear {version('interlinear')}",
        models=record.provenance.models,
        options=record.provenance.options,
        versions=record.provenance.versions,
        files=tuple(_file(name, files[name]) for name in sorted(files)),
    )


def _file(name: str, content: bytes) -> PublishedFile:
    kind = kind_of(name)
    sha256 = hashlib.sha256(content).hexdigest()
    return PublishedFile(name, name, len(content), sha256, kind.type, kind.role, kind.languages)

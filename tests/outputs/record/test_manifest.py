"""The manifest lists every file of an episode as it is."""

import hashlib
import json
from importlib.metadata import version

import pytest

from outputs.bundle import render_bundle
from outputs.record.file_kinds import joined_codes, kind_of
from outputs.record.manifest import MANIFEST_FORM, build_manifest
from outputs.record.record_types import EpisodeRecord

NOON, LATER = "2026-11-25T12:00:00Z", "2026-11-26T12:00:00Z"


def test_every_file_is_listed_with_its_size_and_hash(record: EpisodeRecord) -> None:
    files = render_bundle(record)

    listed = {file.name: file for file in build_manifest(record, files, NOON).files}

    assert set(listed) == set(files)
    for name, content in files.items():
        assert listed[name].size == len(content)
        assert listed[name].sha256 == hashlib.sha256(content).hexdigest()
        assert listed[name].path == name


@pytest.mark.parametrize(
    ("name", "mime", "role", "languages"),
    [
        ("episode.json", "application/json", "record", ()),
        ("zh.txt", "text/plain", "line-pairs", ("en", "zh-Hans")),
        ("ja.annotated.txt", "text/plain", "annotated-line-pairs", ("en", "ja")),
        ("ko.html", "text/html", "page", ("en", "ko")),
        ("ko.podcast.html", "text/html", "transcript", ("ko",)),
        ("en.srt", "application/x-subrip", "captions", ("en",)),
        ("en-ja.ttml", "application/ttml+xml", "captions", ("en", "ja")),
    ],
)
def test_a_file_is_told_by_its_name(
    name: str, mime: str, role: str, languages: tuple[str, ...]
) -> None:
    kind = kind_of(name)

    assert (kind.type, kind.role, kind.languages) == (mime, role, languages)


@pytest.mark.parametrize("name", ["ko.exe", "xx.txt", "en-xx.srt", "en-.srt", ".txt"])
def test_a_file_that_is_none_of_ours_is_refused(name: str) -> None:
    with pytest.raises(KeyError):
        kind_of(name)


@pytest.mark.parametrize(
    ("head", "codes"),
    [
        ("en", ("en",)),
        ("pt-BR", ("pt-BR",)),
        ("pt-BR-pt", ("pt-BR", "pt")),
        ("en-zh-Hant", ("en", "zh-Hant")),
        ("zh-zh-Hant", ("zh", "zh-Hant")),
    ],
)
def test_the_code_of_a_language_may_have_a_hyphen(head: str, codes: tuple[str, ...]) -> None:
    assert joined_codes(head, ("en", "pt", "pt-BR", "zh", "zh-Hant")) == codes


def test_only_the_manifest_knows_the_time_of_day(record: EpisodeRecord) -> None:
    files = render_bundle(record)

    first = build_manifest(record, files, NOON)
    again = build_manifest(record, render_bundle(record), LATER, first.first_made_at)

    assert (first.first_made_at, first.made_at) == (NOON, NOON)
    assert (again.first_made_at, again.made_at) == (NOON, LATER)
    assert again.files == first.files
    assert not any(b"2026-11-2" in content for content in files.values())


def test_a_manifest_says_which_program_made_the_files_and_which_the_record(
    record: EpisodeRecord,
) -> None:
    manifest = build_manifest(record, {"zh.txt": b"1"}, NOON)

    assert manifest.generator == f"interlinear {version('interlinear')}"
    assert manifest.versions == {"x": "1"}


def test_a_manifest_of_before_the_generator_was_named_still_reads(record: EpisodeRecord) -> None:
    document = json.loads(MANIFEST_FORM.dump(build_manifest(record, {"zh.txt": b"1"}, NOON)))
    del document["generator"]

    assert MANIFEST_FORM.parse(json.dumps(document).encode(), "it").generator == ""


def test_a_manifest_reads_back_as_it_was(record: EpisodeRecord) -> None:
    manifest = build_manifest(record, {"zh.txt": b"1"}, NOON)

    assert MANIFEST_FORM.parse(MANIFEST_FORM.dump(manifest), "it") == manifest
    assert manifest.languages == ("ko", "ja")

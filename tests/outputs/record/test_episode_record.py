"""The canonical record: written against its schema, read back as it was."""

import json
from dataclasses import replace

import pytest

from outputs.bundle import render_bundle
from outputs.record.episode_record import dump_record, parse_record, transcript_in
from outputs.record.record_types import EpisodeRecord
from podcast.errors import BadInputError, InvariantError
from podcast.language import Language
from podcast.timeline import Word
from podcast.transcript import DroppedWord


def test_a_record_reads_back_as_it_was(record: EpisodeRecord) -> None:
    assert parse_record(dump_record(record)) == record


def test_a_line_carries_everything_that_is_known_about_it(record: EpisodeRecord) -> None:
    line = json.loads(dump_record(record))["lines"][1]

    assert line == {
        "id": "0002",
        "start": 5.0,
        "end": 7.48,
        "speaker": "Speaker 2",
        "speaker_confidence": 1.0,
        "text": "Well, AT&T",
        "meant": "",
        "flags": ["overlap"],
        "words": [
            {"start": 5.0, "end": 5.4, "text": "Well,", "probability": 0.9},
            {"start": 5.5, "end": 7.48, "text": "AT&T", "probability": 0.7},
        ],
        "translations": {
            "ko": {"text": "음, AT&T", "made": "model", "checks": []},
            "ja": {"text": "ええと、AT&T", "made": "model", "checks": []},
        },
        "before": None,
    }


def test_words_of_a_later_version_are_read(record: EpisodeRecord) -> None:
    titles = {code: replace(title, made="sung") for code, title in record.titles.items()}
    lines = tuple(replace(line, flags=("whispered",)) for line in record.lines)
    speakers = tuple(replace(speaker, named="face") for speaker in record.speakers)
    later = replace(record, titles=titles, lines=lines, speakers=speakers)

    assert parse_record(dump_record(later)) == later
    assert render_bundle(later)


def test_a_record_that_breaks_its_schema_is_not_written(record: EpisodeRecord) -> None:
    broken = replace(record, show=None)  # type: ignore[arg-type]  # that is the point

    with pytest.raises(InvariantError, match=r"\$\.show"):
        dump_record(broken)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"{}", "no episode record"),
        (b"not json", "no episode record"),
        (b"", "no episode record"),
    ],
)
def test_another_file_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        parse_record(data, "episode.json")


def test_a_record_of_another_version_is_refused(record: EpisodeRecord) -> None:
    data = dump_record(replace(record, schema_version=2))

    with pytest.raises(BadInputError, match="version 2"):
        parse_record(data)


def test_a_language_that_is_not_there_is_refused(record: EpisodeRecord) -> None:
    with pytest.raises(BadInputError, match="holds no Chinese"):
        transcript_in(record, Language.ZH)


def test_a_bundle_holds_the_record_and_every_format_of_every_language(
    record: EpisodeRecord,
) -> None:
    files = render_bundle(record)

    alone = {"vtt", "srt", "podcast.json", "podcast.html", "plain.txt", "ttml"}
    paired = {"vtt", "srt", "ass", "lrc", "ttml", "md", "csv", "docx"}
    assert set(files) == {
        "episode.json", "report.md", "timeline.svg", "podcast-transcripts.xml",
        *(f"{code}.{ending}" for code in ("en", "ko", "ja") for ending in alone),
        *(f"en-{code}.{ending}" for code in ("ko", "ja") for ending in paired),
        *(f"{code}.{e}" for code in ("ko", "ja") for e in ("txt", "annotated.txt", "html")),
    }  # fmt: skip
    assert all(files.values())


def test_the_same_record_renders_to_the_same_bytes(record: EpisodeRecord) -> None:
    assert render_bundle(record) == render_bundle(parse_record(dump_record(record)))


def test_every_language_has_the_same_english_rows(record: EpisodeRecord) -> None:
    files = render_bundle(record)

    english = {tuple(files[name].decode().split("\n")[2::2]) for name in ("ko.txt", "ja.txt")}
    assert english == {("Yeah.", "Well, AT&T")}


@pytest.mark.parametrize("title", ["제\n목", "제목\n", "\r\n", ""])
def test_a_line_that_would_not_read_back_is_named(record: EpisodeRecord, title: str) -> None:
    titles = {**record.titles, "ko": replace(record.titles["ko"], text=title)}

    with pytest.raises(InvariantError, match=r"ko\.txt of .* would not read back: line 2 is "):
        render_bundle(replace(record, titles=titles))


def test_a_record_that_contradicts_itself_is_not_published(record: EpisodeRecord) -> None:
    gone = tuple(DroppedWord(Word(at, at, "no", 0.5), "loop") for at in (0.5, 0.2))

    with pytest.raises(InvariantError, match=r"would not read back: at \$\.dropped\[1\]"):
        render_bundle(replace(record, dropped=gone))

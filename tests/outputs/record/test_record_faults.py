"""A damaged record is refused with the file and the place, and is never rendered."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from outputs.bundle import render_bundle
from outputs.quality.measures import measured
from outputs.record.episode_record import dump_record, parse_record
from outputs.record.record_types import EpisodeRecord
from podcast.errors import BadInputError

NAN, INFINITE = float("nan"), float("inf")
Path = tuple[str | int, ...]


def changed(document: Any, path: Path, value: Any) -> bytes:
    copied = copy.deepcopy(document)
    inner = copied
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return json.dumps(copied).encode()


@pytest.fixture
def document(record: EpisodeRecord) -> Any:
    return json.loads(dump_record(measured(record)))


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("lines", 0, "start"), -5.0, r"\$\.lines\[0\]: it runs from -5.0 to 4.4"),
        (("lines", 0, "start"), NAN, r"\$\.lines\[0\]: it runs from nan"),
        (("lines", 1, "end"), 99.0, r"\$\.lines\[1\]: it runs from 5.0 to 99.0 s of 12.500 s"),
        (("lines", 1, "end"), 5.0, r"\$\.lines\[1\]\.end: 5.0 is its start"),
        (("lines", 1, "start"), 4.0, r"\$\.lines\[1\]\.start: 4.0 is before"),
        (("lines", 1, "id"), "0001", r"\$\.lines\[1\]\.id: '0001' is there already"),
        (("lines", 1, "speaker"), "Nobody", r"\$\.lines\[1\]\.speaker: 'Nobody' is none of"),
        (("lines", 1, "before"), {"text": "a", "speaker": "x"}, r"\$\.lines\[1\]\.before: 'x'"),
        (("lines", 1, "text"), "a\nb", r"\$\.lines\[1\]\.text: 'a\\nb' is not one line"),
        (("lines", 1, "text"), "a\r", r"\$\.lines\[1\]\.text: 'a\\r' is not one line"),
        (("titles", "ko", "text"), "a\n", r"\$\.titles\.ko\.text: 'a\\n' is not one line"),
        (("label",), "\ufeffa", r"\$\.show: it begins with a byte order mark"),
        (("lines", 1, "words"), [], r"\$\.lines\[1\]\.words: there is none"),
        (("lines", 1, "words", 0, "start"), 6.0, r"\$\.lines\[1\]\.words\[0\]: it runs from 6"),
        (("lines", 1, "words", 0, "probability"), 7, r"words\[0\]\.probability: 7.0 is not"),
        (("lines", 1, "translations"), {}, r"\$\.lines\[1\]\.translations\.(ko|ja): it is not in"),
        (("lines", 1, "translations", "ko", "text"), " ", r"\.translations\.ko\.text: it is empty"),
        (("lines", 1), {}, r"no episode record: at \$\.lines\[1\]\.id: Field required"),
        (("lines",), [], r"\$\.lines: there is none"),
        (("titles", "xx"), {"text": "a", "made": "", "checks": []}, r"\$\.titles\.xx: this is no"),
        (("language",), "nl", r"\$\.language: 'nl' is no language"),
        (("recording", "duration"), INFINITE, r"\$\.recording\.duration: inf is no length"),
        (("recording", "duration"), 5.0, r"\$\.lines\[1\]: it runs from 5.0 to 7.48 s of 5.000 s"),
        (("speakers", 1, "id"), "Speaker 1", r"\$\.speakers\[1\]\.id: 'Speaker 1' is there"),
        (("speakers", 1, "name"), "", r"\$\.speakers\[1\]\.name: it is empty"),
        (("turns", 0, "end"), -1.0, r"\$\.turns\[0\]: it runs from 4.0 to -1.0"),
        (("segments", 0, "avg_logprob"), INFINITE, r"\$\.segments\[0\]\.avg_logprob: inf is no"),
        (("rendering", "interface"), "xx", r"\$\.rendering\.interface: there are no pages in 'xx'"),
        (("rendering", "order"), "both", r"\$\.rendering\.order: 'both' is no order"),
    ],
)
def test_what_contradicts_itself_is_refused_with_its_place(
    document: Any, path: Path, value: Any, place: str
) -> None:
    with pytest.raises(BadInputError, match=rf"^a/episode\.json is .*{place}"):
        parse_record(changed(document, path, value), "a/episode.json")


def test_lines_that_are_out_of_order_are_refused(document: Any) -> None:
    lines = list(reversed(document["lines"]))

    with pytest.raises(BadInputError, match=r"damaged at \$\.lines\[1\]\.start: 4.12 is before"):
        parse_record(changed(document, ("lines",), lines), "episode.json")


def test_a_file_that_is_cut_off_is_refused_with_its_line(document: Any) -> None:
    data = json.dumps(document, indent=1).encode()[:900]

    with pytest.raises(
        BadInputError, match=r"^a\.json is no episode record: Invalid .* at line \d+"
    ):
        parse_record(data, "a.json")


def paths(document: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    if not isinstance(document, dict | list):
        return
    items = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in items:
        yield from paths(value, (*path, key))


WRONG = (-5, 1e9, NAN, INFINITE, "", "a\nb", None, "Nobody", [], {}, True, "\0", "-->", 1e308)


def test_whatever_is_damaged_is_refused_or_can_be_rendered(document: Any) -> None:
    """Every value of a record in turn becomes a wrong one; quality is measured anew."""
    for n, path in enumerate(p for p in paths(document) if p[0] != "quality"):
        try:
            damaged = parse_record(changed(document, path, WRONG[n % len(WRONG)]), "a.json")
        except BadInputError as error:
            assert str(error).startswith("a.json ")  # noqa: PT017  one of many in a loop
        else:
            assert render_bundle(measured(damaged))

"""The reading page says what the record says, names nobody else, and keeps its colours legible."""

import base64
import hashlib
import json
import re
from dataclasses import fields, replace
from html.parser import HTMLParser

import html5lib  # type: ignore[import-untyped]  # it has no types
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outputs.markup.page_labels import PageLabels, page_labels
from outputs.record.record_types import EpisodeRecord
from outputs.site.html import ASSETS, asset, html_text, shared_style
from outputs.site.reading_page import page_script, render_reading_page
from podcast.errors import BadInputError
from podcast.language import Language
from podcast.timeline import Word
from podcast.transcript import Translation

HOSTILE = (
    "</script><script>alert(1)</script> \"><img src=x onerror=alert(1)> AT&T --> '\u2028 \u202e"
)
LABELS = ("en", "ko", "zh", "ja", "nl")
XHTML = "{http://www.w3.org/1999/xhtml}"
N_LINES = 3_000


class _Elements(HTMLParser):
    """Every element with its attributes, in order; `html5lib` reads the text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(page: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Elements()
    parser.feed(page)
    return parser.found


def texts(page: str, tag: str, **attributes: str) -> list[str]:
    """Read the text of elements as a browser would."""
    tree = html5lib.parse(page)
    wanted = {("class" if k == "kind" else k): v for k, v in attributes.items()}
    return [
        "".join(e.itertext())
        for e in tree.iter(XHTML + tag)
        if all(e.get(k) == v for k, v in wanted.items())
    ]


def data(page: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(texts(page, "script", id="page-data")[0])
    return found


def hostile(record: EpisodeRecord) -> EpisodeRecord:
    line = replace(
        record.lines[0], text=HOSTILE, translations={"ko": Translation(HOSTILE, "model")}
    )
    return replace(
        record,
        show=HOSTILE,
        title=HOSTILE,
        titles={"ko": Translation(HOSTILE, "model")},
        speakers=(replace(record.speakers[0], name=HOSTILE), record.speakers[1]),
        lines=(line, record.lines[1]),
    )


def test_pairs_stand_in_their_languages(record: EpisodeRecord) -> None:
    page = render_reading_page(record, Language.KO)

    assert texts(page, "div", id="page-lines", lang="en")
    assert texts(page, "p", kind="source") == ["Yeah.", "Well, AT&T"]
    assert texts(page, "p", kind="target", lang="ko") == ["네.", "음, AT&T"]
    assert texts(page, "h1", lang="ko") == ["제목"]
    assert texts(page, "bdi", kind="name") == ["Speaker 1", "Speaker 2"]
    assert texts(page, "a", kind="time") == ["0:04", "0:05"]


def test_a_line_can_be_linked_to(record: EpisodeRecord) -> None:
    found = elements(render_reading_page(record, Language.KO))

    assert [a["id"] for tag, a in found if tag == "li"] == ["0001", "0002"]
    links = [a["href"] for tag, a in found if tag == "a" and a.get("class") == "time"]
    assert links == ["#0001", "#0002"]


def test_a_browser_has_few_lists_to_look_at(record: EpisodeRecord) -> None:
    """It asks of each in each frame whether it is on the screen."""
    many = tuple(replace(record.lines[0], id=f"{n:04}") for n in range(1, 102))

    found = elements(render_reading_page(replace(record, lines=many), Language.KO))

    assert [tag for tag, _ in found].count("ol") == 6
    assert [a["id"] for tag, a in found if tag == "li"] == [line.id for line in many]


def test_files_to_take_along_are_saved_under_the_name_of_the_episode(record: EpisodeRecord) -> None:
    page = render_reading_page(record, Language.KO, downloads=("ko.txt", "en-ko.srt"))

    links = {a["href"]: a["download"] for tag, a in elements(page) if "download" in a}
    assert links == {"ko.txt": "A title.ko.txt", "en-ko.srt": "A title.en-ko.srt"}
    assert texts(page, "a", download="A title.en-ko.srt") == ["SRT"]


def test_chinese_says_that_it_is_simplified(record: EpisodeRecord) -> None:
    lines = tuple(
        replace(line, translations={"zh": Translation("好", "model")}) for line in record.lines
    )
    chinese = replace(record, lines=lines, titles={"zh": Translation("题目", "given")})

    page = render_reading_page(chinese, Language.ZH)

    assert texts(page, "p", lang="zh-Hans") == ["好", "好"]


@pytest.mark.parametrize("labels", LABELS)
def test_the_page_speaks_the_language_of_its_reader(record: EpisodeRecord, labels: str) -> None:
    page = render_reading_page(record, Language.JA, labels, "a.mp3")

    words = page_labels(labels)
    assert elements(page)[0] == ("html", {"lang": words.tag})
    assert texts(page, "legend") == [words.show, words.emphasis]
    assert texts(page, "h2") == [words.languages, words.keys]


def test_every_language_has_labels_of_its_own() -> None:
    """Save for words which two languages share."""
    shared = {("both", "en"), ("transcript", "nl")}

    for field in fields(PageLabels):
        said = [str(getattr(page_labels(code), field.name)) for code in LABELS]
        assert all(said)
        assert len(set(said)) >= len(LABELS) - 1, field.name
        assert len(set(said)) == len(LABELS) or (field.name, "nl") in shared


def test_labels_that_do_not_exist_are_refused(record: EpisodeRecord) -> None:
    with pytest.raises(BadInputError, match="no page labels in 'fr'"):
        render_reading_page(record, Language.KO, "fr")


def test_a_language_that_is_not_in_the_record_is_refused(record: EpisodeRecord) -> None:
    with pytest.raises(BadInputError, match="holds no Chinese"):
        render_reading_page(record, Language.ZH)


def test_words_have_their_times(record: EpisodeRecord) -> None:
    page = render_reading_page(record, Language.KO)

    assert data(page)["times"] == [[412, 440, 0, 28], [500, 748, 0, 40, 50, 198]]


def test_a_corrected_line_of_other_words_has_no_word_times(record: EpisodeRecord) -> None:
    line = replace(record.lines[1], text="Well, it is AT&T")

    page = render_reading_page(replace(record, lines=(record.lines[0], line)), Language.KO)

    assert data(page)["times"] == [[412, 440, 0, 28], [500, 748]]


@pytest.mark.parametrize(
    ("audio", "media"),
    [
        ("", "media-src blob:; "),
        ("audio/a.mp3", "media-src 'self' file:; "),
        ("https://example.org/a.mp3?x=1&y=2", "media-src https:; "),
        ("http://example.org/a.mp3", "media-src http: https:; "),
        ("//example.org/a.mp3", "media-src http: https:; "),
    ],
)
def test_only_the_style_the_script_and_the_audio_are_allowed(
    record: EpisodeRecord, audio: str, media: str
) -> None:
    page = render_reading_page(record, Language.KO, audio=audio)

    def digest(content: str) -> str:
        raw = hashlib.sha256(content.encode()).digest()
        return f"'sha256-{base64.b64encode(raw).decode()}'"

    policy = next(a["content"] for tag, a in elements(page) if "http-equiv" in a)
    assert policy == (
        f"default-src 'none'; style-src {digest(shared_style() + asset('page.css'))}; "
        f"script-src {digest(page_script())}; {media}base-uri 'none'; form-action 'none'"
    )
    assert [a.get("src", "") for tag, a in elements(page) if tag == "audio"] == [audio]


@pytest.mark.parametrize("audio", ["javascript:alert(1)", "data:audio/mp3,x", "C:\\a.mp3"])
def test_audio_that_is_no_address_is_refused(record: EpisodeRecord, audio: str) -> None:
    with pytest.raises(BadInputError, match="cannot play"):
        render_reading_page(record, Language.KO, audio=audio)


def test_the_page_asks_for_no_other_file(record: EpisodeRecord) -> None:
    page = render_reading_page(record, Language.KO)

    loads = {"src", "srcset", "poster", "action", "style"}
    found = elements(page)
    assert [a for _, a in found if loads & a.keys()] == []
    assert "link" not in {tag for tag, _ in found}
    assert not re.search(
        r"url\(|@import|https?:",
        (ASSETS / "page.css").read_text("utf-8") + (ASSETS / "shared.css").read_text("utf-8"),
    )


def test_hostile_text_is_shown_as_it_is(record: EpisodeRecord) -> None:
    page = render_reading_page(hostile(record), Language.KO)

    found = [tag for tag, _ in elements(page)]
    assert found.count("script") == 2
    assert "img" not in found
    assert texts(page, "h1") == [HOSTILE]
    assert texts(page, "p", kind="source")[0] == HOSTILE
    assert texts(page, "p", kind="target")[0] == HOSTILE
    assert texts(page, "bdi")[:2] == [HOSTILE, HOSTILE]
    assert texts(page, "option", value="p0") == [HOSTILE]
    assert texts(page, "title") == [f"{HOSTILE} – {HOSTILE}"]


@given(st.text())
@settings(max_examples=50)
def test_any_text_reads_as_it_was(text: str) -> None:
    """Apart from characters that HTML does not know, which become spaces."""
    allowed = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", " ", text)
    allowed = allowed.replace("\r\n", "\n").replace("\r", "\n")

    shown = "".join(html5lib.parse(f"<b>x{html_text(text)}x</b>").itertext())

    assert shown == f"x{allowed}x"


def test_the_name_is_repeated_for_the_ear_only(record: EpisodeRecord) -> None:
    again = replace(record.lines[1], id="0003")

    found = elements(
        render_reading_page(replace(record, lines=(*record.lines, again)), Language.KO)
    )

    assert [a["class"] for tag, a in found if tag == "li"] == ["p0 s0", "p1 s1", "p1 s1 same"]


def test_a_voice_without_a_name_has_no_name_and_no_colour(record: EpisodeRecord) -> None:
    nobody = replace(record, speakers=(replace(record.speakers[0], name=""), record.speakers[1]))

    page = render_reading_page(nobody, Language.KO)

    assert texts(page, "bdi", kind="name") == ["Speaker 2"]
    assert texts(page, "option", value="p0") == []


def test_the_same_record_gives_the_same_page(record: EpisodeRecord) -> None:
    assert render_reading_page(record, Language.KO) == render_reading_page(record, Language.KO)


def test_an_episode_without_lines_can_be_written(record: EpisodeRecord) -> None:
    page = render_reading_page(replace(record, lines=(), speakers=()), Language.KO)

    assert data(page)["times"] == []


@pytest.mark.slow
def test_a_long_episode_stays_small(record: EpisodeRecord) -> None:
    """Lines of ten words: at most a hundred bytes for the times of a line."""
    words = tuple(Word(n / 2, n / 2 + 0.4, "word", 0.9) for n in range(10))
    line = replace(record.lines[0], text=" ".join(w.text for w in words), words=words)
    many = tuple(replace(line, id=f"{n:05d}") for n in range(N_LINES))

    page = render_reading_page(replace(record, lines=many), Language.KO)

    assert len(texts(page, "script", id="page-data")[0]) < 100 * N_LINES
    assert len(page.encode()) < 450 * N_LINES


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_all_colours_can_be_read(scheme: int) -> None:
    """By WCAG AA: 4.5 for text on every ground that it stands on, 3 for the edges of tools."""
    style = (ASSETS / "page.css").read_text("utf-8") + (ASSETS / "shared.css").read_text("utf-8")
    block = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[scheme]
    colours = dict(re.findall(r"--(\S+): (#[0-9a-f]{6})", block))

    inks = ["ink", "faint", "link", *(f"s{n}" for n in range(8))]
    for ground in ("ground", "bar", "now"):
        for ink in inks:
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
        assert contrast(colours["edge"], colours[ground]) >= 3, ground
    for name in ("found", "here", "word"):
        assert contrast(colours[name], colours[f"{name}-ink"]) >= 4.5, name

"""The file of corrections: read kindly, refused clearly, added to without loss."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outputs.editing.corrections_file import (
    corrections_path,
    load_corrections,
    merge_correction,
    parse_corrections,
    render_corrections,
    save_corrections,
)
from podcast.editing.corrections import Correction, Corrections, plain_text, same_text
from podcast.errors import BadInputError
from podcast.language import TARGETS, Language

WHOLE = """\
corrections:
- line: "0012"
  at: 390.5
  was: We use a Lama CPP here.
  text: We use llama.cpp here.
- line: "0031"
  was: Exactly.
  speaker: Speaker 2
- line: "0040"
  was: That's a big deal.
  translations: {ko: 대단한 일이죠., zh-Hans: 这很了不起。}
titles:
  ja: 小さなモデル
"""


def entry(**fields: str) -> str:
    """One entry, its values as they are written in YAML."""
    wanted = {"line": '"0012"', "was": "Exactly.", "text": "Exactly so."} | fields
    lines = [f"{key}: {value}" for key, value in wanted.items() if value]
    return "corrections:\n- " + "\n  ".join(lines) + "\n"


def test_lines_speakers_translations_and_titles_are_read() -> None:
    assert parse_corrections(WHOLE) == Corrections(
        (
            Correction("0012", "We use a Lama CPP here.", text="We use llama.cpp here.", at=390.5),
            Correction("0031", "Exactly.", speaker="Speaker 2"),
            Correction(
                "0040",
                "That's a big deal.",
                translations=((Language.KO, "대단한 일이죠."), (Language.ZH, "这很了不起。")),
            ),
        ),
        ((Language.JA, "小さなモデル"),),
    )


def test_the_documented_example_is_read() -> None:
    page = Path(__file__).parents[3] / "docs" / "corrections.md"
    example = page.read_text(encoding="utf-8").partition("```yaml\n")[2].partition("```")[0]

    read = parse_corrections(example)

    assert [entry.line for entry in read.entries] == ["0012", "0031", "0040"]
    assert len(read.titles) == 1


@pytest.mark.parametrize(
    "text", ["", "\n", "# nothing yet\n", "corrections:\n", "corrections: []\ntitles: {}\n", "{}"]
)
def test_an_empty_file_holds_no_corrections(text: str) -> None:
    assert parse_corrections(text) == Corrections()


@pytest.mark.parametrize("line", ["12", "0012", '"0012"', "'12'", "00012"])
def test_an_id_is_the_same_line_however_it_is_written(line: str) -> None:
    (found,) = parse_corrections(entry(line=line)).entries

    assert found.line == "0012"


@pytest.mark.parametrize(
    "text",
    ["Yes", "No.", "no", "y", "On", "true", "null", "~", "6:30", "1e3", "0x10", "010", "7",
     "2026-01-05", ".inf", "3.50", "1_000", "=", "<<"],
)  # fmt: skip
def test_what_yaml_takes_for_something_else_is_text(text: str) -> None:
    (found,) = parse_corrections(entry(was=text, text=text, speaker=text)).entries

    assert (found.was, found.text, found.speaker) == (text, text, text)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("|\n    One\n    line.", "One line."),
        (">-\n    One\n\n    line.", "One line."),
        ('"  One\\tline.\\n"', "One line."),
        ('"そう？　本当に？"', "そう？　本当に？"),
        ('"10\\u00a0km"', "10\u00a0km"),
        ('"One\\u2028line\\x85here"', "One line here"),
        ("😀 네", "😀 네"),
    ],
)
def test_a_text_is_one_line_and_keeps_its_typography(written: str, text: str) -> None:
    (found,) = parse_corrections(entry(text=written)).entries

    assert found.text == text


@pytest.mark.parametrize(
    ("written", "seconds"), [("12.3", 12.3), ("0", 0.0), ("6:30", 390.0), ("01:00:01.5", 3601.5)]
)
def test_a_time_is_seconds_or_what_the_annotated_page_shows(written: str, seconds: float) -> None:
    (found,) = parse_corrections(entry(at=written)).entries

    assert found.at == seconds


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (entry(txet="x"), r"fixes\.yaml, entry 1 \(line 0012\): unknown key 'txet'.*translations"),
        ("lines: []", "unknown key 'lines'"),
        (entry(was=""), r"entry 1 \(line 0012\) has no `was`. Add the English"),
        (entry(line=""), "entry 1 has no `line`. Add the id"),
        (entry(text=""), "corrects nothing. Add `text`"),
        (entry(text="''"), "`text` is empty"),
        (entry(text='"\\0"'), "`text` holds the unprintable"),
        (entry(text='"\\ud800"'), "`text` holds the unprintable"),
        (entry(line='"\\ud800"'), "entry 1: `line` holds the unprintable"),
        (entry(was="[laughs]"), "`was` must be text, not a list. Put it into double quotes"),
        (entry(was="{so: true}"), "`was` must be text, not a mapping"),
        (entry(was="!!int 5"), "`was` must be text"),
        (entry(was="!!python/object/apply:os.getcwd []"), "`was` must be text"),
        (entry(was="!unknown x"), "`was` must be text"),
        (entry(was="[laughs] Well."), "line 3: .*double quotes"),
        (entry(was="Well: no."), "line 3: .*double quotes"),
        (entry(was="@all"), "line 3"),
        (entry(was="*gone"), "undefined alias"),
        (entry(was="\x01"), "not YAML"),
        (entry(at="noon"), "`at` must be seconds"),
        (entry(at="-1"), "`at` must be seconds"),
        (entry(at="nan"), "`at` must be seconds"),
        (entry(translations="{fr: oui}"), "Unknown target language 'fr'"),
        (entry(translations="{no: nei}"), "Unknown target language 'no'"),
        (entry(translations="{ko: 네, KO: 예}"), "Korean stands there twice"),
        (entry(translations="{ko: [네]}"), "`ko` must be text"),
        (entry(translations="네"), "`translations` must be made of `key: value`"),
        (entry() + entry().partition("\n")[2], "entries 1 and 2 correct the same line 0012"),
        (entry(was="a\n  was: b"), 'duplicate key "was"'),
        ("titles: {fr: Titre}", "`titles`: Unknown target language"),
        ("- line: 1", "must be made of `key: value`, not a list"),
        ("Exactly.", "must be made of `key: value`"),
        ("corrections: Exactly.", "`corrections` must be a list"),
        ("corrections:\n- Exactly.", "entry 1 must be made of"),
        ("a: 1\n---\nb: 2\n", "line 2: but found another document"),
        ("[" * 1200, "nested too deep|recursion"),
        ('"\\ud800": 1', r"unknown key '\\ud800'"),
        ('"\\ud800": 1\n"\\ud800": 2', "duplicate key"),
        ("? [x]\n: 1\n", "unknown key"),
        ("corrections: !!timestamp x", "not YAML"),
        ("corrections: !!int x", "not YAML"),
    ],
)
@pytest.mark.slow
def test_a_mistake_is_named_with_its_place(text: str, says: str) -> None:
    with pytest.raises(BadInputError, match=says) as caught:
        parse_corrections(text, "fixes.yaml")

    message = str(caught.value)
    assert message.startswith("fixes.yaml")
    assert len(message.encode().splitlines()) == 1


def test_references_that_multiply_do_no_harm() -> None:
    bomb = "a: &a [x]\n" + "".join(f"{n}: &{n} [*a, *a, *a]\n" for n in range(50))

    with pytest.raises(BadInputError, match="unknown key 'a'"):
        parse_corrections(bomb)


@settings(max_examples=100)
@given(st.text(alphabet="abn1: -#[]{}&*!|>%@`\"',?~<=\\\n\t\u0085\ufeff😀", max_size=30))
def test_no_value_at_all_breaks_the_reader(value: str) -> None:
    try:
        read = parse_corrections(entry(was=value))
    except BadInputError:
        return

    assert [correction.line for correction in read.entries] == ["0012"]


def _is_plain(text: str) -> bool:
    try:
        return plain_text(text) == text
    except BadInputError:
        return False


TEXTS = st.one_of(
    st.sampled_from(
        ["Yes", "6:30", "Well: no #1", "- x", "'It's", '"Hi," she said.', "　네", "null"]
    ),
    st.text(min_size=1, max_size=12),
).filter(_is_plain)
TRANSLATIONS = st.dictionaries(st.sampled_from(TARGETS), TEXTS).map(lambda d: tuple(d.items()))
ENTRIES = st.builds(
    Correction,
    line=st.integers(0, 99999).map(lambda n: f"{n:04d}"),
    was=TEXTS,
    text=TEXTS,
    speaker=st.one_of(st.just(""), TEXTS),
    translations=TRANSLATIONS,
    at=st.one_of(st.none(), st.floats(0, 1e6)),
)
ALL = st.builds(
    Corrections,
    st.lists(ENTRIES, max_size=4, unique_by=lambda e: (e.line, same_text(e.was))).map(tuple),
    TRANSLATIONS,
)


@settings(max_examples=100)
@given(ALL)
@pytest.mark.slow
def test_what_is_written_reads_back_as_it_was(corrections: Corrections) -> None:
    assert parse_corrections(render_corrections(corrections)) == corrections


@settings(max_examples=50)
@given(ALL, ENTRIES)
def test_an_added_correction_is_there_and_the_others_stay(
    corrections: Corrections, added: Correction
) -> None:
    text = merge_correction(render_corrections(corrections), added)

    read = parse_corrections(text)
    kept = [e for e in corrections.entries if (e.line, same_text(e.was)) != _key(added)]
    assert [e for e in read.entries if _key(e) != _key(added)] == kept
    (found,) = [e for e in read.entries if _key(e) == _key(added)]
    assert found.text == added.text
    assert set(added.translations) <= set(found.translations)
    assert read.titles == corrections.titles


def _key(correction: Correction) -> tuple[str, str]:
    return correction.line, same_text(correction.was)


BY_HAND = """\
# Checked with the host, 5 January.
corrections:
  # The recogniser never gets this one.
  - line: 0012   # twice in this episode
    was: Yes, it's a Lama CPP.
    text: 'Yes, it''s llama.cpp.'

  - line: "31"
    was: No.
    translations: {ko: 아니요., ja: いいえ。}   # both checked
# Titles as on the site.
titles:
  ko: 작은 모델
"""


def test_adding_an_entry_keeps_everything_that_stands_there() -> None:
    added = Correction("0040", "Right.", speaker="Speaker 2", at=61.25)

    text = merge_correction(BY_HAND, added)

    lines = text.splitlines()
    assert [line for line in lines if line in BY_HAND.splitlines()] == BY_HAND.splitlines()
    assert [line for line in lines if line not in BY_HAND.splitlines()] == [
        '  - line: "0040"',
        "    at: 61.25",
        '    was: "Right."',
        "    speaker: Speaker 2",
    ]


def test_a_second_correction_of_a_line_goes_into_its_entry() -> None:
    first = Correction("0012", "Yes, it’s a  Lama CPP.", speaker="Anna Lee", at=5.0)
    second = Correction("0031", "No.", translations=((Language.KO, "아뇨."), (Language.ZH, "不。")))

    text = merge_correction(merge_correction(BY_HAND, first), second)

    assert text == BY_HAND.replace(
        "    was: Yes, it's a Lama CPP.\n    text: 'Yes, it''s llama.cpp.'\n",
        "    at: 5.0\n    was: Yes, it's a Lama CPP.\n    text: 'Yes, it''s llama.cpp.'\n"
        "    speaker: Anna Lee\n",
    ).replace("{ko: 아니요., ja: いいえ。}", '{ko: "아뇨.", ja: いいえ。, zh: "不。"}').replace(
        "   # both", " # both"
    )


def test_a_language_keeps_the_code_that_it_was_written_with() -> None:
    added = Correction("0040", "That's a big deal.", translations=((Language.ZH, "这很重要。"),))

    text = merge_correction(WHOLE, added)

    assert text == WHOLE.replace("zh-Hans: 这很了不起。", 'zh-Hans: "这很重要。"')


def test_a_file_of_comments_keeps_them() -> None:
    text = merge_correction("# Checked.", Correction("0001", "Yeah.", text="Yes."))

    assert text.startswith('# Checked.\ncorrections:\n- line: "0001"\n')


def test_nothing_is_added_to_a_file_that_cannot_be_read() -> None:
    with pytest.raises(BadInputError, match="corrects nothing"):
        merge_correction(entry(text=""), Correction("0001", "Yeah.", text="Yes."))


def test_corrections_lie_beside_the_folder_of_the_episode() -> None:
    assert corrections_path(Path("out/show/title")) == Path("out/show/title.corrections.yaml")


def test_an_episode_without_a_file_has_no_corrections(tmp_path: Path) -> None:
    assert load_corrections(tmp_path / "title.corrections.yaml") == Corrections()


def test_a_saved_file_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "title.corrections.yaml"
    path.write_text("old")

    save_corrections(path, WHOLE)

    assert load_corrections(path) == parse_corrections(WHOLE)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_the_mark_that_some_editors_put_before_a_text_is_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "title.corrections.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())

    assert load_corrections(path) == parse_corrections(WHOLE)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "title.corrections.yaml"
    path.write_bytes(WHOLE.encode("utf-16"))

    with pytest.raises(BadInputError, match="not UTF-8"):
        load_corrections(path)


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="cannot be read"):
        load_corrections(tmp_path)

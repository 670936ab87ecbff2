"""References are read as their formats say; what cannot be read names the line and the remedy."""

import re
from pathlib import Path

import pytest

from outputs.scoring.references import (
    Reference,
    ReferenceFormat,
    Utterance,
    format_of,
    language_of,
    load_reference,
    parse_reference,
)
from podcast.errors import BadInputError
from podcast.language import Language
from podcast.timeline import Span

TXT, STM, CTM, RTTM, PAIRS, SRT, VTT = ReferenceFormat


def test_plain_text_says_what_is_said() -> None:
    reference = parse_reference("Yeah.\nWell, right.\n", "a.txt", TXT)

    assert reference == Reference("a.txt", TXT, text="Yeah.\nWell, right.\n")


def test_stm_says_what_is_said_by_whom_and_when() -> None:
    text = (
        ';; CATEGORY "0" "" ""\n'
        "ep 1 leo 5.0 7.5 <o,f0,male> Well, {right / alright}\r\n"
        "\n"
        "ep 1 anna 4 4.5 Yeah.\n"
        "ep 1 inter_segment_gap 7.5 9\n"
        "ep 1 anna 9 10 ignore_time_segment_in_scoring\n"
    )  # fmt: skip

    reference = parse_reference(text, "a.stm", STM)

    assert reference.utterances == (
        Utterance(4.0, 4.5, "anna", "Yeah."),
        Utterance(5.0, 7.5, "leo", "<o,f0,male> Well, right "),
    )
    assert reference.text == "Yeah. <o,f0,male> Well, right "
    assert reference.ignored == (Span(9.0, 10.0),)


def test_the_words_of_a_ctm_are_put_in_time_order() -> None:
    text = "ep A 4.5 0.2 well 0.9\nep A 4.12 0.3 Yeah 0.99\n"

    assert parse_reference(text, "a.ctm", CTM) == Reference("a.ctm", CTM, text="Yeah well")


def test_rttm_says_who_speaks_when() -> None:
    text = (
        "SPKR-INFO ep 1 <NA> <NA> <NA> unknown anna <NA>\n"
        "SPEAKER ep 1 5.0 2.5 <NA> <NA> leo <NA> <NA>\n"
        "SPEAKER ep 1 4 0.5 <NA> <NA> anna <NA>\n"
        "SPEAKER ep 1 8 0.0 <NA> <NA> anna <NA> <NA>\n"
    )

    reference = parse_reference(text, "a.rttm", RTTM)

    assert reference.utterances == (Utterance(4, 4.5, "anna"), Utterance(5, 7.5, "leo"))
    assert reference.text is None


def test_a_line_pair_text_says_what_is_said_and_its_translation() -> None:
    reference = parse_reference(
        "Open Ears\n제목\nYeah.\n네.\nWell.\n음.\n", "ko.txt", PAIRS, Language.KO
    )

    assert reference.text == "Yeah.\nWell."
    assert reference.translations == ("네.", "음.")
    assert reference.language is Language.KO


NAMED_SRT = """1
00:00:01,000 --> 00:00:02,500
Ann Lee: Hello &
<i>welcome</i>.

2
00:00:03,000 --> 00:00:04,500
Bo: It’s [laughs] café.

3
00:00:05,000 --> 00:00:06,000
♪

4
00:00:07,000 --> 00:00:08,000
And so on.

5
00:00:08,000 --> 00:00:09,000
Ann Lee: Fine.

"""
NAMED = (
    Utterance(1.0, 2.5, "Ann Lee", "Hello & welcome."),
    Utterance(3.0, 4.5, "Bo", "It’s café."),
    Utterance(7.0, 8.0, "Bo", "And so on."),
    Utterance(8.0, 9.0, "Ann Lee", "Fine."),
)
VOICES = """WEBVTT

NOTE nobody says this

1
59:59.000 --> 01:00:01.250 align:start
<v Ann Lee>Hello &amp; <i>welcome</i>.</v>

00:03.5 --> 00:04.000
<v.loud Bo>Yes.</v>
<v Ann Lee>No.
"""


def test_captions_say_what_is_said_and_by_names_before_colons_who_speaks_when() -> None:
    reference = parse_reference(NAMED_SRT, "a.srt", SRT)

    assert reference.utterances == NAMED
    assert reference.text == "Hello & welcome. It’s café. And so on. Fine."


def test_voices_say_who_speaks_and_two_in_one_cue_have_its_times() -> None:
    reference = parse_reference(VOICES, "a.vtt", VTT)

    assert reference.utterances == (
        Utterance(3.5, 4.0, "Bo", "Yes."),
        Utterance(3.5, 4.0, "Ann Lee", "No."),
        Utterance(3599.0, 3601.25, "Ann Lee", "Hello & welcome."),
    )


@pytest.mark.parametrize(
    "cue",
    ["{}: {}", "- {}: {}", ">> {}: {}", "[{}]: {}", "({}): {}", "<v {}>{}</v>", "{}\n{}"],
)
def test_names_in_captions_stand_in_many_forms(cue: str) -> None:
    said = (("Ann Lee", "Hello."), ("Bo", "Hi."), ("Ann Lee", "Good: that is all."))
    cues = [
        f"00:0{n}.000 --> 00:0{n + 1}.000\n{cue.format(*turn)}\n\n" for n, turn in enumerate(said)
    ]

    utterances = parse_reference("WEBVTT\n\n" + "".join(cues), "a.vtt", VTT).utterances

    assert utterances == tuple(Utterance(n, n + 1, *turn) for n, turn in enumerate(said))


@pytest.mark.parametrize(
    "cues",
    [
        ["Hello there.", "At 10:30 we left."],
        ["Note: this matters.", "Note: that, too."],
        ["hello there", "hello there\nhow are you", "how are you\nfine thanks"],
    ],
)
def test_captions_without_names_say_the_words_once_and_no_speakers(cues: list[str]) -> None:
    timed = [f"00:0{n}.000 --> 00:0{n + 1}.000\n{cue}\n\n" for n, cue in enumerate(cues)]

    reference = parse_reference("WEBVTT\n\n" + "".join(timed), "a.vtt", VTT)

    last = cues[-1].rpartition("\n")[2]
    assert reference.text == " ".join([*(cue.split("\n")[-1] for cue in cues[:-1]), last])
    assert reference.utterances == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.srt", NAMED_SRT),
        ("a.srt", NAMED_SRT.replace(",", ".")),
        ("a.vtt", f"WEBVTT\n\n{NAMED_SRT}"),
        ("a.vtt", f"webvtt - a show\n{NAMED_SRT}"),
        ("a.vtt", NAMED_SRT),
        ("a.srt", NAMED_SRT.replace("00:00:0", "0:0")),
        ("a.srt", re.sub(r"(?m)^\d\n", "", NAMED_SRT)),
        ("a.SRT", NAMED_SRT.replace("\n\n", "\n")),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_careless_captions_are_read(
    tmp_path: Path, name: str, text: str, encoding: str, newline: str
) -> None:
    text = text.replace("♪", "[music]") if encoding == "cp1252" else text
    (tmp_path / name).write_bytes(text.replace("\n", newline).encode(encoding))

    assert load_reference(tmp_path / name).utterances == NAMED


@pytest.mark.parametrize(
    ("format_", "text", "says"),
    [
        (STM, "ep 1 anna 4 4.5 Yeah.\nep 1 anna 5\n", r"a\.ref, line 2: .* start end words"),
        (STM, ";; note\nep 1 anna four 4.5 Yeah.\n", r"line 2: 'four' is no time"),
        (STM, "ep 1 anna 4 nan Yeah.\n", r"line 1: 'nan' is no time"),
        (STM, "ep 1 anna -1 4 Yeah.\n", r"line 1: '-1' is no time"),
        (STM, "ep 1 anna 4 3 Yeah.\n", r"line 1: it ends before it starts"),
        (STM, "ep 1 a 4 5 Yeah.\nother 1 a 4 5 No.\n", r"line 2: .*'other'.*'ep'.*one recording"),
        (CTM, "ep 1 4.0 Yeah\n", r"line 1: .* start duration word"),
        (CTM, "ep 1 * * <ALT_BEGIN>\n", r"line 1: '\*' is no time"),
        (RTTM, "SPEAKER ep 1 4 0.5\n", r"line 1: .*SPEAKER recording"),
        (RTTM, "SPEAKER ep 1 4 -0.5 <NA> <NA> anna\n", r"line 1: '-0\.5' is no time"),
        (RTTM, "hello\n", "nothing to compare with as rttm"),
        (TXT, " \n", "nothing to compare with as txt"),
        (STM, ";; only a note\n", "nothing to compare with as stm"),
        (TXT, "[00:00:04.120 --> 00:00:04.400] Speaker 1\nYeah.\n네.\n", r"holds times.*ko\.txt"),
        (TXT, NAMED_SRT, r"a\.ref holds captions\. .*--format srt"),
        (PAIRS, "Show\nTitle\nYeah.\n", "--language"),
        (SRT, "ep 1 anna 4 4.5 Yeah.\n", r"a\.ref holds no captions: .* Give WebVTT or SRT"),
        (VTT, "<p>Hello.</p>", r"a\.ref holds no captions"),
        (VTT, "WEBVTT\n\nNOTE empty\n", r"a\.ref holds no captions"),
        (VTT, "WEBVTT\n\n00:01.000 --> 00:02.000\n[music]\n", "nothing to compare with as vtt"),
        (SRT, "1\n00:00:05,0 --> 00:00:02,5\nYeah.\n", r"a\.ref: .* 5\.000 s to 2\.500 s ends"),
    ],
)
def test_what_cannot_be_read_names_the_line_and_the_remedy(
    format_: ReferenceFormat, text: str, says: str
) -> None:
    with pytest.raises(BadInputError, match=says):
        parse_reference(text, "a.ref", format_)


def test_a_broken_page_is_refused_with_its_line() -> None:
    with pytest.raises(BadInputError, match=r"ko\.txt: line 3 is empty"):
        parse_reference("Show\nTitle\n\nYeah.\n", "ko.txt", PAIRS, Language.KO)


@pytest.mark.parametrize(
    ("name", "language", "format_"),
    [
        ("words.txt", None, TXT),
        ("ko.txt", Language.KO, PAIRS),
        ("page.zh.txt", Language.ZH, PAIRS),
        ("zh-Hans.txt", Language.ZH, PAIRS),
        ("ja.TXT", Language.JA, PAIRS),
        ("episode.stm", None, STM),
        ("episode.CTM", None, CTM),
        ("ja.rttm", Language.JA, RTTM),
        ("en.txt", None, TXT),
        ("en.srt", None, SRT),
        ("a.VTT", None, VTT),
    ],
)
def test_a_name_tells_format_and_language(
    name: str, language: Language | None, format_: ReferenceFormat
) -> None:
    assert language_of(name) is language
    assert format_of(name, language) is format_


@pytest.mark.parametrize("name", ["reference", "words.docx", "episode.json"])
def test_a_name_that_does_not_tell_asks_for_the_format(name: str) -> None:
    with pytest.raises(BadInputError, match="--format: txt, stm, ctm, rttm, pairs, srt, vtt"):
        format_of(name, None)


def test_a_file_is_read_by_its_name_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "ko.txt"
    path.write_bytes("\ufeffShow\r\n제목\r\nYeah.\r\n네.\r\n".encode())

    assert load_reference(path).translations == ("네.",)


def test_a_given_format_and_language_go_before_the_name(tmp_path: Path) -> None:
    path = tmp_path / "ko.txt"
    path.write_text("Show\nTitle\nYeah.\nええ。\n", encoding="utf-8")

    assert load_reference(path, language=Language.JA).language is Language.JA
    assert load_reference(path, TXT).translations == ()


@pytest.mark.parametrize("name", ["words.txt", "words.srt"])
@pytest.mark.parametrize(
    ("content", "says"), [(None, "does not exist"), (b"\xff\xfe\x00", "not UTF-8")]
)
def test_an_unreadable_file_is_refused(
    tmp_path: Path, name: str, content: bytes | None, says: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(BadInputError, match=says):
        load_reference(path)


def test_real_pages_are_read(sample_pages: list[Path]) -> None:
    if not sample_pages:
        pytest.skip("no sample pages here")

    references = [load_reference(path) for path in sample_pages]

    assert all(r.format is PAIRS and r.translations for r in references)

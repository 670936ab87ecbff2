"""Transcripts as the tools of this world write them: headings tell who speaks, and are no text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.transcripts.transcript_file import parse_transcript
from podcast.errors import BadInputError
from podcast.publisher_transcript import Passage

ANN, BO = "Ann Lee", "Bo"
TURNS = ((ANN, "Hello there."), (BO, "Hi, Ann. At 10:30 we left."), (ANN, "Good: that is all."))
TIMES = (
    ("0:00", "00:00", "00:00:00"),
    ("0:07", "00:07", "00:00:07"),
    ("12:15", "12:15", "00:12:15"),
)


def read(text: str) -> list[tuple[str, str]]:
    return [(p.speaker, p.text) for p in parse_transcript(text.encode(), "a.txt")]


def said(text: str) -> str:
    return " ".join(line for _, line in read(text))


FORMS = {
    "Otter": "{name}  {short}\n{text}\n\n",
    "Otter, on one line": "{name}  {wide}  {text}\n",
    "Rev": "{name} ({wide}):\n{text}\n\n",
    "Rev, with a tab": "{name}: ({wide})\t{text}\n",
    "Temi": "{name}:    {wide}    {text}\n\n",
    "Descript": "**{name}:** [{full}] {text}\n\n",
    "Descript, times first": "[{full}] {name}: {text}\n",
    "Zoom": "[{name}] {full}\n{text}\n\n",
    "Riverside": "{name} ({wide}.45)\n{text}\n\n",
    "Sonix": "{name}: [{full}] {text}\n\n",
    "Trint": "{name} [{full}] {text}\n\n",
    "Happy Scribe": "[{full}.120] - {name}\n{text}\n\n",
    "Fireflies": "{wide} - {name}\n{text}\n\n",
    "Premiere": "{full}:00 - {full}:12\n{name}\n{text}\n\n",
    "a name, then a time": "{name}\n{wide}\n{text}\n\n",
    "a time, then a name": "{wide}\n{name}\n\n{text}\n\n",
    "dashes": "{name} – {wide}\n{text}\n",
    "bars": "{name} | {wide}\n{text}\n",
    "columns": "{full}\t{name}\t{text}\n",
    "braces": "{name} {{{wide}}}\n{text}\n",
    "bold with a time": "**{name}** ({short})\n{text}\n\n",
    "bold with underscores": "__{name}__ {full}\n{text}\n\n",
    "Markdown": "### {name} [{wide}](https://example.org/?t=3)\n\n{text}\n\n",
    "a list": "- **{name}** ({short}): {text}\n",
    "hours, minutes, seconds": "{name} (1h 2m 3s)\n{text}\n",
    "morning": "{name} 9:{seconds} AM\n{text}\n\n",
    "stretches": "[{full}.000 --> {full}.900] {name}: {text}\n",
    "our own": "[{full}.000 --> {full}.900] {name}\n{text}\n\n",
    "roles": "{name} (Host): {text}\n",
    "colon alone": "{name}: {text}\n\n",
    "colon on its line": "{name}:\n{text}\n\n",
    "a dash alone": "{name} — {text}\n",
    "HTML": "<p><strong>{name}</strong> <time>{wide}</time></p>\n<p>{text}</p>\n",
    "HTML, bold": "<div><b>{name}:</b> {text}</div>",
    "HTML, a table": "<tr><td>{wide}</td><td>{name}</td><td>{text}</td></tr>",
    "HTML, breaks": "({short}) <b>{name}</b>:<br />{text}<br><br>",
    "SRT": "1\n{full},000 --> {full},900\n{name}: {text}\n\n",
    "SRT without numbers and gaps": "{full},000 --> {full},900\n{name}: {text}\n",
    "Teams": "{full}.0 --> {full}.9\n{name}\n{text}\n\n",
    "captions of television": "{full}.000 --> {full}.900\n>> {name}: {text}\n\n",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_headings_of_every_tool_tell_who_speaks(form: str) -> None:
    text = "".join(
        form.format(name=name, text=said, short=short, wide=wide, full=full, seconds=full[-2:])
        for (name, said), (short, wide, full) in zip(TURNS, TIMES, strict=True)
    )

    assert read(text) == list(TURNS)


@pytest.mark.parametrize("mark", ["**", "### ", ""])
def test_names_alone_on_their_lines_are_headings_if_they_come_again(mark: str) -> None:
    close = mark if mark == "**" else ""
    names = [name if mark else name.upper() for name in (ANN, BO, ANN, BO)]
    texts = ["Hello there.", "Hi.", "So it goes.", "Yes."]
    turns = list(zip(names, texts, strict=True))

    assert read("\n\n".join(f"{mark}{n}{close}\n{t}" for n, t in turns)) == turns


@pytest.mark.parametrize(
    "name",
    [
        "Dr. Ann M. Lee",
        "Ann Lee, Ph.D.",
        "Jean-Luc O'Neil Jr.",
        "Speaker 1",
        "SPEAKER_00",
        "ANN LEE",
        "Ludwig van der Berg",
        "김민수",
        "So Young Kim",
        "swyx",
        "Unknown speaker",
    ],
)
@pytest.mark.parametrize(
    "form", ["{}: {}\n", "{}  0:03\n{}\n", "[0:03] {}: {}\n", "{} (0:03)\n{}\n"]
)
def test_names_have_titles_dots_digits_and_any_letters(name: str, form: str) -> None:
    text = form.format(name, "Hello.") + form.format("Bo", "Hi.") + form.format(name, "Good.")

    assert read(text) == [(name, "Hello."), ("Bo", "Hi."), (name, "Good.")]


@pytest.mark.parametrize(
    "text",
    [
        "At 10:30 we left. The train (10:45) was late.",
        "At 10:30 we left.\nAt 11:45 we were there.\nAt 12:00 we ate.",
        "10:30 was when we left.\nBy 11:15 it was over.",
        "Note: this matters.\nQuestion: why?",
        "Note: this matters.\nNote: that, too.",
        "Remember this: it works.\nRemember this: it is free.",
        "Question: why?\nQuestion: how?",
        "John 3:16 says so.\nThe odds are 2:1.",
        "Sunrise was at 05:10 and sunset at 18:30.",
        "Yeah.\nYeah.\nNo.\nNo.",
        "Meeting (10:30): all came.",
        "He wrote f*ck and 2 * 3 = 6, and a_b_c.",
        "It is AT&T, or a < b > c.",
    ],
)
def test_honest_text_stays_as_it_is(text: str) -> None:
    assert read(text) == [("", " ".join(text.split()))]


def test_questions_and_answers_are_two_speakers() -> None:
    text = "Question: Why?\nAnswer: So.\nQuestion: When?\nAnswer: Now."

    assert [speaker for speaker, _ in read(text)] == ["Question", "Answer"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "0:00\nhello there\n0:03\nokay\n10:05\nbye",
        "0:00 hello there\n0:03 okay\n10:05 bye",
        "0:00hello there\n0:03okay\n10:05bye",
        "0:00\n0 seconds\nhello there\n0:03\n3 seconds\nokay\n10:05\n10 minutes, 5 seconds\nbye",
        "[00:00.000 --> 00:03.000]  hello there\n[00:03.000 --> 00:09.000]  okay bye",
        "0:00:00.000,0:00:03.000\nhello there okay\n\n0:00:03.000,0:00:09.000\nbye",
        "[00:00.00]hello there\n[00:03.00]okay bye",
        "hello there [00:00:03] okay (00:00:05) bye",
    ],
)
def test_times_without_names_are_no_text(text: str) -> None:
    assert read(text) == [("", "hello there okay bye")]


def test_what_a_tool_writes_above_and_below_the_talk_is_no_part_of_it() -> None:
    head = "Open Ears\nTue, Mar 5, 2024 10:00AM • 45:12\n\nSPEAKERS\nAnn Lee, Bo\n\n"
    talk = "Ann Lee  00:00\nHello.\n\nBo  00:03\nHi.\n\n"

    assert read(head + talk + "Transcribed by https://otter.ai") == [(ANN, "Hello."), (BO, "Hi.")]


@pytest.mark.parametrize(
    "text",
    [
        "<p>Hello there.<br>How are you?</p>",
        "<ul><li>Hello there.</li><li>How are you?</li></ul>",
        "<div>Hello there.</div><div>How are you?</div>",
        "<table><tr><td>Hello there.</td><td>How are you?</td></tr></table>",
        "<section>Hello <em>the</em>re.<p>How are you?</section>",
        "<pre>Hello there.\nHow are you?</pre>",
        "Hello there.<br/>How are you?",
        '<?xml version="1.0" encoding="utf-8"?><tt><p>Hello there.</p><p>How are you?</p></tt>',
    ],
)
def test_blocks_and_breaks_of_a_page_part_words(text: str) -> None:
    assert said(text) == "Hello there. How are you?"


ONE, TWO, THREE = "hello there", "how are you", "fine thanks"
ROLLED = (
    [ONE, f"{ONE}\n{TWO}", f"{TWO}\n{THREE}"],
    [f"{ONE}\n{TWO}", f"{TWO}\n{THREE}"],
    [ONE, f"{ONE}\n{TWO}", f"{ONE}\n{TWO}\n{THREE}"],
    ["hello", ONE, f"{ONE}\nhow are", f"{ONE}\n{TWO}", f"{TWO}\n{THREE}"],
    [
        " \nhello<00:01.5><c> there</c>",
        f"{ONE}\n ",
        f"{ONE}\n{TWO}",
        f"{TWO}\n ",
        f"{TWO}\n{THREE}",
    ],
)


@pytest.mark.parametrize("cues", ROLLED)
@pytest.mark.parametrize("head", ["WEBVTT\n\n", "webvtt\n\n", ""])
def test_captions_that_roll_up_are_said_once(cues: list[str], head: str) -> None:
    timed = [f"00:0{n}.000 --> 00:0{n + 1}.000\n{cue}\n\n" for n, cue in enumerate(cues)]

    assert said(head + "".join(timed)) == "hello there how are you fine thanks"


def test_what_is_said_again_in_the_next_caption_stays() -> None:
    cues = ["No.", "No.", "No.\nI said no.", "Never, never.", "Never, never."]
    timed = [f"00:0{n}.000 --> 00:0{n + 1}.000\n{cue}\n\n" for n, cue in enumerate(cues)]

    assert said("WEBVTT\n\n" + "".join(timed)) == " ".join(" ".join(cues).split())


@pytest.mark.parametrize(
    "data",
    [
        "WEBVTT\n\n1\n00:01,000 --> 00:02,000\nIt’s café.\n",
        "WebVTT - a show\n\nintro\n00:01.000 --> 00:02.000 align:start\nIt’s café.\n\nNOTE\nno\n",
        "00:00:01.000 --> 00:00:02.000\n\nIt’s café.\n",
        "0:0:1.0 --> 0:0:2.5\nIt’s café.",
        "1\r00:00:01,000 --> 00:00:02,000\r{\\an8}It’s <i>café</i>.\r",
        "\ufeffIt\u200b’s café.\r\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_careless_files_are_read(data: str, encoding: str) -> None:
    content = data.encode(encoding, "ignore")

    assert parse_transcript(content, "a.srt") == (Passage("It’s café."),)


def test_signs_of_html_in_json_are_read() -> None:
    data = b'[{"speaker": "Ann &amp; Bo", "text": "AT&amp;T is <b>big</b> &lt;3"}]'

    assert parse_transcript(data, "a.json") == (Passage("AT&T is big <3", "Ann & Bo"),)


def test_a_transcript_of_a_form_that_is_not_known_is_refused() -> None:
    text = "Well #00:00:01-3# we began #00:00:09-1# early and #00:00:12-5# left."

    with pytest.raises(BadInputError, match=r"a\.txt is of a form .* 3 times such as 00:00:01"):
        read(text)


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00", b"%PDF-1.7\n\x00\x01", b"\xff\xfe\x00"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(BadInputError, match=r"a\.docx is no text\. Give WebVTT"):
        parse_transcript(data, "a.docx")


NAMES = st.lists(
    st.sampled_from(["Ann Lee", "Dr. Bo M. Oh", "Speaker 1", "CY", "O'Neil", "김민수"]),
    min_size=2,
    max_size=4,
    unique=True,
)
SENTENCES = st.sampled_from(
    ["Hello there.", "At 10:30 we left.", "Why is that?", "It was so good, really.", "No: never."]
)


@settings(max_examples=60)
@given(
    st.sampled_from(sorted(FORMS)), NAMES, st.lists(SENTENCES, min_size=4, max_size=9), st.data()
)
def test_no_heading_ends_up_as_text(
    form: str, names: list[str], texts: list[str], data: st.DataObject
) -> None:
    start, text, turns = data.draw(st.integers(0, 4000)), "", []
    for n, words in enumerate(texts):
        name = names[n % len(names)]
        start += data.draw(st.integers(1, 200))
        minutes, seconds = divmod(start, 60)
        hours, rest = divmod(minutes, 60)
        full = f"{hours:02}:{rest:02}:{seconds:02}"
        short = f"{hours}:{rest:02}:{seconds:02}" if hours else f"{rest}:{seconds:02}"
        wide = full if hours else full[3:]
        text += FORMS[form].format(
            name=name, text=words, short=short, wide=wide, full=full, seconds=full[-2:]
        )
        turns.append((name, words))

    assert read(text) == turns

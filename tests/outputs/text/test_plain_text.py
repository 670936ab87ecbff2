"""Plain text names the speaker at every turn and holds a turn in one paragraph."""

from dataclasses import replace
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outputs.markup.page_labels import page_labels
from outputs.record.record_types import EpisodeRecord
from outputs.text.plain_text import render_plain_text
from podcast.errors import BadInputError
from podcast.language import Language
from podcast.transcript import Translation

NASTY = 'AT&T <b> --> 5 > 3 "q" | {\\an8} \u200fאב\u200e 🎙️'


def saying(record: EpisodeRecord, code: str, *texts: str) -> EpisodeRecord:
    """Let the first speaker say these texts in a language."""
    lines = tuple(
        replace(record.lines[0], translations={code: Translation(text, "model")}) for text in texts
    )
    return replace(record, lines=lines, titles={code: Translation("title", "given")})


def test_every_turn_is_a_paragraph(record: EpisodeRecord) -> None:
    text = render_plain_text(record, Language.KO)

    assert text == "화자 1: 네.\n\n화자 2: 음, AT&T\n"


def test_a_speaker_who_goes_on_is_not_named_again(record: EpisodeRecord) -> None:
    one, two = record.lines

    text = render_plain_text(replace(record, lines=(one, one, two, one)), Language.EN)

    assert text == "Speaker 1: Yeah. Yeah.\n\nSpeaker 2: Well, AT&T\n\nSpeaker 1: Yeah.\n"


@pytest.mark.parametrize(
    ("language", "texts", "joined"),
    [
        (Language.KO, ("네.", "음"), "네. 음"),
        (Language.JA, ("ええ。", "ええと、"), "ええ。ええと、"),
        (Language.JA, ("本当?", "AT&T"), "本当? AT&T"),
        (Language.ZH, ("好。", "AT&T。"), "好。 AT&T。"),
        (Language.ZH, ("好。", "对。", "是。"), "好。对。是。"),
    ],
)
def test_sentences_are_joined_as_the_language_writes_them(
    record: EpisodeRecord, language: Language, texts: tuple[str, ...], joined: str
) -> None:
    text = render_plain_text(saying(record, language.value, *texts), language)

    assert text == f"{page_labels(language.value).speaker} 1: {joined}\n"


def test_a_speaker_without_a_name_has_no_label(record: EpisodeRecord) -> None:
    assert render_plain_text(replace(record, speakers=()), Language.EN) == "Yeah. Well, AT&T\n"


def test_an_episode_without_lines_is_empty(record: EpisodeRecord) -> None:
    assert not render_plain_text(replace(record, lines=()), Language.EN)


def test_a_language_that_is_not_there_is_refused(record: EpisodeRecord) -> None:
    with pytest.raises(BadInputError, match="Chinese"):
        render_plain_text(record, Language.ZH)


@pytest.mark.parametrize("n_speakers", [1, 2])
def test_a_long_episode_takes_little_time(record: EpisodeRecord, n_speakers: int) -> None:
    long = replace(record, lines=record.lines[:n_speakers] * 10_000)
    start = process_time()

    text = render_plain_text(long, Language.JA)

    assert process_time() - start < 5
    assert text.count("ええ。") == 10_000


@given(st.one_of(st.just(NASTY), st.text("ab <>&|{}\\-한🎙\u200f", min_size=1)))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_stands_as_it_is(record: EpisodeRecord, text: str) -> None:
    assert render_plain_text(saying(record, "ko", text), Language.KO) == f"화자 1: {text}\n"

"""Whatever the models bring in, rows are complete, in order, of one speaker, and the same in all
languages."""

from collections.abc import Sequence
from itertools import cycle

from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.invariants import check_pairs, check_transcript
from podcast.language import SOURCE, TARGETS, Language
from podcast.timeline import SpeakerTurn, Word
from speech.lines.boundaries import snap_boundaries
from speech.lines.line_building import build_transcript
from speech.lines.speakers import assign_speakers
from translation.conversation import Style, conversation_of
from translation.engines.fake_translator import FakeTranslator
from translation.fallbacks.rows import settle_rows
from translation.fallbacks.strategies import retry_failed
from translation.glossary.glossary_correction import apply_glossary
from translation.glossary.show_glossary import Glossary, GlossaryTerm
from translation.pairing import pair_lines
from translation.typography.typesetting import TypographyOptions

DURATION = 60.0
TEXTS = ("Yeah.", "we", "Olama", "25", "dollars.", "GPU", "Dr.", "Why", "is", "it?", "so,", "No.")
ANSWERS = (
    "",
    "네.",
    "对。",
    "それは",
    "네 네 네 네 네 네 네 네",
    "Yeah. we",
    "25달러예요.",
    " \n ",
    "X1",
    "⁇",
)
GLOSSARY = Glossary(
    (GlossaryTerm("Ollama", ("Olama",), renderings=((Language.KO, "올라마"),)),), corrects_page=True
)

moments = st.floats(0, DURATION + 5, allow_nan=False)
words = st.lists(
    st.builds(
        lambda start, length, text: Word(start, start + length, text, 0.5),
        moments,
        st.floats(0, 3),
        st.sampled_from(TEXTS),
    ),
    min_size=1,
    max_size=25,
)
turns = st.lists(
    st.builds(
        lambda start, length, who: SpeakerTurn(start, start + length, who),
        st.floats(0, DURATION - 1),
        st.floats(0.1, 10),
        st.sampled_from(("Speaker 1", "Speaker 2", "Speaker 3")),
    ),
    min_size=1,
    max_size=8,
).map(lambda found: sorted(found, key=lambda turn: turn.start))


def unreliable(answers: Sequence[str]) -> FakeTranslator:
    """Answer whatever was drawn, in turn."""
    drawn = cycle(answers)
    return FakeTranslator(lambda *_: (next(drawn),))


@settings(max_examples=60)
@given(words, turns, st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=6))
def test_rows_are_complete_ordered_of_one_speaker_and_the_same_in_all_languages(
    heard: list[Word], who: list[SpeakerTurn], answers: list[str]
) -> None:
    spoken = snap_boundaries(assign_speakers(heard, who))
    transcript = build_transcript(SOURCE, spoken, DURATION)
    check_transcript(transcript, spoken, DURATION)
    worded = apply_glossary(transcript, GLOSSARY)
    translator = unreliable(answers)

    bilinguals = []
    for target in TARGETS:
        style = Style(GLOSSARY.terms(target))
        meant = conversation_of("A title", worded.lines, {})
        raw = translator.translate(meant, target, style, lambda _: None)
        title, *rows = settle_rows(
            meant, raw, target, style, TypographyOptions(),
            lambda rows, raw: retry_failed(rows, raw, target, style, [translator], lambda _: None),  # noqa: B023  called at once
        )  # fmt: skip
        bilinguals.append(pair_lines(worded, target, title, rows))

    check_pairs(worded, bilinguals)
    assert [line.id for line in worded.lines] == [line.id for line in transcript.lines]
    assert [line.words for line in worded.lines] == [line.words for line in transcript.lines]

"""Phrases that Whisper invents are doubted where nobody says them, and kept where somebody does."""

import pytest

from podcast.timeline import Span, Word
from speech.plausibility.phantom_phrases import find_phantoms

EVERYWHERE = (Span(0, 1000),)
TALK = "That was all for this week."


def speak(*parts: str | float, probability: float = 0.9, each: float = 0.3) -> list[Word]:
    """Say texts; a number is a pause in seconds."""
    words: list[Word] = []
    time = 0.0
    for part in parts:
        if isinstance(part, str):
            for token in part.split():
                words.append(Word(time, time + each, token, probability))
                time += each
        else:
            time += part
    return words


def doubted(words: list[Word], speech: tuple[Span, ...] = EVERYWHERE) -> list[tuple[str, str]]:
    return [
        (" ".join(word.text for word in words[doubt.first : doubt.stop]), doubt.reason)
        for doubt in find_phantoms(words, speech)
    ]


@pytest.mark.parametrize(
    "phrase",
    [
        "Thanks for watching!",
        "Thank you for watching.",
        "Thank you so much for watching this video.",
        "Please subscribe to my channel.",
        "Don't forget to like and subscribe!",
        "Like, comment, and subscribe.",
        "I'll see you in the next video.",
        "See you guys in my next video, bye.",
        "Subtitles by the Amara.org community",
        "Subtitles by Steamteamextra",
        "Transcribed by https://otter.ai",
        "Transcription by CastingWords",
        "Translated by Releska",
        "www.mooji.org",
        "For more information, visit Beadaholique.com",
    ],
)
def test_what_follows_a_video_is_a_phantom_at_the_end(phrase: str) -> None:
    assert doubted(speak(TALK, 5.0, phrase)) == [(phrase, "phantom phrase at the end")]


@pytest.mark.parametrize(
    "words",
    [
        # Honest ends, in speech and well recognised.
        speak(TALK, 0.4, "Thanks for listening."),
        speak(TALK, 8.0, "Thanks for listening."),
        speak(TALK, 8.0, "Thank you."),
        speak(TALK, 4.0, "See you next week.", 0.5, "Bye."),
        speak(TALK, 0.5, "Thanks for watching!"),
        speak("Thank you.", 0.2, "Thank you so much."),
        # Honest middles.
        speak(TALK, 5.0, "Thanks for watching!", 0.5, "Now the news."),
        speak("Please subscribe to our newsletter.", 0.3, "It is free."),
        speak("Where do you see you in the next video game?", 0.5, TALK),
        speak("We used subtitles by hand for years.", 4.0, "It was a lot of work."),
        # A phrase within a sentence is no phrase, however badly it was recognised.
        speak("And I thank you for watching over me.", probability=0.1),
        speak("I love you", 0.1, probability=0.1),
        speak("It is for you.", probability=0.1),
        # "Thank | you." of two windows is one sentence.
        speak("So thank", 0.4, "you.", 0.3, "Next question.", probability=0.5),
        [],
    ],
)
def test_what_somebody_says_is_kept(words: list[Word]) -> None:
    assert doubted(words) == []


@pytest.mark.parametrize(
    "phrase",
    ["you", "Thank you.", "Thanks for listening.", "Bye.", "Thanks for watching!", "Bye-bye."],
)
def test_over_silence_they_are_phantoms_anywhere(phrase: str) -> None:
    words = speak(TALK, 4.0, phrase, 4.0, TALK)
    speech = (Span(0, 3), Span(9, 20))

    assert doubted(words, speech) == [(phrase, "phantom phrase over silence")]


@pytest.mark.parametrize("phrase", ["you", "Thank you.", "Thanks for listening."])
def test_hardly_recognised_they_are_phantoms_anywhere(phrase: str) -> None:
    words = [*speak(TALK), *(
        Word(word.start + 5, word.end + 5, word.text, 0.3) for word in speak(phrase)
    ), *(Word(word.start + 15, word.end + 15, word.text, 0.9) for word in speak(TALK))]  # fmt: skip

    assert doubted(words) == [(phrase, "phantom phrase hardly recognised")]


def test_at_the_end_more_confidence_is_asked_for() -> None:
    closing = speak(TALK, 6.0, "Thank you.", probability=0.5)

    assert doubted(closing) == [("Thank you.", "phantom phrase hardly recognised")]
    assert doubted(speak("Thank you.", 6.0, TALK, probability=0.5)) == []


def test_a_phrase_drawn_out_over_music_is_a_phantom() -> None:
    assert doubted(speak("Thank you.", 3.0, TALK, each=2.0)) == [
        ("Thank you.", "phantom phrase drawn out")
    ]


def test_a_whole_chain_of_phrases_at_the_end_is_looked_at() -> None:
    words = speak(TALK, 6.0, "Thank you for watching.", 0.5, "Please subscribe.", 0.5, "Bye.")

    assert doubted(words) == [
        ("Thank you for watching.", "phantom phrase at the end"),
        ("Please subscribe.", "phantom phrase at the end"),
    ]


def test_a_recording_that_is_nothing_but_a_phantom_is_one() -> None:
    assert doubted(speak("Thanks for watching!")) == [
        ("Thanks for watching!", "phantom phrase at the end")
    ]


def test_an_honest_phrase_after_a_jingle_stays() -> None:
    words = speak(TALK, 4.0, "Thanks for watching!", probability=0.97)
    phrase = Span(words[-3].start - 0.4, words[-1].end + 0.4)

    assert doubted(words, (Span(0, 2.2), phrase)) == []


def test_nobody_thanks_for_watching_again_and_again() -> None:
    words = speak(*[TALK, 1.0, "Thanks for watching!", 1.0] * 5, TALK, probability=0.97)

    assert doubted(words) == [("Thanks for watching!", "phantom phrase 5 times")] * 5

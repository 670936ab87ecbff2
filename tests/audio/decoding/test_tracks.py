"""Of several sound tracks the talk is heard."""

import pytest

from audio.decoding.tracks import Track, chosen, described, ranked
from podcast.errors import BadInputError


@pytest.mark.parametrize(
    ("tracks", "first"),
    [
        (["und", "und default"], 1),
        (["deu default", "eng"], 1),
        (["ger", "fre default"], 1),
        (["eng comment default", "eng"], 1),
        (["eng visual-impaired", "eng", "eng default"], 2),
        (["", "eng"], 0),
        (["en-GB", "de default"], 0),
        (["jpn", "kor"], 0),
    ],
)
def test_english_comes_first_then_the_default_then_the_files_order(
    tracks: list[str], first: int
) -> None:
    assert ranked([track(index, *text.split(" ")) for index, text in enumerate(tracks)])[0] == (
        track(first, *tracks[first].split(" "))
    )


def test_the_track_that_was_asked_for_is_the_only_one() -> None:
    tracks = [track(1, "eng", "default"), track(3, "deu")]

    assert chosen(tracks, 2, "a.mkv") == [tracks[1]]


def test_a_number_without_a_track_names_all_tracks() -> None:
    tracks = [track(1, "eng", "default"), track(3, "deu")]

    with pytest.raises(BadInputError) as caught:
        chosen(tracks, 3, "a.mkv")

    assert str(caught.value) == (
        "a.mkv has no sound track 3: its sound tracks are 1 (eng, stereo, default); "
        "2 (deu, stereo). Choose one of these with --track."
    )


def test_a_single_track_is_called_so() -> None:
    assert described([track(0, "eng")]) == "its only one is 1 (eng, stereo)"


def track(index: int, language: str, *roles: str) -> Track:
    names = frozenset(role.replace("-", " ") for role in roles)
    return Track(index, language, "stereo", None, names)

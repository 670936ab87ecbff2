"""A show file is used, or says which key is wrong and what to do."""

from pathlib import Path

import pytest

from flows.feeds.show_file import load_show
from podcast.errors import BadInputError

FEED = 'feed = "https://e.example/feed.xml"\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ears.toml"


def test_all_but_the_feed_has_a_default(path: Path) -> None:
    path.write_text(FEED)

    show = load_show(path)

    assert (show.languages, show.old_episodes, show.tries) == (["ko", "zh", "ja"], 1, 3)


def test_the_tables_are_those_of_the_run_form(path: Path) -> None:
    path.write_text(FEED + '[speakers]\nexactly = 2\npeople = ["Ann"]\n[models]\npreset = "demo"\n')

    show = load_show(path)

    assert (show.speakers.exactly, show.speakers.people) == (2, ["Ann"])
    assert show.models.preset == "demo"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "feed is missing. Write feed ="),
        ("feed = ", "is no TOML file"),
        ('feed = "feed.xml"', r"feed is 'feed.xml'\. Give its http"),
        (FEED + "langages = ['ko']", "unknown key langages. Did you mean languages"),
        (FEED + "zzz = 1", "unknown key zzz. Known are feed, title"),
        (FEED + "languages = ['fr']", r"languages\.0 is 'fr'\. Input should be 'ko'"),
        (FEED + "old_episodes = -1", "old_episodes is -1"),
        (FEED + "[speakers]\nexactly = 99", r"speakers\.exactly is 99"),
    ],
)
def test_what_is_wrong_is_named_with_its_cure(path: Path, text: str, message: str) -> None:
    path.write_text(text)

    with pytest.raises(BadInputError, match=rf"ears\.toml.*{message}"):
        load_show(path)

"""The pages that lead to the episodes: every link leads somewhere, nothing in them runs."""

from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import unquote

import html5lib

from outputs.markup.page_labels import all_labels
from outputs.site.catalogue import Index, ListedEpisode, build_index, show_catalogue
from outputs.site.index_page import render_index_page, render_show_page
from outputs.site.site_lists import index_files

HOSTILE = "</script><script>window.hit=1</script>\"><img src=x onerror='window.hit=1'>"


def episode(number: int, **changes: str) -> ListedEpisode:
    listed = ListedEpisode(
        path=f"e{number}",
        manifest=f"e{number}/manifest.json",
        show="Open Ears",
        title=f"Title {number}",
        titles={"ko": f"제목 {number}", "zh-Hans": f"标题 {number}"},
        guid=str(number),
        published_at=f"2026-01-{number:02}T06:00:00Z",
        first_made_at="2026-11-25T12:00:00Z",
        duration=3725.0,
        language="en",
        languages=("ko", "zh-Hans"),
        pages={"ko": f"e{number}/ko.html", "zh-Hans": f"e{number}/zh.html"},
    )
    return replace(listed, **changes)


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.found += [unquote(value or "") for name, value in attrs if name == "href"]


def links(page: str) -> list[str]:
    parser = Links()
    parser.feed(page)
    return parser.found


def index(*episodes: ListedEpisode, page_size: int = 500) -> dict[str, Index]:
    return dict(build_index([("open ears", show_catalogue(episodes))], page_size))


def test_the_page_of_a_show_leads_to_every_language_of_every_episode() -> None:
    page = render_show_page(show_catalogue([episode(1), episode(2)]))

    assert links(page) == [
        *("../index.html", "e2/ko.html", "e2/zh.html", "e1/ko.html", "e1/zh.html"),
    ]
    assert 'lang="zh-Hans">标题 2</a>' in page
    assert '<time datetime="2026-01-02">' in page
    assert "1:02:05" in page


def test_the_first_page_leads_to_the_shows_and_on_to_older_episodes() -> None:
    shows = [("a b", show_catalogue([episode(1)])), ("c", show_catalogue([episode(2)]))]
    pages = dict(build_index(shows, page_size=1))

    first = render_index_page(pages["index.json"], "index.json", None)
    second = render_index_page(pages["index-2.json"], "index-2.json", "index.json")

    assert links(first)[:2] == ["a b/index.html", "c/index.html"]
    assert links(first)[-1] == "index-2.html"
    assert links(second)[-1] == "index.html"


def test_every_list_has_its_page_and_the_first_one_is_written_last() -> None:
    files = index_files([("show", show_catalogue([episode(n) for n in range(1, 4)]))])

    assert list(files) == ["index.html", "index.json"]


def test_a_hostile_title_stays_text() -> None:
    hostile = episode(1, title=HOSTILE, show=HOSTILE, titles={"ko": HOSTILE, "zh-Hans": "x"})  # type: ignore[arg-type]  titles is no str
    for page in (
        render_show_page(show_catalogue([hostile])),
        render_index_page(index(hostile)["index.json"], "index.json", None),
    ):
        parser = Links()
        parser.feed(page)
        assert parser.tags.count("script") == 2
        assert "img" not in parser.tags


def test_the_pages_are_valid_html() -> None:
    parser = html5lib.HTMLParser(strict=True)

    parser.parse(render_show_page(show_catalogue([episode(1)])))
    parser.parse(render_index_page(index(episode(1))["index.json"], "index.json", None))


def test_the_words_of_the_page_come_in_every_language() -> None:
    page = render_show_page(show_catalogue([episode(1)]))

    for labels in all_labels().values():
        assert labels.transcripts.encode("ascii", "backslashreplace").decode() in page

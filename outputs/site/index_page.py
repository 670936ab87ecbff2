"""Write the pages that lead to the episodes: one for each show, and one for all of them.

Their own words come in every language that we have labels in; the script takes the one that the
reader's browser asks for. Without a script they are in English and every link works.
"""

from collections.abc import Iterator
from dataclasses import asdict
from urllib.parse import quote

from outputs.markup.page_labels import PageLabels, all_labels, page_labels
from outputs.markup.timestamps import clock
from outputs.site.catalogue import INDEX_NAME, Index, ListedEpisode, ShowCatalogue
from outputs.site.html import asset, content_policy, html_text, json_text, page_head, shared_style
from podcast.language import SOURCE, Language

WORDS = ("tag", "search_titles", "nothing", "names")
SHOWN_WORDS = ("transcripts", "shows", "all_shows", "episodes", "newer", "older")
TAGS = {language.tag: language for language in Language}


def render_show_page(catalogue: ShowCatalogue) -> str:
    """Write the page of a show, which lies in the folder of the show."""
    name = html_text(catalogue.show)
    head = f'<p><a href="../index.html">{_word("all_shows")}</a></p>\n<h1 lang="en">{name}</h1>'
    return _page(catalogue.show, head, _episodes(catalogue.episodes, with_show=False))


def render_index_page(index: Index, name: str, before: str | None) -> str:
    """Write a page of all shows.

    Args:
        index: The list that it shows.
        name: File of that list, such as "index-2.json".
        before: File of the list before it; None for the first one.
    """
    head = f"<h1>{_word('transcripts')}</h1>"
    is_first = name == INDEX_NAME
    shows = _shows(index) if is_first and len(index.shows) > 1 else ""
    links = [
        f'<a href="{html_name(to)}" rel="{rel}">{_word(word)}</a>'
        for to, rel, word in ((before, "prev", "newer"), (index.next, "next", "older"))
        if to
    ]
    turn = f'<nav class="turn wide">{"".join(links)}</nav>' if links else ""
    return _page(
        page_labels("en").transcripts, head, shows + _episodes(index.episodes, with_show=True), turn
    )


def html_name(name: str) -> str:
    """Return the page that shows a list: "index-2.html" for "index-2.json"."""
    return name.removesuffix(".json") + ".html"


def _page(title: str, head: str, main: str, turn: str = "") -> str:
    style, script = shared_style() + asset("index.css"), asset("index.js")
    parts = (
        page_head(page_labels("en").tag, title, style, content_policy(style, script)),
        "<body>",
        f'<header class="head wide">\n{head}\n</header>',
        '<search class="find wide" hidden><input type="search"><output></output></search>',
        f'<main class="wide">\n{main}\n</main>',
        turn,
        f'<script type="application/json" id="index-data">{json_text(_data())}</script>',
        f"<script>{script}</script>\n</body>\n</html>",
    )
    return "\n".join(part for part in parts if part) + "\n"


def _data() -> dict[str, dict[str, object]]:
    return {code: _chosen(labels) for code, labels in all_labels().items()}


def _chosen(labels: PageLabels) -> dict[str, object]:
    everything = asdict(labels)
    return {name: everything[name] for name in (*WORDS, *SHOWN_WORDS)}


def _word(name: str) -> str:
    text: str = asdict(page_labels("en"))[name]
    return f'<span data-word="{name}">{html_text(text)}</span>'


def _shows(index: Index) -> str:
    items = "\n".join(
        f'<li><a href="{_link(show.path)}/index.html"><bdi lang="en">{html_text(show.show)}</bdi> '
        f"<span>{show.n_episodes}</span></a></li>"
        for show in index.shows
    )
    return f'<h2>{_word("shows")}</h2>\n<ul class="shows">\n{items}\n</ul>\n'


def _episodes(episodes: tuple[ListedEpisode, ...], *, with_show: bool) -> str:
    items = "\n".join(_episode(episode, with_show=with_show) for episode in episodes)
    heading = f"<h2>{_word('episodes')}</h2>\n"
    return f'{heading}<ul class="episodes">\n{items}\n</ul>'


def _episode(episode: ListedEpisode, *, with_show: bool) -> str:
    show = f'<bdi lang="en">{html_text(episode.show)}</bdi> · ' if with_show else ""
    date = (episode.published_at or episode.first_made_at)[:10]
    pages = "\n".join(_pages(episode))
    return (
        f'<li><h3 lang="{episode.language}">{html_text(episode.title)}</h3>\n'
        f'<p>{show}<time datetime="{date}">{date}</time> · {clock(episode.duration)}</p>\n'
        f'<ul class="pages">\n{pages}\n</ul></li>'
    )


def _pages(episode: ListedEpisode) -> Iterator[str]:
    names = page_labels("en").names
    for tag in episode.languages:
        if path := episode.pages.get(tag):
            code = TAGS.get(tag, SOURCE).value
            title = html_text(episode.titles.get(tag, episode.title))
            yield (
                f'<li><span data-name="{code}">{html_text(names[code])}</span>'
                f'<a href="{_link(path)}" hreflang="{tag}" lang="{tag}">{title}</a></li>'
            )


def _link(path: str) -> str:
    return html_text(quote(path))

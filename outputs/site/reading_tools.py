"""Write the tools of the reading page: what is shown, the search, the speakers and the keys."""

from collections.abc import Mapping, Sequence

from outputs.markup.page_labels import PageLabels
from outputs.record.record_types import EpisodeRecord
from outputs.site.html import html_text
from outputs.site.page_links import render_languages
from podcast.language import SOURCE, Language


def render_tools(record: EpisodeRecord, target: Language, words: PageLabels) -> str:
    """Write the bar above the lines; without a script it stays hidden."""
    views = _choice("view", words.show, ("both", "source", "target"), side_names(target, words))
    return (
        f'<section class="bar" id="page-tools" aria-label="{html_text(words.tools)}" hidden>\n'
        f'<div class="wide">\n{views}\n{_find(words)}\n'
        f"{_more(record, target, words)}\n{_keys(words)}\n</div>\n</section>"
    )


def speaker_numbers(record: EpisodeRecord) -> dict[str, int]:
    """Number the speakers by name: people of one name are one to the reader."""
    names = dict.fromkeys(speaker.name for speaker in record.speakers)
    return {name: nth for nth, name in enumerate(names)}


def tool_button(name: str, label: str, sign: str, more: str = "") -> str:
    """Write a button that shows a sign and says a label."""
    says = html_text(label)
    return (
        f'<button type="button" id="{name}" aria-label="{says}" title="{says}"{more}>'
        f"{sign}</button>"
    )


def floating_menu(kind: str, label: str, sign: str, panel: str, more: str = "") -> str:
    """Write a menu that opens over the lines, below a button."""
    says = html_text(label)
    return (
        f'<details class="{kind} floating" id="page-{kind}"{more}>'
        f'<summary aria-label="{says}" title="{says}">{sign}</summary>'
        f'<div class="panel">{panel}</div></details>'
    )


def side_names(target: Language, words: PageLabels) -> dict[str, str]:
    """Name the sides of a line, and both, by what the script calls them."""
    source, translation = words.names[SOURCE.value], words.names[target.value]
    return {"source": source, "target": translation, "both": words.both}


def _choice(name: str, legend: str, values: Sequence[str], texts: Mapping[str, str]) -> str:
    """Write a choice between sides, of which the first is chosen."""
    labels = "".join(
        f'<label><input type="radio" name="{name}" value="{value}"'
        f"{' checked' if value == values[0] else ''}><span>{html_text(texts[value])}</span></label>"
        for value in values
    )
    return f'<fieldset class="choice"><legend>{html_text(legend)}</legend>{labels}</fieldset>'


def _find(words: PageLabels) -> str:
    return (
        '<div class="find" role="search">'
        '<input type="search" id="page-search" autocomplete="off" spellcheck="false" '
        f'placeholder="{html_text(words.search)}" aria-label="{html_text(words.search_hint)}">'
        '<output id="page-count" for="page-search"></output>'
        f"{tool_button('page-previous', words.previous, '↑', ' disabled')}"
        f"{tool_button('page-next', words.next, '↓', ' disabled')}</div>"
    )


def _more(record: EpisodeRecord, target: Language, words: PageLabels) -> str:
    """Write the menu of what is not needed all the time."""
    languages = render_languages(record, target, words)
    heading = f"<h2>{html_text(words.languages)}</h2>"
    leading = f'{heading}<div class="languages">{languages}</div>' if languages else ""
    sides = side_names(target, words)
    emphasis = _choice("main", words.emphasis, ("target", "source", "both"), sides)
    panel = f"{emphasis}{_speakers(record, words)}{leading}"
    return floating_menu("more", words.more, "⋯", panel)


def _speakers(record: EpisodeRecord, words: PageLabels) -> str:
    options = "".join(
        f'<option value="p{nth}">{html_text(name)}</option>'
        for name, nth in speaker_numbers(record).items()
        if name
    )
    says = html_text(words.speaker)
    return (
        f'<div class="who-next"><select id="page-speaker" aria-label="{says}">'
        f'<option value="">{says}</option>{options}</select>'
        f'<button type="button" id="page-of-speaker">{html_text(words.next_of_speaker)}</button>'
        "</div>"
    )


def _keys(words: PageLabels) -> str:
    keys = (
        (("Space",), words.key_play),
        (("←", "→"), words.key_seek),
        (("N", "P"), words.key_line),
        (("S",), words.key_speaker),
        (("B", "E", "T"), words.key_show),
        (("/",), words.key_search),
        (("Esc",), words.key_escape),
        (("?",), words.keys),
    )
    rows = "".join(
        f"<dt>{' '.join(f'<kbd>{key}</kbd>' for key in row)}</dt><dd>{html_text(text)}</dd>"
        for row, text in keys
    )
    return floating_menu(
        "keys",
        words.keys,
        "?",
        f"<h2>{html_text(words.keys)}</h2><dl>{rows}</dl>"
        '<label><input type="checkbox" id="page-use-keys" checked> '
        f"{html_text(words.use_keys)}</label>",
    )

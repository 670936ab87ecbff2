"""Write the tools of the reading page: what is shown, the search, the speakers and the keys."""

from outputs.markup.page_labels import PageLabels
from outputs.record.record_types import EpisodeRecord
from outputs.site.html import html_text
from podcast.language import Language


def render_tools(record: EpisodeRecord, target: Language, words: PageLabels) -> str:
    """Write the bar above the lines; without a script it stays hidden."""
    return (
        f'<section class="bar" id="page-tools" aria-label="{html_text(words.tools)}" hidden>\n'
        f'<div class="wide">\n{_views(target, words)}\n{_find(words)}\n'
        f"{_speakers(record, words)}\n{_keys(words)}\n</div>\n</section>"
    )


def speaker_numbers(record: EpisodeRecord) -> dict[str, int]:
    """Number the speakers by name: people of one name are one to the reader."""
    names = dict.fromkeys(speaker.name for speaker in record.speakers)
    return {name: nth for nth, name in enumerate(names)}


def _views(target: Language, words: PageLabels) -> str:
    texts = {
        "both": words.both,
        "source": words.names[Language.EN.value],
        "target": words.names[target.value],
    }
    choices = "".join(
        f'<label><input type="radio" name="view" value="{value}"'
        f"{' checked' if value == 'both' else ''}><span>{html_text(text)}</span></label>"
        for value, text in texts.items()
    )
    return (
        f'<fieldset class="views"><legend class="unseen">{html_text(words.show)}</legend>'
        f"{choices}</fieldset>"
    )


def _find(words: PageLabels) -> str:
    return (
        '<div class="find" role="search">'
        '<input type="search" id="page-search" autocomplete="off" spellcheck="false" '
        f'placeholder="{html_text(words.search)}" aria-label="{html_text(words.search_hint)}">'
        '<output id="page-count" for="page-search"></output>'
        f"{_button('page-previous', words.previous, '↑', ' disabled')}"
        f"{_button('page-next', words.next, '↓', ' disabled')}</div>"
    )


def _speakers(record: EpisodeRecord, words: PageLabels) -> str:
    options = "".join(
        f'<option value="p{nth}">{html_text(name)}</option>'
        for name, nth in speaker_numbers(record).items()
        if name
    )
    return (
        f'<div class="who-next"><select id="page-speaker" aria-label="{html_text(words.speaker)}">'
        f'<option value="">{html_text(words.speaker)}</option>{options}</select>'
        f"{_button('page-of-speaker', words.next_of_speaker, '⇣')}</div>"
    )


def _button(name: str, label: str, sign: str, more: str = "") -> str:
    says = html_text(label)
    return (
        f'<button type="button" id="{name}" aria-label="{says}" title="{says}"{more}>'
        f"{sign}</button>"
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
    return (
        f'<details class="keys" id="page-keys"><summary aria-label="{html_text(words.keys)}" '
        f'title="{html_text(words.keys)}">?</summary><div><h2>{html_text(words.keys)}</h2>'
        f'<dl>{rows}</dl><label><input type="checkbox" id="page-use-keys" checked> '
        f"{html_text(words.use_keys)}</label></div></details>"
    )

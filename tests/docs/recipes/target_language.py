"""The demo's episode is translated into the new language and published; checks and pages follow."""

import sys
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner

from flows.cli.commands_process import process
from flows.models.model_catalogue import CATALOGUE
from flows.parameters import ALL_TARGETS
from outputs.bundle import render_bundle
from outputs.captions.cue_limits import WIDTHS
from outputs.captions.wrapping import pieces_of
from outputs.library.published_folder import list_episode, put_episode
from outputs.markup.page_labels import page_labels
from outputs.record.episode_record import parse_record, with_language
from outputs.record.manifest import build_manifest
from outputs.record.record_types import Rendering
from outputs.site.html import shared_style
from podcast.language import Language, parse_targets
from podcast.languages.line_breaks import PLAIN, POOR
from translation.checks.row_checks import check
from translation.conversation import Style, conversation_of
from translation.engines.fake_translator import FakeTranslator
from translation.fallbacks.rows import settle_rows
from translation.fallbacks.short_answers import short_answer
from translation.fallbacks.strategies import retry_failed
from translation.typography.typesetting import TypographyOptions, typeset

(ru,) = parse_targets(["ru"])

text = "Модель стоит 20 долларов."
assert check("The model costs 20 dollars.", text, ru) == ()
assert check("The model costs 20 dollars.", "Модель стоит 30 долларов.", ru)
assert check("I do not know it.", "我不知道。", ru)
assert check("I do not know it.", "Я это знаю.", ru)
assert typeset(text, ru) == text
assert short_answer("Yeah. Yeah.", ru) == "Да. Да."
row = "Мы в доме, 20 долларов."
pieces = pieces_of(row, ru, WIDTHS[ru])
assert [row[piece.start : piece.end] for piece in pieces] == ["Мы", "в доме,", "20", "долларов."]
assert [pieces[0].penalty, pieces[2].penalty] == [PLAIN, POOR]
assert page_labels("ru").speaker == "Собеседник"
assert ":lang(ru)" not in shared_style()
assert ALL_TARGETS[-1] == "ru"
assert [model.name for model in CATALOGUE if "ru" in model.name.split("-")] == ["argos-en-ru"]
assert "[ko,zh,ja,ru]" in " ".join(CliRunner().invoke(process, ["--help"]).output.split())

SAID = {
    "Hello.": "Здравствуйте.",
    "Small models for old phones": "Маленькие модели для старых телефонов",
}


def answer(row: str, _target: Language) -> tuple[str, ...]:
    """Say what is known; the other rows keep their English."""
    return (SAID.get(row, ""),)


record = parse_record(Path(sys.argv[1]).read_bytes())
translator = FakeTranslator(answer)
rows = conversation_of(record.title, record.lines, {})
title, *lines = settle_rows(
    rows,
    translator.translate(rows, ru, Style(), print),
    ru,
    Style(),
    TypographyOptions(),
    lambda failing, raw: retry_failed(failing, raw, ru, Style(), [translator], print),
)
record = replace(with_language(record, ru, title, lines), rendering=Rendering(interface="ru"))
files = render_bundle(record)
manifest = build_manifest(record, files, "2026-01-01T00:00:00Z")
folder = Path("out/open-ears/episode")
put_episode(folder, files, manifest)
list_episode(folder, manifest)

assert parse_record((folder / "episode.json").read_bytes()).titles["ru"] == title
page = (folder / "ru.html").read_text("utf-8")
assert '<html lang="ru"' in page
assert "Здравствуйте." in page
assert "Здравствуйте." in (folder / "en-ru.vtt").read_text("utf-8")
assert "Маленькие модели" in (folder / "ru.txt").read_text("utf-8").splitlines()[1]
assert "ru.html" in Path("out/index.html").read_text("utf-8")

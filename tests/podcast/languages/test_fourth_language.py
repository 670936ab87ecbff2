"""Another target language is written in few files, and the rest of the product follows it."""

import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

ROOT = Path(__file__).resolve().parents[3]
MOST_FILES = 6

RUSSIAN = '''"""Russian."""

import re

from podcast.languages.letters import HAN, HANGUL, KANA
from podcast.languages.line_breaks import POOR, BreakRule, LineBreaks
from podcast.languages.profile import (
    Captions, Doubts, Fonts, LanguageProfile, Lengths, Numbers, Punctuation, Script,
)
from podcast.languages.units import Unit

RUSSIAN = LanguageProfile(
    code="ru",
    tag="ru",
    label="Russian",
    script=Script(own="А-яЁё", foreign=HAN + HANGUL + KANA),
    punctuation=Punctuation(marks={"…": "..."}, quotes=("«", "»"), inner_quotes=("„", "“")),
    numbers=Numbers(units={Unit.USD: r"доллар\\w*"}, words={"два": 2}),
    doubts=Doubts(denies="не|нет|ни"),
    lengths=Lengths(0.4, 1.8),
    captions=Captions(width=39.0, speed=17.0, has_half_widths=False),
    line_breaks=LineBreaks((BreakRule(POOR, before=re.compile(r"\\d$")),)),
    fonts=Fonts(office="Calibri", locale="ru-RU", video="Noto Sans", video_size=54.0),
)
'''

USE = """
from click.testing import CliRunner
from flows.cli.commands_process import process
from flows.parameters import ALL_TARGETS
from outputs.captions.cue_limits import WIDTHS
from outputs.captions.wrapping import pieces_of
from outputs.markup.page_labels import page_labels
from outputs.site.html import shared_style
from podcast.language import parse_targets
from podcast.languages.line_breaks import PLAIN, POOR
from translation.checks.row_checks import check
from translation.fallbacks.short_answers import short_answer
from translation.typography.typesetting import typeset

(ru,) = parse_targets(["ru"])
text = "Модель стоит 20 долларов."
assert check("The model costs 20 dollars.", text, ru) == ()
assert [f.fault for f in check("The model costs 20 dollars.", "Модель стоит 30 долларов.", ru)]
assert [f.fault for f in check("I do not know it.", "我不知道。", ru)]
assert typeset(text, ru) == text
assert short_answer("Yeah. Yeah.", ru) == "Да. Да."
assert [piece.penalty for piece in pieces_of(text, ru, WIDTHS[ru])] == [PLAIN, PLAIN, POOR, 0.0]
assert page_labels("ru").speaker == "Собеседник"
assert ":lang(ru)" not in shared_style()
assert ALL_TARGETS[-1] == "ru"
assert "[ko,zh,ja,ru]" in " ".join(CliRunner().invoke(process, ["--help"]).output.split())
"""


@pytest.mark.slow
def test_a_language_takes_few_files_and_is_followed_everywhere(tmp_path: Path) -> None:
    for package in ("audio", "flows", "outputs", "podcast", "speech", "translation"):
        copytree(ROOT / package, tmp_path / package)
    changed = [_write(tmp_path, path, text) for path, text in _recipe().items()]

    command = [sys.executable, "-W", "ignore", "-c", USE]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert len(changed) <= MOST_FILES


def _recipe() -> dict[str, str]:
    """Return each file that is written or changed, as it is afterwards."""
    language = _text("podcast/language.py")
    labels = _text("outputs/markup/labels.toml")
    own = labels[labels.index("[en]") : labels.index("[ko]")].replace("[en", "[ru")
    own = re.sub(r"^speaker = .*$", 'speaker = "Собеседник"', own, flags=re.MULTILINE)
    return {
        "podcast/languages/ru.py": RUSSIAN,
        "podcast/language.py": language.replace(
            "from podcast.languages.zh", "from podcast.languages.ru import RUSSIAN\n"
            "from podcast.languages.zh",
        )
        .replace("    JA = JAPANESE.code\n", "    JA = JAPANESE.code\n    RU = RUSSIAN.code\n")
        .replace("CHINESE, JAPANESE)", "CHINESE, JAPANESE, RUSSIAN)"),
        "outputs/markup/labels.toml": f"{labels}\n{own}".replace(
            "names = {", 'names = { ru = "Russian",'
        ),
        "translation/fallbacks/short_answers.toml": re.sub(
            r'^("yeah" = \{)', r'\1 ru = "Да",', _text("translation/fallbacks/short_answers.toml"),
            flags=re.MULTILINE,
        ),
    }  # fmt: skip


def _text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def _write(root: Path, path: str, text: str) -> str:
    (root / path).write_text(text, encoding="utf-8")
    return path

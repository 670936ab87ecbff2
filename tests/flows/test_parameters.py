"""The run form, the flow that it belongs to, and the command's options are one and the same."""

import inspect
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest

from flows.cli import commands_process
from flows.cli.commands_process import process
from flows.episode import process_episode
from flows.parameters import RunForm
from podcast.errors import BadInputError

REQUIRED = {"audio": "a.mp3", "show": "Open Ears", "title": "A title"}


def test_the_form_has_the_fields_of_the_flow_in_its_order() -> None:
    assert [field.name for field in fields(RunForm)] == list(
        inspect.signature(process_episode.fn).parameters
    )


def test_the_form_has_the_defaults_of_the_flow() -> None:
    parameters = inspect.signature(process_episode.fn).parameters.values()
    defaults = {p.name: p.default for p in parameters if p.default is not p.empty}

    assert RunForm(**REQUIRED) == RunForm(**REQUIRED, **defaults)


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[RunForm]:
    """Keep what the command would hand to the flow."""
    forms: list[RunForm] = []
    monkeypatch.setattr(commands_process, "_publish", lambda form, _verbose: forms.append(form))
    return forms


def run(*options: str) -> None:
    process.main(
        ["a.mp3", "--show", "Open Ears", "--title", "A title", *options], standalone_mode=False
    )


def test_the_options_have_the_defaults_of_the_form(published: list[RunForm]) -> None:
    run()

    assert published == [RunForm(**REQUIRED)]


def test_the_help_names_the_defaults_of_the_form() -> None:
    form = RunForm(**REQUIRED)
    helps = {p.name: p.help or "" for p in process.params if isinstance(p, click.Option)}

    assert helps["languages"].endswith(f"[{','.join(form.languages)}]")
    assert helps["models__preset"].endswith(f"[{form.models.preset}]")
    assert helps["pages__interface"].endswith(f"[{form.pages.interface}]")
    assert helps["pages__order"].endswith(f"[{form.pages.order}]")
    assert helps["wording__full_width"].endswith("[full-width]") is form.wording.full_width
    assert helps["wording__latin_spacing"].endswith("[latin-spacing]") is form.wording.latin_spacing


@pytest.mark.parametrize(
    ("options", "form"),
    [
        (("--to", "ja, zh-Hans"), {"languages": ["ja", "zh"]}),
        (("--redo-from", "write"), {"redo_from": "write"}),
        (("--speakers", "3"), {"speakers": {"exactly": 3}}),
        (
            ("--min-speakers", "2", "--max-speakers", "4"),
            {"speakers": {"at_least": 2, "at_most": 4}},
        ),
        (("--name", "Speaker 2 = Ann = Lee"), {"speakers": {"names": {"Speaker 2": "Ann = Lee"}}}),
        (("--person", "Ann", "--person", "Bo"), {"speakers": {"people": ["Ann", "Bo"]}}),
        (("--voices-of", "Ears"), {"speakers": {"voices": ["Ears"]}}),
        (
            ("--glossary", "g.toml", "--ascii-marks", "--no-latin-spacing"),
            {
                "wording": {
                    "glossary": Path("g.toml"),
                    "full_width": False,
                    "latin_spacing": False,
                }
            },
        ),
        (
            ("--models", "demo", "--whisper", "medium", "--diarization", "d", "--packages", "p"),
            {
                "models": {
                    "preset": "demo",
                    "whisper": "medium",
                    "diarization": "d",
                    "packages": "p",
                }
            },
        ),
        (
            ("--translator", "argos:p", "--translator", "ko=oracle:a=b"),
            {"models": {"translators": {"ko": "oracle:a=b", "zh": "argos:p", "ja": "argos:p"}}},
        ),
        (
            ("--translator", "llm", "--llm-url", "http://gpu:1/v1", "--llm-model", "qwen"),
            {
                "models": {
                    "translators": dict.fromkeys(("ko", "zh", "ja"), "llm"),
                    "llm": {"url": "http://gpu:1/v1", "model": "qwen"},
                }
            },
        ),
        (
            ("--register", "ko=polite", "--register", "ko: Ann Lee = formal"),
            {"wording": {"registers": {"ko": {"everybody": "polite", "Ann Lee": "formal"}}}},
        ),
        (("--translator", "zh-Hans=argos"), {"models": {"translators": {"zh": "argos"}}}),
        (
            ("--interface", "nl", "--order", "target-first", "--page-audio", "a.mp3"),
            {"pages": {"interface": "nl", "order": "target-first", "audio": "a.mp3"}},
        ),
        (("--label", "Back"), {"label": "Back"}),
        (("--title-in", "ko=제목", "--title-in", "ja=題"), {"titles": {"ko": "제목", "ja": "題"}}),
        (("--guid", "g", "--published", "2026-11-25"), {"guid": "g", "published_at": "2026-11-25"}),
        (("--out", "there"), {"out": Path("there")}),
        (("--transcript", "t.vtt"), {"transcript": "t.vtt"}),
        (("--allow-partial",), {"allow_partial": True}),
        (("--force-english",), {"force_english": True}),
    ],
)
def test_each_option_fills_in_its_field(
    published: list[RunForm], options: tuple[str, ...], form: dict[str, Any]
) -> None:
    run(*options)

    assert published == [RunForm(**REQUIRED, **form)]


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        (("ko=argos", "ko=llm"), "Two are given for one language"),
        (("argos", "llm"), "Two are given for one language"),
        (("kp=argos",), "Unknown target language 'kp'"),
    ],
)
def test_a_language_has_one_translator(choices: tuple[str, ...], says: str) -> None:
    options = [option for choice in choices for option in ("--translator", choice)]

    with pytest.raises((click.BadParameter, BadInputError), match=says):
        run(*options)

"""What our pages share: text that stands as it is, and a policy that allows nothing else. Pure."""

import base64
import hashlib
import json
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from podcast.language import TARGETS

ASSETS = Path(__file__).with_name("reading")

# Characters that HTML does not allow, such as a null.
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)), " ")


@cache
def asset(name: str) -> str:
    """Return a style or a script of ours."""
    return (ASSETS / name).read_text(encoding="utf-8")


@cache
def shared_style() -> str:
    """Return the style of all our pages, with the lettering of every target language."""
    rules = ((target, target.profile.fonts.web) for target in TARGETS)
    written = "".join(f":lang({target}) {{\n  {rule}\n}}\n" for target, rule in rules if rule)
    return asset("shared.css").replace("/* target languages */\n", written)


def html_text(text: str) -> str:
    """Make a text stand in HTML, also in an attribute, as it is."""
    return escape(text.translate(_CONTROLS))


def json_text(data: Any) -> str:
    """Write JSON such that no text in it can end the script element that it is in."""
    text = json.dumps(data, separators=(",", ":"))  # ASCII, so U+2028 is an escape
    return text.replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026")


def page_head(language: str, title: str, style: str, policy: str) -> str:
    """Write the beginning of a page, up to its body, which sends nobody the reader's address."""
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{html_text(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{html_text(title)}</title>\n<style>{style}</style>\n</head>"
    )


def content_policy(style: str, script: str, *more: str) -> str:
    """Write a Content-Security-Policy: nothing is loaded or run but what the page is made of."""
    rules = (
        "default-src 'none'",
        f"style-src {_hash(style)}",
        f"script-src {_hash(script)}",
        *more,
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(rules)


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"

"""Published files have an address where a site serves their folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.runs.site_urls import address_of
from flows.settings import settings


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("INTERLINEAR_OUT", str(tmp_path / "out"))
    monkeypatch.setenv("INTERLINEAR_SITE", "https://example.org/listen/")
    settings.cache_clear()
    yield tmp_path / "out"
    settings.cache_clear()


def test_an_address_is_that_of_the_site_and_safe_in_a_link(out: Path) -> None:
    address = address_of(out / "귀를 열고" / "a b" / "ko.html")

    assert address.startswith("https://example.org/listen/%EA%B7%80")
    assert address.endswith("/a%20b/ko.html")


def test_what_lies_elsewhere_has_none(out: Path) -> None:
    assert not address_of(out.parent / "elsewhere" / "ko.html")


def test_without_a_site_nothing_has(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INTERLINEAR_SITE")
    settings.cache_clear()

    assert not address_of(out / "a" / "ko.html")

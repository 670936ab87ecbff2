"""The pages that lead to the episodes, in a real browser: found, followed, searched, and safe."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import axe_playwright_python  # type: ignore[import-untyped]  # it has no types
import pytest
from playwright.sync_api import Browser, Page, expect

from outputs.library.published_folder import rebuild_lists
from outputs.record.manifest import MANIFEST_FORM, Manifest, build_manifest
from outputs.record.record_types import EpisodeRecord
from outputs.site.reading_page import render_reading_page
from podcast.language import Language

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
HOSTILE = "</script><script>window.hit=1</script>\"><img src=x onerror='window.hit=1'>"
SIZES = {"phone": (320, 568), "tablet": (768, 1024), "desk": (1440, 900)}
FINGER = 44
"""Pixels that a link is high where fingers use it."""
N_EPISODES = 1_200


@pytest.fixture
def manifest(record: EpisodeRecord) -> Manifest:
    return build_manifest(record, {"ko.html": b"ko", "ja.html": b"ja"}, "2026-11-25T12:00:00Z")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a Korean reader; at the end nothing may have gone wrong in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="ko-KR")
    complaints: list[str] = []
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()

    assert complaints == []


def publish(out: Path, manifest: Manifest, *places: str) -> None:
    for place in places:
        (out / place).mkdir(parents=True)
        (out / place / "manifest.json").write_bytes(MANIFEST_FORM.dump(manifest))
    rebuild_lists(out)


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(
        "axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html))"
    )
    return found


def test_a_reader_gets_from_the_first_page_to_a_transcript_and_back(
    page: Page, tmp_path: Path, manifest: Manifest, record: EpisodeRecord
) -> None:
    publish(tmp_path, manifest, "a/one", "b/two")
    for place in ("a/one", "b/two"):
        content = render_reading_page(record, Language.KO)
        (tmp_path / place / "ko.html").write_text(content, encoding="utf-8")
    page.goto((tmp_path / "index.html").as_uri())

    page.get_by_role("link", name="Open Ears").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Open Ears")
    page.get_by_role("link", name="제목").first.click()
    expect(page).to_have_title("제목 – Open Ears")
    page.get_by_role("link", name="Open Ears").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Open Ears")
    page.go_back()
    page.get_by_role("link", name="All shows").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("대본")


def test_the_page_speaks_the_language_of_its_reader(
    page: Page, tmp_path: Path, manifest: Manifest
) -> None:
    publish(tmp_path, manifest, "a/one")

    page.goto((tmp_path / "index.html").as_uri())

    expect(page.get_by_role("heading", level=1)).to_have_text("대본")
    assert page.evaluate("document.documentElement.lang") == "ko"


def test_the_search_finds_titles_in_every_language(
    page: Page, tmp_path: Path, manifest: Manifest
) -> None:
    publish(tmp_path, manifest, "a/one")
    other = replace(manifest, title="Another", titles={"ko": "다른 이야기"})
    publish(tmp_path, other, "a/two")
    page.goto((tmp_path / "a" / "index.html").as_uri())
    shown = page.locator(".episodes > li:visible")
    expect(shown).to_have_count(2)

    page.get_by_role("searchbox").fill("이야기")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("Another")

    page.get_by_role("searchbox").fill("nowhere")
    expect(shown).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("결과 없음")


def test_a_hostile_title_is_text(page: Page, tmp_path: Path, manifest: Manifest) -> None:
    hostile = replace(manifest, title=HOSTILE, show=HOSTILE, titles={"ko": HOSTILE})
    publish(tmp_path, hostile, "a/one")

    for name in ("index.html", "a/index.html"):
        page.goto((tmp_path / name).as_uri())
        expect(page.get_by_role("heading", level=3)).to_have_text(HOSTILE)
        assert page.evaluate("window.hit") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_out(
    page: Page, tmp_path: Path, manifest: Manifest, scheme: str
) -> None:
    publish(tmp_path, manifest, "a/one", "b/two")
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")

    for name in ("index.html", "a/index.html"):
        page.goto((tmp_path / name).as_uri())
        for width, height in SIZES.values():
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        links = page.get_by_role("link").all()
        boxes = [(link.inner_text(), link.bounding_box() or {}) for link in links]
        assert [text for text, box in boxes if box["height"] < FINGER] == []
        assert violations(page) == []


def test_many_episodes_are_turned_over_page_by_page(
    page: Page, tmp_path: Path, manifest: Manifest
) -> None:
    publish(tmp_path, manifest, *(f"a/e{n:04}" for n in range(N_EPISODES)))
    page.goto((tmp_path / "index.html").as_uri())
    expect(page.locator(".episodes > li")).to_have_count(500)

    page.get_by_role("link", name="이전").click()
    page.get_by_role("link", name="이전").click()
    expect(page.locator(".episodes > li")).to_have_count(N_EPISODES - 1000)

    page.goto((tmp_path / "a" / "index.html").as_uri())
    expect(page.locator(".episodes > li")).to_have_count(N_EPISODES)

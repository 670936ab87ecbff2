"""The reading page in a real browser: playing, searching, jumping, and nothing broken or loaded."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import axe_playwright_python  # type: ignore[import-untyped]  # it has no types
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from outputs.record.record_types import EpisodeRecord
from outputs.site.reading_page import render_reading_page
from podcast.language import Language
from podcast.timeline import Word
from podcast.transcript import Translation

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
SIZES = {"phone": (390, 844), "tablet": (820, 1180), "desk": (1280, 900)}
HOSTILE = "</script><script>window.hit=1</script>\"><img src=x onerror='window.hit=1'>"
N_LINES = 10_000

Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open the page of a record from disk; at the end nothing may have gone wrong in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    requests: list[str] = []

    def start(
        record: EpisodeRecord, labels: str = "en", audio: str = "", *, anchor: str = ""
    ) -> Page:
        file = tmp_path / "page.html"
        file.write_text(render_reading_page(record, Language.KO, labels, audio), encoding="utf-8")
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(file.as_uri() + anchor)
        return page

    yield start
    context.close()

    assert [text for text in complaints if "ERR_FILE_NOT_FOUND" not in text] == []
    assert [url for url in requests if not url.startswith((tmp_path.as_uri(), "blob:"))] == []


@pytest.fixture
def episode(record: EpisodeRecord) -> EpisodeRecord:
    """Sixty lines of two seconds, each of four words of half a second; three people in turn."""
    return episode_of(record, 60)


def episode_of(record: EpisodeRecord, n_lines: int) -> EpisodeRecord:
    people = [replace(record.speakers[0], id=f"v{n}", name=f"Voice {n}") for n in range(3)]
    lines = []
    for n in range(n_lines):
        texts = ("Line", f"number{n:05d}", "is", "here.")
        words = tuple(
            Word(2 * n + at / 2, 2 * n + at / 2 + 0.5, text, 0.9) for at, text in enumerate(texts)
        )
        lines.append(
            replace(
                record.lines[0], id=f"{n + 1:04d}", start=2.0 * n, end=2.0 * n + 2,
                speaker=f"v{n % 3}", text=" ".join(texts), words=words,
                translations={"ko": Translation(f"{n:05d}번째 줄입니다.", "model")},
            )
        )  # fmt: skip
    return replace(record, speakers=tuple(people), lines=tuple(lines))


def line(page: Page, number: int) -> Locator:
    return page.locator("#page-lines > li").nth(number)


def marked(page: Page, name: str) -> list[str]:
    found: list[str] = page.evaluate(
        "name => [...(CSS.highlights.get(name) || [])].map(String)", name
    )
    return found


def wait_until(page: Page, claim: str) -> None:
    """Look at every frame; playwright's own way evaluates text, which the page forbids."""
    page.evaluate(
        f"new Promise(done => {{ const look = () => "
        f"({claim}) ? done() : requestAnimationFrame(look); look(); }})"
    )


def violations(page: Page) -> list[str]:
    # Evaluated by the debugger, which the policy of the page does not bind.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(
        "axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html))"
    )
    return found


def audio_time(page: Page) -> float:
    return float(page.evaluate("document.getElementById('page-audio').currentTime"))


def test_a_click_plays_a_line_and_its_words_light_up(
    open_page: Open, episode: EpisodeRecord, make_sound: Callable[..., Path]
) -> None:
    make_sound("a.wav", seconds=20)
    page = open_page(episode, audio="a.wav")

    line(page, 3).locator(".source").click()

    expect(line(page, 3)).to_have_class(re.compile(r"\bnow\b"))
    wait_until(page, "String([...(CSS.highlights.get('word') || [])]) === 'number00003'")
    expect(line(page, 4)).to_have_attribute("aria-current", "true")
    expect(page.locator(".now")).to_have_count(1)
    assert audio_time(page) >= 8


def test_an_mp3_plays_as_well(
    open_page: Open, episode: EpisodeRecord, make_sound: Callable[..., Path]
) -> None:
    make_sound("a.mp3", "-b:a", "64k", seconds=8)
    page = open_page(episode, audio="a.mp3")

    line(page, 2).locator(".time").click()

    expect(line(page, 2)).to_have_attribute("aria-current", "true")
    assert page.evaluate("location.hash") == "#0003"


def test_audio_that_is_missing_is_said_to_be(open_page: Open, episode: EpisodeRecord) -> None:
    page = open_page(episode, "nl", audio="a.wav")

    expect(page.get_by_role("alert")).to_have_text("De audio kan niet worden afgespeeld.")


def test_a_page_without_an_address_plays_the_file_that_its_reader_opens(
    open_page: Open, episode: EpisodeRecord, make_sound: Callable[..., Path]
) -> None:
    page = open_page(episode)
    line(page, 2).locator(".source").click()
    assert page.locator("audio:visible, .now").count() == 0

    page.get_by_label("Open the recording").set_input_files(make_sound("a.wav", seconds=20))
    line(page, 2).locator(".source").click()

    expect(line(page, 2)).to_have_class(re.compile(r"\bnow\b"))
    wait_until(page, "String([...(CSS.highlights.get('word') || [])]) === 'number00002'")
    page.keyboard.press("Space")
    wait_until(page, "document.getElementById('page-audio').paused")
    assert violations(page) == []
    expect(page.get_by_text("Open the recording")).to_be_hidden()


def test_a_file_that_is_no_sound_can_be_taken_back(
    open_page: Open, episode: EpisodeRecord, tmp_path: Path
) -> None:
    (tmp_path / "a.mp3").write_bytes(b"no sound")
    page = open_page(episode)

    page.get_by_label("Open the recording").set_input_files(tmp_path / "a.mp3")

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_text("Open the recording")).to_be_visible()


def test_each_language_can_stand_alone(open_page: Open, episode: EpisodeRecord) -> None:
    page = open_page(episode)
    source, target = line(page, 0).locator(".source"), line(page, 0).locator(".target")

    for name, english, korean in (
        ("Both", True, True), ("English", True, False), ("Korean", False, True),
    ):  # fmt: skip
        page.get_by_role("radio", name=name).check()
        assert (source.is_visible(), target.is_visible()) == (english, korean)


def test_the_choice_of_languages_is_kept(open_page: Open, episode: EpisodeRecord) -> None:
    page = open_page(episode)
    page.get_by_role("radio", name="Korean").check()

    page.reload()

    expect(line(page, 0).locator(".source")).to_be_hidden()


@pytest.mark.parametrize(("wanted", "row"), [("NUMBER00041", 41), ("00041번째", 41)])
def test_both_languages_are_searched(
    open_page: Open, episode: EpisodeRecord, wanted: str, row: int
) -> None:
    page = open_page(episode)

    page.fill("#page-search", wanted)
    page.press("#page-search", "Enter")

    expect(page.locator("#page-count")).to_have_text("1 / 1")
    expect(line(page, row)).to_be_in_viewport()
    assert [text.lower() for text in marked(page, "here")] == [wanted.lower()]


def test_matches_are_walked_through_in_a_circle(open_page: Open, episode: EpisodeRecord) -> None:
    page = open_page(episode)
    page.fill("#page-search", "number0005")
    expect(page.locator("#page-count")).to_have_text("10")

    page.get_by_label("Previous match").click()
    expect(page.locator("#page-count")).to_have_text("10 / 10")
    page.get_by_label("Next match").click()
    expect(page.locator("#page-count")).to_have_text("1 / 10")
    assert len(marked(page, "found")) == 10


def test_a_hidden_language_is_not_searched(open_page: Open, episode: EpisodeRecord) -> None:
    page = open_page(episode)
    page.get_by_role("radio", name="English").check()

    page.fill("#page-search", "번째")

    expect(page.locator("#page-count")).to_have_text("Nothing found")


def test_a_reader_jumps_from_line_to_line_of_a_speaker(
    open_page: Open, episode: EpisodeRecord
) -> None:
    page = open_page(episode)

    page.select_option("#page-speaker", label="Voice 2")
    expect(line(page, 2).locator(".time")).to_be_focused()
    page.get_by_label("Next line of this speaker").click()
    expect(line(page, 5).locator(".time")).to_be_focused()


def test_keys_do_what_the_page_says(
    open_page: Open, episode: EpisodeRecord, make_sound: Callable[..., Path]
) -> None:
    make_sound("a.wav", seconds=20)
    page = open_page(episode, audio="a.wav")
    is_paused = "document.getElementById('page-audio').paused"

    page.keyboard.press("Space")
    wait_until(page, f"!{is_paused}")
    page.keyboard.press("Space")
    wait_until(page, is_paused)
    page.keyboard.press("ArrowRight")
    assert audio_time(page) >= 5
    page.keyboard.press("ArrowLeft")
    assert audio_time(page) < 5
    page.keyboard.press("e")
    expect(line(page, 0).locator(".target")).to_be_hidden()
    page.keyboard.press("b")
    expect(line(page, 0).locator(".target")).to_be_visible()
    page.keyboard.press("/")
    expect(page.locator("#page-search")).to_be_focused()
    page.keyboard.type("n/b")
    expect(page.locator("#page-search")).to_have_value("n/b")
    page.keyboard.press("Escape")
    expect(page.locator("#page-search")).to_have_value("")


def test_keys_go_to_the_next_and_the_previous_line(open_page: Open, episode: EpisodeRecord) -> None:
    page = open_page(episode)

    for key, row in (("n", 0), ("n", 1), ("n", 2), ("p", 1)):
        page.keyboard.press(key)
        expect(line(page, row)).to_have_attribute("aria-current", "true")


def test_keys_can_be_switched_off_for_good(open_page: Open, episode: EpisodeRecord) -> None:
    page = open_page(episode)
    page.keyboard.press("?")
    page.get_by_label("Use these keys").uncheck()

    page.reload()
    page.keyboard.press("e")

    expect(line(page, 0).locator(".target")).to_be_visible()


def test_a_link_leads_to_its_line_and_its_time(
    open_page: Open, episode: EpisodeRecord, make_sound: Callable[..., Path]
) -> None:
    make_sound("a.wav", seconds=100)

    page = open_page(episode, audio="a.wav", anchor="#0041")

    expect(line(page, 40)).to_be_in_viewport()
    wait_until(page, "document.getElementById('page-audio').currentTime >= 80")


def test_the_reader_comes_back_to_where_they_were(open_page: Open, episode: EpisodeRecord) -> None:
    page = open_page(episode)
    line(page, 45).scroll_into_view_if_needed()
    wait_until(page, "Object.keys(localStorage).some(k => k.endsWith(':ko') && localStorage[k])")
    kept = page.evaluate("localStorage[Object.keys(localStorage).find(k => k.endsWith(':ko'))]")

    again = open_page(episode)

    expect(again.locator(f"[id='{kept}']")).to_be_in_viewport()
    assert int(kept) > 20


def test_hostile_text_runs_nothing(open_page: Open, episode: EpisodeRecord) -> None:
    first = replace(
        episode.lines[0], text=HOSTILE, translations={"ko": Translation(HOSTILE, "model")}
    )
    people = (replace(episode.speakers[0], name=HOSTILE), *episode.speakers[1:])
    titles = {"ko": Translation(HOSTILE, "model")}
    page = open_page(
        replace(
            episode, show=HOSTILE, title=HOSTILE, titles=titles, speakers=people,
            lines=(first, *episode.lines[1:]),
        )
    )  # fmt: skip

    page.fill("#page-search", "<script>")

    expect(page.locator("#page-count")).to_have_text("2")
    assert page.evaluate("window.hit") is None
    assert page.locator("h1").inner_text() == HOSTILE


def test_a_long_episode_lays_out_only_what_is_seen(open_page: Open, record: EpisodeRecord) -> None:
    page = open_page(episode_of(record, N_LINES))
    drawn = (
        "[...document.querySelectorAll('#page-lines > li > .text')]"
        ".filter(e => e.checkVisibility({contentVisibilityAuto: true})).length"
    )

    assert page.locator("#page-lines > li").count() == N_LINES
    assert 0 < page.evaluate(drawn) < 200
    page.fill("#page-search", "number09990")
    page.press("#page-search", "Enter")
    expect(line(page, 9990)).to_be_in_viewport()
    assert 0 < page.evaluate(drawn) < 200


def test_the_page_can_be_read_without_a_script(
    browser: Browser, episode: EpisodeRecord, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    file.write_text(render_reading_page(episode, Language.KO), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(file.as_uri())

    expect(line(page, 0).locator(".target")).to_be_visible()
    expect(page.locator("#page-tools")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_page_is_accessible_and_fits(
    open_page: Open,
    episode: EpisodeRecord,
    make_sound: Callable[..., Path],
    scheme: str,
    size: str,
) -> None:
    make_sound("a.wav", seconds=4)
    page = open_page(episode, "ja", audio="a.wav")
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.keyboard.press("n")
    page.keyboard.press("?")

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width

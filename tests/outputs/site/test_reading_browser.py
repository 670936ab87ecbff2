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
SIZES = {"phone": (320, 568), "tablet": (768, 1024), "desk": (1440, 900)}
HOSTILE = "</script><script>window.hit=1</script>\"><img src=x onerror='window.hit=1'>"
N_LINES = 10_000
FINGER = 44
"""Pixels that a tool is wide and high where fingers use it."""
PAPER = (695, 1024)
"""Pixels of A4 within its margins."""

Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open the page of a record from disk; at the end nothing may have gone wrong in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    complaints: list[str] = []
    requests: list[str] = []

    def start(
        record: EpisodeRecord, labels: str = "en", audio: str = "", *, anchor: str = ""
    ) -> Page:
        for code in record.titles:
            content = render_reading_page(record, Language(code), labels, audio)
            (tmp_path / f"{code}.html").write_text(content, encoding="utf-8")
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto((tmp_path / "ko.html").as_uri() + anchor)
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
                translations={
                    "ko": Translation(f"{n:05d}번째 줄입니다.", "model"),
                    "ja": Translation(f"{n:05d}行目です。", "model"),
                },
            )
        )  # fmt: skip
    return replace(record, speakers=tuple(people), lines=tuple(lines))


def line(page: Page, number: int) -> Locator:
    return page.locator("#page-lines li").nth(number)


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


def is_between_the_bars(page: Page, item: Locator) -> bool:
    """Say whether a line is seen, and neither the tools nor the player lie over it."""
    box, top, bottom = (
        found.bounding_box() for found in (item, page.locator(".bar"), page.locator(".player"))
    )
    assert box is not None
    assert top is not None
    floor = bottom["y"] if bottom else (page.viewport_size or {})["height"]
    return top["y"] + top["height"] <= box["y"] and box["y"] + box["height"] <= floor


def settled_place(item: Locator) -> float:
    """Return how far down the window an item is, once the lines around it are laid out."""
    place: float = item.evaluate(
        """item => new Promise(done => {
          let [before, same] = [NaN, 0];
          const look = () => {
            const now = Math.round(item.getBoundingClientRect().top);
            same = now === before ? same + 1 : 0;
            before = now;
            if (same < 5) requestAnimationFrame(look);
            else done(now);
          };
          look();
        })"""
    )
    return place


def tools_too_small_for_fingers(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        f"""[...document.querySelectorAll("a, button, select, summary, label, input[type=search]")]
        .filter(e => e.checkVisibility({{contentVisibilityAuto: true}}) && !e.matches(".skip"))
        .filter(e => {{
          const box = e.getBoundingClientRect();
          const isCut = e.scrollWidth > e.clientWidth + 1;
          return box.width < {FINGER} || box.height < {FINGER} || isCut;
        }})
        .map(e => e.outerHTML.slice(0, 90))"""
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
        page.get_by_role("radio", name=name).first.check()
        assert (source.is_visible(), target.is_visible()) == (english, korean)


def test_the_choice_of_languages_is_kept(open_page: Open, episode: EpisodeRecord) -> None:
    page = open_page(episode)
    page.get_by_role("radio", name="Korean").first.check()

    page.reload()

    expect(line(page, 0).locator(".source")).to_be_hidden()


@pytest.mark.parametrize(("wanted", "row"), [("NUMBER00041", 41), ("00041번째", 41)])
def test_both_languages_are_searched(
    open_page: Open, episode: EpisodeRecord, wanted: str, row: int
) -> None:
    page = open_page(episode)

    page.fill("#page-search", wanted)

    expect(page.locator("#page-count")).to_have_text("1 / 1")
    expect(line(page, row)).to_be_in_viewport()
    assert [text.lower() for text in marked(page, "here")] == [wanted.lower()]


def test_matches_are_walked_through_in_a_circle(open_page: Open, episode: EpisodeRecord) -> None:
    page = open_page(episode)
    page.fill("#page-search", "number0005")
    expect(page.locator("#page-count")).to_have_text("1 / 10")

    page.press("#page-search", "Enter")
    expect(page.locator("#page-count")).to_have_text("2 / 10")
    page.press("#page-search", "Shift+Enter")
    page.get_by_label("Previous match").click()
    expect(page.locator("#page-count")).to_have_text("10 / 10")
    page.get_by_label("Next match").click()
    expect(page.locator("#page-count")).to_have_text("1 / 10")
    assert len(marked(page, "found")) == 10


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_typing_moves_the_page_to_a_match_and_for_nothing_else(
    open_page: Open, episode: EpisodeRecord, size: str
) -> None:
    page = open_page(episode, anchor="#0041")
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("document.getElementById('0041').scrollIntoView({block: 'center'})")
    place = settled_place(line(page, 40))

    page.locator("#page-search").press_sequentially("zebra")
    expect(page.locator("#page-count")).to_have_text("Nothing found")
    assert settled_place(line(page, 40)) == place
    assert is_between_the_bars(page, line(page, 40))

    page.keyboard.press("Escape")
    assert settled_place(line(page, 40)) == place
    page.locator("#page-search").press_sequentially("00007")
    expect(page.locator("#page-count")).to_have_text("1 / 2")
    assert is_between_the_bars(page, line(page, 7))


def test_a_letter_that_grows_when_it_is_lowered_hides_no_match(
    open_page: Open, episode: EpisodeRecord
) -> None:
    first = replace(episode.lines[0], text="To İstanbul by TRAIN")
    page = open_page(replace(episode, lines=(first, *episode.lines[1:])))

    for wanted, found in (("istanbul", "İstanbul"), ("train", "TRAIN")):
        page.fill("#page-search", wanted)
        assert marked(page, "here") == [found]


def test_a_match_in_a_line_longer_than_the_screen_is_seen(
    open_page: Open, episode: EpisodeRecord
) -> None:
    text = " ".join(["and so on"] * 300)
    long = replace(episode.lines[20], text=f"{text} zebra {text}")
    page = open_page(replace(episode, lines=(*episode.lines[:20], long, *episode.lines[21:])))
    page.set_viewport_size({"width": SIZES["phone"][0], "height": SIZES["phone"][1]})

    page.fill("#page-search", "zebra")

    middle = SIZES["phone"][1] / 2
    here = "[...CSS.highlights.get('here')][0].getBoundingClientRect().top"
    wait_until(page, f"Math.abs({here} - {middle}) < 40")


def test_a_match_stays_when_another_language_is_hidden(
    open_page: Open, episode: EpisodeRecord
) -> None:
    page = open_page(episode)
    page.fill("#page-search", "00041")
    page.press("#page-search", "Enter")
    expect(page.locator("#page-count")).to_have_text("2 / 2")

    page.get_by_role("radio", name="Korean").first.check()

    expect(page.locator("#page-count")).to_have_text("1 / 1")
    expect(line(page, 41)).to_be_in_viewport()


def test_a_hidden_language_is_not_searched(open_page: Open, episode: EpisodeRecord) -> None:
    page = open_page(episode)
    page.get_by_role("radio", name="English").first.check()

    page.fill("#page-search", "번째")

    expect(page.locator("#page-count")).to_have_text("Nothing found")


def test_another_language_opens_at_the_same_line_and_back_comes_back(
    open_page: Open, episode: EpisodeRecord
) -> None:
    page = open_page(episode)
    page.locator("header").get_by_role("link", name="Japanese").click()
    expect(page).to_have_url(re.compile(r"/ja\.html$"))
    page.go_back()
    page.fill("#page-search", "number00030")

    page.get_by_label("More").click()
    page.locator("#page-more").get_by_role("link", name="Japanese").click()
    expect(page).to_have_url(re.compile(r"/ja\.html#00\d\d$"))
    expect(line(page, 30).get_by_text("00030行目です。")).to_be_in_viewport()
    page.go_back()

    expect(line(page, 30).get_by_text("00030번째 줄입니다.")).to_be_in_viewport()


def test_a_line_a_pair_or_a_link_can_be_copied(open_page: Open, episode: EpisodeRecord) -> None:
    page = open_page(episode)
    copied = {}

    for name in ("English", "Korean", "Both", "Link"):
        line(page, 3).hover()
        page.get_by_label("Copy").first.click()
        page.locator("#page-copying").get_by_role("button", name=name).click()
        expect(page.locator("#page-said")).to_have_text("Copied")
        copied[name] = page.evaluate("navigator.clipboard.readText()")

    english, korean = "Line number00003 is here.", "00003번째 줄입니다."
    assert copied == {
        "English": english,
        "Korean": korean,
        "Both": f"{english}\n{korean}",
        "Link": f"0:06 {page.url}#0004",
    }


def test_what_is_selected_names_a_speaker_once_in_a_turn(
    open_page: Open, episode: EpisodeRecord
) -> None:
    first, second = (replace(one, speaker="v0") for one in episode.lines[:2])
    page = open_page(replace(episode, lines=(first, second, *episode.lines[2:])))

    page.evaluate("getSelection().selectAllChildren(document.querySelector('#page-lines ol'))")
    page.keyboard.press("Control+C")

    copied = page.evaluate("navigator.clipboard.readText()").split()
    assert copied[: copied.index("number00002")].count("Voice") == 2


def test_a_page_without_a_clipboard_copies_as_well(open_page: Open, episode: EpisodeRecord) -> None:
    page = open_page(episode)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")

    line(page, 3).locator(".time").focus()
    page.get_by_label("Copy").first.click()
    page.locator("#page-copying").get_by_role("button", name="English").click()
    page.locator("#page-search").press("Control+V")

    expect(page.locator("#page-search")).to_have_value("Line number00003 is here.")


def test_one_language_stands_out_by_choice(open_page: Open, episode: EpisodeRecord) -> None:
    page = open_page(episode)
    is_larger = (
        "(([source, target]) => parseFloat(getComputedStyle(source).fontSize)"
        " - parseFloat(getComputedStyle(target).fontSize))"
        "([...document.querySelectorAll('#page-lines li:first-child p')])"
    )
    first = line(page, 0)
    source, target = (first.locator(f".{side}").bounding_box() for side in ("source", "target"))
    assert source is not None
    assert target is not None
    assert source["y"] == target["y"]
    assert 0 < target["x"] - source["x"] - source["width"] < 40
    assert page.evaluate(is_larger) < 0

    page.get_by_label("More").click()
    page.locator("#page-more").get_by_role("radio", name="English").check()
    page.reload()

    assert page.evaluate(is_larger) > 0


def test_a_reader_jumps_from_line_to_line_of_a_speaker(
    open_page: Open, episode: EpisodeRecord
) -> None:
    page = open_page(episode)
    page.get_by_label("More").click()

    page.select_option("#page-speaker", label="Voice 2")
    expect(line(page, 2).locator(".time")).to_be_focused()
    page.get_by_role("button", name="Next line of this speaker").click()
    expect(line(page, 5).locator(".time")).to_be_focused()


def test_a_name_from_right_to_left_stays_at_its_line(
    open_page: Open, episode: EpisodeRecord
) -> None:
    people = (replace(episode.speakers[0], name="דנה כהן"), *episode.speakers[1:])
    page = open_page(replace(episode, speakers=people))

    name, text = (line(page, 0).locator(part).bounding_box() for part in (".name", ".text"))

    assert name is not None
    assert text is not None
    assert name["x"] == text["x"]


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

    again = open_page(episode)
    wait_until(again, "localStorage['interlinear:keys'] === 'off'")  # a browser keeps it later
    again.reload()
    again.keyboard.press("e")

    expect(line(again, 0).locator(".target")).to_be_visible()


def test_a_link_leads_to_its_line_and_its_time(
    open_page: Open, episode: EpisodeRecord, make_sound: Callable[..., Path]
) -> None:
    make_sound("a.wav", seconds=100)

    page = open_page(episode, audio="a.wav", anchor="#0041")

    expect(line(page, 40)).to_be_in_viewport()
    wait_until(page, "document.getElementById('page-audio').currentTime >= 80")
    assert is_between_the_bars(page, line(page, 40))


def test_speed_and_jumps_of_a_quarter_minute(
    open_page: Open, episode: EpisodeRecord, make_sound: Callable[..., Path]
) -> None:
    make_sound("a.wav", seconds=40)
    page = open_page(episode, audio="a.wav")

    page.get_by_label("15 seconds ahead").click()
    assert audio_time(page) == pytest.approx(15, abs=0.1)
    page.get_by_label("15 seconds back").click()
    assert audio_time(page) == pytest.approx(0, abs=0.1)
    page.get_by_label("Speed").select_option("1.5")
    page.reload()

    assert page.evaluate("document.getElementById('page-audio').playbackRate") == 1.5


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

    expect(page.locator("#page-count")).to_have_text("1 / 2")
    assert page.evaluate("window.hit") is None
    assert page.locator("h1").inner_text() == HOSTILE


def test_a_long_episode_lays_out_only_what_is_seen_and_stays_quick(
    open_page: Open, record: EpisodeRecord
) -> None:
    """A hundred times the lines; what is laid out, painted and typed does not take that."""
    short = quickness(open_page(episode_of(record, N_LINES // 100)))
    page = open_page(episode_of(record, N_LINES))
    drawn = (
        "[...document.querySelectorAll('#page-lines li > .text')]"
        ".filter(e => e.checkVisibility({contentVisibilityAuto: true})).length"
    )

    assert page.locator("#page-lines li").count() == N_LINES
    assert 0 < page.evaluate(drawn) < 200
    long = quickness(page)
    page.fill("#page-search", "number09990")
    expect(line(page, 9990)).to_be_in_viewport()
    assert 0 < page.evaluate(drawn) < 200
    assert long["paint"] < 10 * short["paint"]
    assert long["key"] < 20 * short["key"]


def test_the_end_of_a_long_episode_is_one_key_away(open_page: Open, record: EpisodeRecord) -> None:
    """What is not laid out is estimated from what is."""
    page = open_page(episode_of(record, N_LINES // 10))
    page.set_viewport_size({"width": SIZES["phone"][0], "height": SIZES["phone"][1]})
    page.reload()

    page.keyboard.press("End")

    expect(line(page, N_LINES // 10 - 1)).to_be_in_viewport()


@pytest.mark.parametrize("wanted", ["ＮＵＭＢＥＲ00041", " number00041   is "])
def test_widths_and_spaces_of_what_is_typed_do_not_matter(
    open_page: Open, episode: EpisodeRecord, wanted: str
) -> None:
    page = open_page(episode)

    page.fill("#page-search", wanted)

    expect(page.locator("#page-count")).to_have_text("1 / 1")


def test_a_shorter_word_finds_more_and_all_around_the_match_are_marked(
    open_page: Open, record: EpisodeRecord
) -> None:
    page = open_page(episode_of(record, N_LINES // 10))
    page.fill("#page-search", "number00999")
    expect(page.locator("#page-count")).to_have_text("1 / 1")

    page.fill("#page-search", "number00")
    expect(page.locator("#page-count")).to_have_text("1 / 1000")
    page.get_by_label("Previous match").click()

    expect(page.locator("#page-count")).to_have_text("1000 / 1000")
    expect(line(page, 999)).to_be_in_viewport()
    assert 1 < len(marked(page, "found")) < 1000


def quickness(page: Page) -> dict[str, float]:
    """Measure the first paint, and a key in the search until the page is laid out again, in ms."""
    wait_until(page, "performance.getEntriesByName('first-contentful-paint').length")
    found: dict[str, float] = page.evaluate(
        """(() => {
          const field = document.getElementById("page-search");
          const type = (text) => {
            field.value = text;
            field.dispatchEvent(new Event("input"));
            document.body.getBoundingClientRect();
          };
          const word = () => {
            const start = performance.now();
            ["l", "li", "lin", "line", "line n"].forEach(type);
            return performance.now() - start;
          };
          const [paint] = performance.getEntriesByName("first-contentful-paint");
          const key = Math.min(word(), word(), word()) / 5;
          return { paint: paint.startTime, key };
        })()"""
    )
    return found


def test_a_phone_on_its_side_leaves_room_for_the_lines(
    open_page: Open, episode: EpisodeRecord, make_sound: Callable[..., Path]
) -> None:
    make_sound("a.wav", seconds=4)
    page = open_page(episode, audio="a.wav")
    height, width = SIZES["phone"]
    page.set_viewport_size({"width": width, "height": height})

    page.fill("#page-search", "number00030")

    is_line = "y => document.elementFromPoint(innerWidth / 2, y)?.closest('#page-lines') != null"
    seen = [y for y in range(0, height, 10) if page.evaluate(is_line, y)]
    assert len(seen) * 10 > height * 0.6


def test_a_printed_page_holds_many_pairs(open_page: Open, episode: EpisodeRecord) -> None:
    page = open_page(episode)
    width, height = PAPER
    page.set_viewport_size({"width": width, "height": height})

    page.emulate_media(media="print")

    bottoms = page.evaluate(
        "Array.from(document.querySelectorAll('#page-lines li'),"
        " item => item.getBoundingClientRect().bottom)"
    )
    assert sum(bottom < height for bottom in bottoms) > 45
    assert page.locator("button:visible, audio:visible, summary:visible").count() == 0


def test_the_page_can_be_read_without_a_script(
    browser: Browser, episode: EpisodeRecord, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    file.write_text(render_reading_page(episode, Language.KO), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(file.as_uri())

    expect(line(page, 0).locator(".target")).to_be_visible()
    expect(page.get_by_role("link", name="Japanese")).to_be_visible()
    expect(page.locator("#page-tools")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("size", SIZES)
def test_the_page_is_accessible_and_fits(
    open_page: Open, episode: EpisodeRecord, make_sound: Callable[..., Path], size: str
) -> None:
    make_sound("a.wav", seconds=4)
    page = open_page(episode, "ja", audio="a.wav")
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.keyboard.press("n")
    line(page, 0).locator(".time").focus()

    page.get_by_label("コピー").first.click()
    assert violations(page) == []
    page.get_by_label("その他").click()
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert size != "phone" or tools_too_small_for_fingers(page) == []

    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator(".keys .panel").is_visible() == (size != "phone")
    assert violations(page) == []

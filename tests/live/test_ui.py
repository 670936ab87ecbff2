"""A person opens Prefect's UI, fills in the form, watches the run and reads the page."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect  # noqa: A004  its own

pytestmark = pytest.mark.timeout(900)
PATIENCE = 60_000
"""Milliseconds."""


@pytest.fixture
def page(browser: Browser, local_prefect: Any) -> Iterator[Page]:
    """The UI, logged in."""
    page = browser.new_page(viewport={"width": 1300, "height": 1000})
    page.set_default_timeout(PATIENCE)
    page.goto(f"{local_prefect.address}/v2/deployments", wait_until="domcontentloaded")
    page.get_by_placeholder("admin:pass").fill(local_prefect.password)
    page.get_by_role("button").first.click()
    yield page
    page.close()


def test_an_episode_is_processed_from_the_form(page: Page, local_prefect: Any, cut: Any) -> None:
    sound = cut("form.mp3", start=9.0, seconds=30.0)

    fill_form(page, audio=str(sound), show="Open Ears", title="From the form")
    run = local_prefect.until(lambda: find_run(local_prefect), "the run of the form")
    progress = watch_progress(page, local_prefect, run)
    local_prefect.wait(run, "Completed")

    assert progress == sorted(progress)
    assert [part for part in progress if 0 < part < 100]
    open_result(page, local_prefect, run)
    page.goto(page.get_by_role("link", name="ko.html").get_attribute("href") or "no address")
    expect(page.get_by_text("7 million parameters").first).to_be_visible()
    expect(page.get_by_text("700만").first).to_be_visible()


def fill_form(page: Page, **fields: str) -> None:
    page.get_by_role("link", name="process-episode").first.click()
    page.get_by_role("button", name="Run", exact=True).first.click()
    page.get_by_role("menuitem", name="Custom run").click()
    inputs = {page.get_by_label(label, exact=True).first: text for label, text in fields.items()}
    while any(field.input_value() != text for field, text in inputs.items()):
        for field, text in inputs.items():
            field.fill(text)
        page.wait_for_timeout(1500)  # the form is drawn twice, and forgets what came in between
    page.get_by_text("real", exact=True).click()
    page.get_by_role("option", name="demo").click()
    submit(page)


def submit(page: Page, tries: int = 4) -> None:
    """Submit the form, again where a click was lost while a list closed or the server was busy."""
    back = re.compile(r"/deployment/[^/]+$")  # from its form to the deployment
    try:
        page.get_by_role("button", name="Submit").click(timeout=PATIENCE / 3)
        page.wait_for_url(back, timeout=PATIENCE / 3)
    except TimeoutError:
        if tries > 1 and not back.search(page.url):
            submit(page, tries - 1)
        expect(page).to_have_url(back)


def find_run(prefect: Any) -> str | None:
    wanted = {
        "flow_runs": {"name": {"any_": ["Open Ears: From the form"]}},
        "sort": "EXPECTED_START_TIME_ASC",
    }
    found = prefect.call("POST", "/flow_runs/filter", wanted)
    return str(found[0]["id"]) if found else None


def watch_progress(page: Page, prefect: Any, run: str) -> list[float]:
    """Read the bar on its page until it is full, and return where it was."""
    bar = prefect.until(lambda: prefect.artifacts(run).get("Progress"), "the bar")
    seen = [0.0]
    while seen[-1] < 100:
        assert prefect.state(run)["name"] not in {"Failed", "Crashed", "Cancelled"}
        page.goto(f"{prefect.address}/v2/artifacts/artifact/{bar['id']}")
        shown = page.get_by_text(re.compile(r"[\d.]+%")).first.inner_text()
        (part,) = re.findall(r"([\d.]+)%", shown)
        seen.append(float(part))
    return seen


def open_result(page: Page, prefect: Any, run: str) -> None:
    page.goto(f"{prefect.address}/v2/runs/flow-run/{run}?tab=Artifacts")
    for heading in ("Progress: published", "Timeline: who speaks when", "Quality"):
        expect(page.get_by_text(heading).first).to_be_visible()
    page.get_by_text("Result: From the form").first.click()

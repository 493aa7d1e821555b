"""The pages in a real browser: no errors, no other host, and the ways through them.

Needs Chromium or Chrome on the machine (Debian: ``apt-get install chromium``) and the package
``playwright``, which drives it; a machine without fails here, and says so.
"""

from __future__ import annotations

import shutil
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import uvicorn
from playwright.sync_api import expect, sync_playwright
from tests import factory

from dragoman.entries import Gathered, Story
from dragoman.record import open_record
from dragoman.web import create_app
from web.test_hostile import hostile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Without these, Chromium asks hosts of its maker for updates as soon as it starts.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
)  # fmt: skip
SEVERED = factory.rupture().events[0].id
ADDRESSES = (
    "/", "/stories", "/story/y-one", "/pair/BHR/IRN", "/actor/IRN", "/events", "/statements", "/ties",
    "/reports", "/actors", "/happenings", "/network", "/map", "/report/r-rupture", f"/why/{SEVERED}",
    "/search?q=relations", "/about", "/add",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(
            f"no browser on this machine (looked for {', '.join(NAMES)}); install one, on Debian "
            "with: apt-get install chromium"
        )
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=found, headless=True, args=list(FLAGS))
        yield opened
        opened.close()


@contextmanager
def served(path: Path) -> Iterator[str]:
    """The app, served on a free port of the loopback address."""
    server = uvicorn.Server(
        uvicorn.Config(create_app(path), host="127.0.0.1", port=0, log_level="warning")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(3000):
        if server.started:
            break
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@contextmanager
def watched(browser: Browser, address: str) -> Iterator[Page]:
    """A page whose errors, and requests to other hosts, fail the test at its end."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    wrong: list[str] = []

    def request(asked: Request) -> None:
        if not asked.url.startswith((f"{address}/", "data:")):
            wrong.append(asked.url)

    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            wrong.append(message.text)

    opened.on("console", console)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    context.on("request", request)
    yield opened
    context.close()
    assert not wrong


@pytest.fixture(scope="module")
def address(path: Path) -> Iterator[str]:
    with served(path) as found:
        yield found


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with watched(browser, address) as opened:
        yield opened


@pytest.fixture
def own_page(browser: Browser, own_path: Path) -> Iterator[Page]:
    """A page of a record that may be changed."""
    with served(own_path) as address, watched(browser, address) as opened:
        yield opened


@pytest.mark.parametrize("target", ADDRESSES)
def test_page_opens_without_error_and_fits(page: Page, target: str) -> None:
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 850})
        answer = page.goto(target, wait_until="networkidle")
        assert answer is not None
        assert answer.status == 200
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (
            "wider than the screen"
        )


def test_from_story_to_words_to_why_to_correction_that_is_kept(
    own_page: Page, own_path: Path
) -> None:
    own_page.goto("/")
    own_page.get_by_role("link", name="Saudi Arabia cuts ties with Iran").click()
    line = own_page.locator(
        "[data-lights]", has_text="Saudi Arabia severed diplomatic relations"
    ).first
    line.hover()
    lit = own_page.locator("mark.lit")
    assert lit.count() >= 1
    assert "severed diplomatic relations" in " ".join(lit.all_inner_texts())
    line.get_by_role("link", name="why?").first.click()
    own_page.wait_for_url(f"**/why/{SEVERED}")
    own_page.locator("h1").click()
    own_page.keyboard.press("a")
    field = own_page.get_by_label("date 2016", exact=False).first
    field.fill("2016-01-02")
    own_page.locator("#amend button").click()
    own_page.wait_for_url("**done=amend**")
    assert "date = 2016-01-02" in own_page.locator(".decided").inner_text()
    with open_record(own_path) as record:
        assert record.write(replace(factory.rupture(), reader="model-2")) == "reread"
    own_page.reload()
    assert own_page.locator('input[value="2016-01-02"]').count() == 1
    own_page.locator("h1").click()
    own_page.keyboard.press("r")
    own_page.wait_for_url("**done=reject**")
    own_page.goto("/events")
    assert (
        "severed diplomatic relations with Iran on Sunday"
        not in own_page.locator("main").inner_text()
    )


def test_words_of_a_line_come_into_sight_in_each_report(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 420})
    page.goto("/story/y-one")
    page.evaluate("document.querySelectorAll('.column').forEach((one) => { one.scrollTop = 0; })")
    line = page.locator("[data-lights]", has_text="Bahrain").last
    line.focus()
    page.wait_for_timeout(900)
    for mark in page.locator("mark.lit").all():
        inside = mark.evaluate(
            "(one) => { const [a, b] = [one.getBoundingClientRect(), "
            "one.closest('.column').getBoundingClientRect()]; return a.bottom > b.top && a.top < b.bottom; }"
        )
        assert inside, "lit, but out of sight"
    assert page.locator("mark.lit").count() >= 1


def test_entries_by_keyboard(page: Page) -> None:
    page.goto(f"/why/{SEVERED}")
    first = page.url
    page.locator("h1").click()
    page.keyboard.press("j")
    page.wait_for_function("before => location.href !== before", arg=first)
    page.keyboard.press("k")
    page.wait_for_url(f"**/why/{SEVERED}")


def test_scripts_of_reports_never_run(browser: Browser, tmp_path: Path) -> None:
    made = hostile("h1")
    with open_record(tmp_path / "h.db") as record:
        record.write(made)
        told = Story("y1", made.report.title or "", ("h1",), "2016-01-04")
        record.replace_gathered(Gathered((told,), (), (), ()))
    with served(tmp_path / "h.db") as address, watched(browser, address) as page:
        for target in (
            "/", "/story/y1", "/report/h1", "/events", "/reports", "/actors", "/network", "/map",
            f"/why/{made.events[0].id}", "/search?q=relations", "/search?q=<script>window.stolen=1</script>",
        ):  # fmt: skip
            page.goto(target, wait_until="networkidle")
            for mark in page.locator("mark, a").all()[:20]:
                mark.dispatch_event("mouseover")
            assert page.evaluate("window.stolen === undefined"), target


def test_lines_by_keyboard(page: Page) -> None:
    page.goto("/story/y-one")
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.id")
    assert page.locator("mark.lit").count() >= 1
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") not in {"", first}
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == first
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"


def test_skip_link_is_the_first_stop(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_slider_changes_the_network(page: Page) -> None:
    page.goto("/network?on=2016-02-01")
    page.goto("/network")
    row = page.locator("tr", has_text="Bahrain and Iran")
    assert "diplomatic relations: severed" in row.inner_text()
    slider = page.locator("#slider")
    assert slider.is_visible()
    slider.focus()
    page.keyboard.press("Home")
    page.wait_for_url("**on=2016-01-03**")
    expect(row).not_to_contain_text("severed")
    assert "on 2016-01-03" in page.locator("figcaption").inner_text()


def test_map_draws_land_and_states(page: Page) -> None:
    page.goto("/map")
    page.wait_for_selector("#map .land")
    assert page.locator("#map .land").count() > 200
    assert page.locator("#map .node").count() == 4
    assert page.locator("#map .edge").count() >= 1
    page.locator("#map svg").hover()
    page.mouse.wheel(0, -400)
    page.locator("#map .node").first.dispatch_event("click")


def test_filters_and_suggestions(page: Page) -> None:
    page.goto("/events")
    page.locator("details.filters summary").click()
    page.get_by_label("Party").press_sequentially("bah")
    page.wait_for_selector("#names option[value=Bahrain]", state="attached")
    page.get_by_label("Party").fill("Bahrain")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**actor=Bahrain**")
    page.wait_for_function("document.querySelectorAll('tbody tr').length === 2")


def test_pages_work_without_javascript(browser: Browser, own_path: Path) -> None:
    with served(own_path) as address:
        without_javascript(browser, address)


def without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    for target in ("/network", "/map", "/pair/BHR/IRN", "/story/y-one"):
        page.goto(target)
        assert page.locator("table, .lines").count() >= 1
    page.goto("/network")
    page.locator("#on").select_option("2016-01-03")
    page.get_by_role("button", name="Show").click()
    assert "on=2016-01-03" in page.url
    page.goto(f"/why/{SEVERED}")
    page.get_by_role("button", name="Right").click()
    assert "Confirmed." in page.locator("main").inner_text()
    context.close()


def test_dark_scheme_and_print(page: Page) -> None:
    page.goto("/story/y-one")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    page.emulate_media(color_scheme="light")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) == "rgb(18, 23, 31)"
    page.emulate_media(media="print")
    assert not page.locator("nav").first.is_visible()


def test_report_added_by_the_form_is_read(own_page: Page) -> None:
    own_page.goto("/add")
    own_page.locator("textarea").fill(
        "Norway Recalls Envoy From Chad\n\n"
        "OSLO, 4 March 2024 - Norway recalled its ambassador from Chad on Monday. "
        "The Norwegian foreign minister said the embassy would stay open.\n"
    )
    own_page.get_by_role("button", name="Read").click()
    own_page.wait_for_url("**/added/**")
    own_page.wait_for_selector(".notice", timeout=120_000)
    assert "1 report: 1 read" in own_page.locator("main").inner_text()
    own_page.goto("/search?q=Norway")
    own_page.get_by_role("link", name="Norway Recalls Envoy From Chad").click()
    assert own_page.locator("mark.event").count() >= 1

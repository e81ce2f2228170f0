"""Opens a workbench in a headless Chromium by its links while requests fail, are slow, or were answered before.

Usage: sign_in_in_browser.py SCREENSHOT_FOLDER LINK..
Each of the four links signs in once. Prints what it found; exits with 1 if something is not as it must be.
"""

import os
import shutil
import sys

from playwright.sync_api import sync_playwright

CHROMIUM = os.environ.get("RFT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
REQUESTS = ("**/api/login", "**/api/session")

shots, first, second, third, fourth = sys.argv[1:]
base = first.split("/#")[0]
wrong = []


def check(what, holds, shown=""):
    print(f"{what}: {'fine' if holds else f'WRONG {shown}'}", flush=True)
    if not holds:
        wrong.append(what)


def new_page(browser):
    """A page of a browser that is not signed in, and its errors."""
    page = browser.new_context(viewport={"width": 1280, "height": 820}).new_page()
    page.set_default_timeout(30_000)
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    return page, errors


def heading(page, name):
    page.get_by_role("heading", name=name, exact=True).wait_for()


def failing(page, path, *ways):
    """The first requests fail in these ways, the next ones reach the server."""
    left = list(ways)

    def fail(route):
        way = left.pop(0) if left else None
        if way is None:
            route.continue_()
        elif way == "dropped":
            route.abort("connectionreset")
        else:
            route.fulfill(status=way)

    page.route(path, fail)


def requests_that_fail_once(browser):
    page, errors = new_page(browser)
    failing(page, REQUESTS[0], "dropped", 503)
    failing(page, REQUESTS[1], 500, "dropped")
    page.goto(first)
    heading(page, "Runs")
    check("what fails in passing is asked again", page.get_by_role("alert").count() == 0)
    check("the code left the address", page.url == base + "/", page.url)
    check("and the tab", page.evaluate("sessionStorage.length") == 0, page.evaluate("Object.keys(sessionStorage).join()"))
    failing(page, "**/pages/jobs.js", "dropped")
    page.get_by_role("link", name="Jobs", exact=True).click()
    page.get_by_role("button", name="Try again").click()
    heading(page, "Jobs")
    page.go_back()
    heading(page, "Runs")
    check("no entry of the history has it either", page.url == base + "/", page.url)
    again = page.context.new_page()
    again.goto(first)
    heading(again, "Runs")
    check("a used link opens where the browser is signed in", again.url == base + "/", again.url)
    check("no errors", not errors, errors)
    session_that_ends(page)


def session_that_ends(page):
    """A page that only listens is told, too."""
    page.route("**/api/stream*", lambda route: route.fulfill(status=401))
    page.reload()
    heading(page, "Runs")
    page.wait_for_timeout(4000)
    check("a stream that is refused ends no session", page.get_by_role("heading", name="Runs", exact=True).is_visible())
    page.context.clear_cookies()
    heading(page, "Open the workbench from its own link")
    check("a session that ends leaves no old numbers", not page.get_by_role("heading", name="Runs", exact=True).is_visible())


def a_server_that_is_away(browser):
    page, errors = new_page(browser)
    page.route(REQUESTS[0], lambda route: route.abort("connectionrefused"))
    page.goto(second)
    page.get_by_role("alert").get_by_text("The workbench does not answer. Is it still running?").wait_for()
    page.screenshot(path=f"{shots}/sign-in-failed.png")
    check("nobody looks over the shoulder at the code", "code=" not in page.url, page.url)
    page.reload()
    page.get_by_role("button", name="Try again").wait_for()
    page.unroute(REQUESTS[0])
    page.get_by_role("button", name="Try again").click()
    heading(page, "Runs")
    check("trying again signs in", page.get_by_role("alert").count() == 0)
    page.get_by_role("link", name="demo-learns").wait_for()
    page.screenshot(path=f"{shots}/sign-in-done.png")
    check("no errors", not errors, errors)


def a_click_before_the_answer(browser):
    page, errors = new_page(browser)
    held = []
    page.route(REQUESTS[0], lambda route: held.append(route))
    page.goto(third)
    page.get_by_role("link", name="New job", exact=True).click()
    page.wait_for_timeout(1500)
    held[0].continue_()
    page.get_by_text("Base model").wait_for()
    check("a click that comes before the page is signed in is not lost", page.url == base + "/new", page.url)
    check("no errors", not errors, errors)


def a_link_in_a_tab_that_is_signed_out(browser):
    page, errors = new_page(browser)
    page.goto(base + "/")
    page.get_by_text("This browser is not signed in.").wait_for()
    page.goto(fourth)
    heading(page, "Runs")
    check("a new link opens in the tab", page.url == base + "/", page.url)
    check("no errors", not errors, errors)


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    for part in (requests_that_fail_once, a_server_that_is_away, a_click_before_the_answer, a_link_in_a_tab_that_is_signed_out):
        part(browser)
    browser.close()
sys.exit(1 if wrong else 0)

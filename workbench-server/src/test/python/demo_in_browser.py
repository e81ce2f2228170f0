"""Takes the tour of the demo in a headless Chromium, and steers the replay.

Usage: demo_in_browser.py SCREENSHOT_FOLDER LINK
Prints what it found; exits with 1 if something is not as it must be.
"""

import os
import shutil
import sys
import time

from playwright.sync_api import sync_playwright

CHROMIUM = os.environ.get("RFT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
STOPS = 10

# What the text of a stop promises.
THERE = {
    2: ("has a curve", "Number(/steps \\d+ to (\\d+)/.exec(document.querySelector('#chart-reward .chart-plot')?.getAttribute('aria-label'))?.[1]) >= 20"),
    4: ("has answers", "document.querySelectorAll('.rollouts-list [data-index]').length > 1"),
    5: ("colours tokens by entropy", "document.querySelector('.detail [data-overlay=entropy]')?.getAttribute('aria-pressed') === 'true'"),
    7: ("shows the alarm", "/^[1-9]\\d* alarms?$/.test(document.querySelector('.run-verdict')?.textContent ?? '')"),
    8: ("has answers", "document.querySelectorAll('.rollouts-list [data-index]').length > 1"),
    10: ("shows the values", "document.querySelector('.compare-values')?.getBoundingClientRect().top >= 0"),
}

shots, link = sys.argv[1:]
wrong = []


def check(what, holds, shown=""):
    print(f"{what}: {'fine' if holds else f'WRONG {shown}'}", flush=True)
    if not holds:
        wrong.append(what)


def until(page, condition, seconds=30):
    end = time.time() + seconds
    while time.time() < end:
        if page.evaluate(condition):
            return True
        page.wait_for_timeout(50)
    return False


def seconds(page):
    return float(page.locator(".tour-bar progress").get_attribute("value"))


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    page = browser.new_page(viewport={"width": 1280, "height": 820})
    page.set_default_timeout(60_000)
    errors = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(link)
    page.locator(".tour-bar progress").wait_for()
    check("three runs", until(page, "document.querySelectorAll('main tbody tr').length === 3"))
    check("nothing to train with", page.locator("nav a").count() == 2, page.locator("nav").inner_text())

    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Play", exact=True).wait_for()
    stood = seconds(page)
    page.wait_for_timeout(2500)
    check("time stands still", seconds(page) == stood, seconds(page))
    page.get_by_label("Speed").select_option("50")
    page.get_by_role("button", name="Play", exact=True).click()
    check("and passes again", until(page, f"Number(document.querySelector('.tour-bar progress').getAttribute('value')) > {stood}"))

    # Slower than anybody reads: what a stop speaks of must be there all the same.
    page.get_by_label("Speed").select_option("1")
    page.get_by_role("button", name="From the start").click()
    check("it begins anew", until(page, "Number(document.querySelector('.tour-bar progress').getAttribute('value')) < 10"))
    page.get_by_role("button", name="Take the tour").click()
    for stop in range(1, STOPS + 1):
        shown = until(page, "document.querySelector('main .toured') !== null")
        check(f"stop {stop} points at something", shown, page.url)
        check(f"stop {stop} says where it is", f"{stop} of {STOPS}" in page.locator(".tour-card").inner_text())
        if stop in THERE:
            check(f"stop {stop} {THERE[stop][0]}", until(page, THERE[stop][1]), page.locator("main").inner_text()[:600])
        check(f"stop {stop} has no trouble", page.locator("main [role=alert]").count() == 0, page.locator("main").inner_text()[:300])
        page.screenshot(path=f"{shots}/demo-{stop}.png")
        if stop < STOPS:
            page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Done").click()
    check("the tour ends", page.locator(".tour-card").count() == 0)
    check("no errors", not errors, errors)
    page.goto(link.split("/#")[0] + "/new")
    check("a page that a demo lacks is said to be none of it", until(page, "document.querySelector('main').innerText.includes('The demo shows recorded runs')"))
    browser.close()
sys.exit(1 if wrong else 0)

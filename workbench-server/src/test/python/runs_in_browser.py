"""Clicks through the page of runs in a headless Chromium, on three runs that nobody trains.

Usage: runs_in_browser.py SCREENSHOT_FOLDER LINK
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

shots, link = sys.argv[1:]
wrong = []


def check(what, holds, shown=""):
    print(f"{what}: {'fine' if holds else f'WRONG {shown}'}", flush=True)
    if not holds:
        wrong.append(what)


def names(page):
    return page.locator("tbody .runs-name > a").all_inner_texts()


def until(page, what, wanted, seconds=20):
    end = time.time() + seconds
    while time.time() < end and names(page) != wanted:
        page.wait_for_timeout(50)
    check(what, names(page) == wanted, names(page))


def row(page, run):
    return page.locator(f"tr[data-run={run}]")


def settled(page, asked):
    """Waits until the page has had answers to all that it asked for."""
    quiet = 0
    for _ in range(100):
        page.wait_for_timeout(200)
        quiet = 0 if asked else quiet + 1
        if quiet == 3:
            return


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    page = browser.new_page(viewport={"width": 1280, "height": 820})
    page.set_default_timeout(30_000)
    errors = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    asked = set()
    page.on("request", lambda request: asked.add(request) if "/api/stream" not in request.url else None)
    page.on("requestfinished", lambda request: asked.discard(request))
    page.on("requestfailed", lambda request: asked.discard(request))
    page.goto(link)
    every = ["demo-learns", "demo-collapses", "demo-hacks"]
    until(page, "newest first", every)
    page.get_by_role("button", name="Validation").click()
    until(page, "sorted by validation", ["demo-learns", "demo-hacks", "demo-collapses"])
    page.get_by_label("Search runs").fill("json")
    until(page, "filtered by a word", ["demo-hacks"])
    page.get_by_label("Search runs").fill("")

    row(page, "demo-learns").get_by_role("button", name="Tags of demo-learns").click()
    page.locator("dialog input").fill("keep, lesson")
    page.locator("dialog").get_by_role("button", name="Save").click()
    row(page, "demo-learns").get_by_role("button", name="lesson").click()
    until(page, "filtered by a tag", ["demo-learns"])
    page.reload()
    until(page, "tag and filter outlive a reload", ["demo-learns"])
    row(page, "demo-learns").get_by_role("button", name="lesson").click()

    row(page, "demo-hacks").get_by_role("button", name="Delete demo-hacks").click()
    page.get_by_text("in the trash for 30 days").wait_for()
    until(page, "a deleted run is gone", ["demo-learns", "demo-collapses"])
    page.get_by_role("button", name="Undo").click()
    until(page, "and comes back", ["demo-learns", "demo-hacks", "demo-collapses"])
    row(page, "demo-hacks").locator("a").focus()
    page.keyboard.press("x")
    page.keyboard.press("k")
    page.keyboard.press("x")
    page.screenshot(path=f"{shots}/runs-chosen.png")
    page.keyboard.press("c")
    page.get_by_role("heading", name="Compare").wait_for()
    check("two runs chosen by keys are compared", "demo-learns" in page.url and "demo-hacks" in page.url, page.url)

    page.goto(page.url.split("/compare")[0] + "/runs/demo-learns")
    page.get_by_role("button", name="+ tag").click()
    page.locator("dialog input").fill("third")
    page.locator("dialog").get_by_role("button", name="Add").click()
    page.get_by_role("button", name="Remove the tag third").click()
    page.get_by_role("button", name="Remove the tag third").wait_for(state="detached")
    for name, ending in (("Metrics as CSV", ".csv"), ("Rollouts as JSONL", ".jsonl"), ("Report as HTML", ".html")):
        page.locator("summary", has_text="Export").click()
        with page.expect_download() as got:
            page.get_by_role("link", name=name).click()
        check(f"{name} is a file", got.value.suggested_filename.endswith(ending), got.value.suggested_filename)
        page.locator("summary", has_text="Export").click()
    page.goto(page.url.split("/runs")[0])
    row(page, "demo-hacks").get_by_role("button", name="Delete demo-hacks").click()
    page.get_by_text("in the trash for 30 days").wait_for()
    page.reload()
    page.locator("summary", has_text="Trash").click()
    page.get_by_role("button", name="Restore demo-hacks").click()
    until(page, "a run comes back when the note with Undo is long gone", every)
    check("and leaves the trash", page.locator(".runs-trash").count() == 0)
    row(page, "demo-learns").locator("a").first.click()
    settled(page, asked)  # what it still asks for of a run that is deleted would not be found
    page.locator(".run-actions").get_by_role("button", name="Delete").click()
    page.get_by_text("is deleted.").wait_for()
    until(page, "deleted from its own page", ["demo-collapses", "demo-hacks"])
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("heading", name="demo-learns").wait_for()
    check("no errors", not errors, errors)
    page.goto(page.url.split("/runs")[0] + "/runs/no-such-run")
    page.get_by_role("alert").get_by_text("there is no run no-such-run").wait_for()
    page.wait_for_timeout(500)
    check("a run that is not there is asked for once", len(errors) == 1, errors)
    browser.close()
sys.exit(1 if wrong else 0)

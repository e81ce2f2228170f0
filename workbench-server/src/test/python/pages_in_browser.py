"""Opens every page of a workbench in a headless Chromium, in dark and light, wide and narrow.

Usage: pages_in_browser.py SCREENSHOT_FOLDER LINK PREFIX PATH..
LINK signs in. Each page must report no error, fit its window, keep ids and numbers whole, and pass axe-core without any finding.
Screenshots are called PREFIX-NAME-WIDTH-THEME.png. Prints one line for each page; exits with 1 if something is wrong.
"""

import os
import shutil
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

CHROMIUM = os.environ.get("RFT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
WIDTHS = [1280, 400]
THEMES = ["light", "dark"]
# What must not be cut off or broken letter by letter: the navigation, numbers at the top of a run, the id of a task.
WHOLE = """[...document.querySelectorAll('.side nav, .tile')].filter((one) => one.scrollWidth > one.clientWidth)
  .concat([...document.querySelectorAll('.asked h2')].filter((one) => one.getBoundingClientRect().height > 48))
  .map((one) => one.textContent.trim().slice(0, 60))"""

shots, link, prefix, *paths = sys.argv[1:]
base = link.split("/#")[0]
wrong = []


def name(path):
    words = path.split("?")[0].strip("/").split("/")
    if len(words) > 2:
        return words[2]
    return {"runs": "run", "models": "model"}.get(words[0], words[0]) or "runs"


def settled(page):
    """Waits until nothing loads: the page's own rules forbid Playwright's way, which is eval."""
    for _ in range(150):
        if page.evaluate("document.querySelector('main h1') && !document.querySelector('main [aria-busy=true]')"):
            break
        page.wait_for_timeout(100)
    page.wait_for_timeout(700)


def look(page, path, width, theme):
    page.screenshot(path=f"{shots}/{prefix}-{name(path)}-{width}-{theme}.png")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        problems.append(f"{wide} px too wide")
    if not page.evaluate("document.querySelector('main h1')?.textContent.trim().length > 0"):
        problems.append("no heading")
    for broken in page.evaluate(WHOLE):
        problems.append(f"cut off or broken: {broken}")
    for finding in Axe().run(page).response["violations"]:
        places = "; ".join(node["html"][:160] + " " + (node["failureSummary"] or "").split("\n")[-1].strip()[:160] for node in finding["nodes"][:3])
        problems.append(f"axe {finding['id']} ({finding['impact']}): {len(finding['nodes'])} x {places}")
    print(f"{path} {width} {theme}: {problems or 'fine'}", flush=True)
    wrong.extend(f"{path}: {problem}" for problem in problems)
    problems.clear()


problems = []
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    # axe is put into the page from outside, which the page's own rules forbid to everybody else.
    context = browser.new_context(bypass_csp=False)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.on("console", lambda message: problems.append(f"console: {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(f"error: {error}"))
    page.goto(link)
    settled(page)
    problems.clear()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 820})
        for path in paths:
            for theme in THEMES:
                # Also the way a page takes the other theme while it is open.
                page.emulate_media(color_scheme=theme)
                if theme == THEMES[0]:
                    page.goto(base + path)
                settled(page)
                look(page, path, width, theme)
    browser.close()
sys.exit(1 if wrong else 0)

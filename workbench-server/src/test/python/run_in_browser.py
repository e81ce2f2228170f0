"""Drives the pages of a run and of runs side by side in a headless Chromium.

Usage: run_in_browser.py SCREENSHOT_FOLDER LINK WISH_FILE FIRST,SECOND,OTHER,LIVE
LINK signs in. Whoever started this writes the next step of the run LIVE when WISH_FILE appears.
Prints what it found; exits with 1 if something is not as it must be.
"""

import json
import os
import shutil
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = os.environ.get("RFT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-renderer-priority-management"]
SHIFTS = """
new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) window.shift = (window.shift || 0) + e.value; })
  .observe({ type: 'layout-shift', buffered: true });
"""

found = {}

TORN = """[...document.querySelectorAll('[aria-label=Events] td:nth-child(2)')].filter((cell) => {
  const text = document.createRange(); text.selectNodeContents(cell); return text.getClientRects().length > 1;
}).map((cell) => cell.textContent)"""


def check(what, holds, shown=""):
    found[what] = True if holds else f"WRONG {shown}"
    print(f"{time.strftime('%T')} {what}: {found[what]}", flush=True)


def until(page, condition, seconds):
    """Waits for a condition; the page's own rules forbid Playwright's way, which is eval."""
    end = time.time() + seconds
    while time.time() < end:
        if page.evaluate(condition):
            return True
        time.sleep(0.02)
    return False


def wait(page, condition, what, seconds=10):
    check(what, until(page, condition, seconds), page.url)


def picture(page, file):
    """Takes a picture for people; that it takes too long on a busy machine is no fault of the page."""
    try:
        page.screenshot(path=str(file), timeout=20_000)
    except Exception as late:
        print(file, str(late).split("\n")[0], flush=True)


def chart(page, name):
    return page.locator(f"#chart-{name}")


def text(page, name):
    return chart(page, name).inner_text()


def open_run(page, base, run, query=""):
    page.goto(f"{base}/runs/{run}{query}")
    chart(page, "reward").locator("canvas").wait_for(timeout=20_000)
    page.wait_for_timeout(300)


def cursor_and_zoom(page):
    page.keyboard.press("ArrowLeft")
    wait(page, "new URLSearchParams(location.search).get('step') === '60'", "a key chooses the last step")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowLeft")
    wait(page, "new URLSearchParams(location.search).get('step') === '56'", "keys move the step")
    wait(page, "[...document.querySelectorAll('.chart-at')].slice(0, 4).every((e) => e.textContent === 'step 56')", "all charts show the step")
    check("the rollouts of the step are one click away", "step=56" in page.locator(".run-rollouts").get_attribute("href"))
    page.keyboard.press("Escape")
    wait(page, "!new URLSearchParams(location.search).has('step')", "Escape chooses none")

    over = chart(page, "loss").locator(".u-over")
    over.scroll_into_view_if_needed()
    over.hover(position={"x": 100, "y": 40})
    wait(page, "/^step \\d+$/.test(document.querySelector('#chart-kl .chart-at').textContent)", "the pointer in one chart shows in another")
    at = chart(page, "loss").locator(".chart-at").inner_text()
    check("and at the same step", at == chart(page, "kl").locator(".chart-at").inner_text(), at)
    over.click(position={"x": 100, "y": 40})
    wait(page, f"location.search.includes('step={at[5:]}')", "a click pins it")

    box = over.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 50, steps=6)
    page.mouse.up()
    wait(page, "/from=\\d+&to=\\d+/.test(location.search)", "dragging zooms, and the address knows")
    view = page.locator(".run-view").inner_text()
    check("what is in view is said", view != "steps 0 to 60", view)
    label = chart(page, "kl").locator(".chart-plot").get_attribute("aria-label")
    page.keyboard.press("]")
    wait(page, f"document.querySelector('.run-view').textContent !== {json.dumps(view)}", "a key moves the view")
    step = "new URLSearchParams(location.search).get('step')"
    before = page.evaluate(step)
    over.dblclick(position={"x": 30, "y": 40})
    wait(page, "document.querySelector('.run-view').textContent === 'steps 0 to 60'", "a double click shows all")
    check("and chooses no step", page.evaluate(step) == before, page.evaluate(step))
    return label


def tools(page):
    loss = chart(page, "loss")
    loss.hover()
    with page.expect_download() as saved:
        loss.get_by_role("button", name="CSV").click()
    lines = Path(saved.value.path()).read_text().strip().split("\n")
    check("CSV has a row for each step", len(lines) == 61 and lines[0] == "step,loss", lines[:2])
    check("CSV keeps what is no number", lines[7] == "7,NaN", lines[7])
    with page.expect_download() as saved:
        loss.get_by_role("button", name="PNG").click()
    picture = Path(saved.value.path()).read_bytes()
    check("PNG is a picture", picture[:4] == b"\x89PNG" and len(picture) > 4000, len(picture))
    height = loss.bounding_box()["height"]
    loss.get_by_role("button", name="Table").click()
    loss.locator("tbody tr").first.wait_for()
    check("a table stands behind the chart", loss.locator("tbody tr").count() == 60 and loss.locator("tbody tr").first.inner_text().startswith("60"))
    check("with what is no number", "NaN" in loss.locator("tbody tr").nth(53).inner_text())
    check("and nothing jumps", loss.bounding_box()["height"] == height)
    loss.get_by_role("button", name="Table").click()
    spoken = loss.locator(".chart-plot").get_attribute("aria-label")
    check("the chart is told in words", "1 without a finite value" in spoken and "lowest" in spoken, spoken)

    kl = chart(page, "kl")
    kl.hover()
    kl.get_by_role("button", name="Log").click()
    kl.get_by_role("button", name="Log").click()
    check("the run's own start is a line", "own start" in kl.inner_text(), kl.inner_text())
    kl.get_by_role("button", name="own start").click()
    check("a line can be hidden", kl.locator("[aria-pressed=false]", has_text="own start").count() == 1)
    kl.get_by_role("button", name="own start").click()
    wide = kl.get_by_role("button", name="Over the whole width")
    before = kl.bounding_box()["width"]
    wide.click()
    page.wait_for_timeout(200)
    check("a chart can be wide", kl.bounding_box()["width"] > 1.5 * before and kl.locator("canvas").bounding_box()["width"] > 1.5 * before - 40)
    wide.click()
    page.locator(".run-smooth input").fill("0.8")
    page.wait_for_timeout(400)
    page.locator(".run-smooth input").fill("0")


def facts(page):
    check("reward and validation share a chart", all(word in text(page, "reward") for word in ("reward mean", "validation accuracy")))
    check("parts of the reward", all(word in text(page, "parts") for word in ("form", "right")))
    chart(page, "latency").scroll_into_view_if_needed()
    wait(page, "document.querySelector('#chart-latency .chart-legend').textContent.includes('9 ms')", "latency in milliseconds, when it comes into sight")
    panel = page.get_by_role("region", name="Facts") if page.get_by_role("region", name="Facts").count() else page.locator(".run-facts")
    check("options that differ come first", "optimizer.learningRate" in panel.locator(".options").first.inner_text() and "instead of" in panel.inner_text())
    check("the change of the reward is a diff", panel.locator(".run-reward .plus").count() == 3, panel.locator(".run-reward").inner_text())
    panel.get_by_role("button", name="version 1").click()
    check("the first reward can be read", "equals(answer)" in panel.locator(".run-reward").inner_text() and panel.locator(".run-reward .plus").count() == 0)
    identity = panel.locator(".identity")
    wide = [identity.bounding_box()["width"], panel.locator("section:has(.identity)").bounding_box()["width"]]
    check("what the run is fills its panel", wide[0] > 0.85 * wide[1], wide)
    check("and reads well", "0.9 million weights" in identity.inner_text() and "ago" in identity.inner_text(), identity.inner_text())
    check("events are listed", "reward changed" in panel.inner_text())
    page.locator(".run-list .link", has_text="29").click()
    wait(page, "location.search.includes('step=29')", "an event leads to its step")
    page.locator(".run-health .run-verdict").wait_for(timeout=15_000)
    check("the health panel says how it stands", "at step 60" in page.locator(".run-health").inner_text(), page.locator(".run-health").inner_text())


def words(page):
    """What the pages' own functions say, without a run for each case."""
    numbers = page.evaluate("import('/assets/ui.js').then(({ number }) => [4.16e-17, -6.97e-14, 2e-6].map((one) => number(one)))")
    check("what rounding left is 0, and what is small is not", numbers == ["0", "0", "2.00e-6"], numbers)
    names = page.evaluate("import('/assets/ui.js').then(({ distinct }) => [distinct('a', 'a-1-x1', ['a', 'a']), distinct('a', 'a-1-x1', ['a', 'b'])])")
    check("a name that two have gets the end of its id", names == ["a x1", "a"], names)
    run = "{ method: 'grpo', step: 3, series: [], setup: { options: { 'loop.klEvery': EVERY } } }"
    said = [page.evaluate(f"import('/assets/pages/run-charts.js').then(({{ withoutKl }}) => withoutKl({run.replace('EVERY', every)}))") for every in ("0", "5")]
    check("a run that stores no KL says so", "--kl-every 5" in said[0] and said[1] == "", said)


def seconds_until_shown(page, wish, step):
    began = time.time()
    wish.touch()
    until(page, f"document.querySelector('.run-progress b').textContent === '{step}'", 10)
    until(page, f"document.querySelector('#chart-reward .chart-plot').getAttribute('aria-label').includes('to {step}.')", 10)
    return round(time.time() - began, 2)


def live(page, base, run, wish):
    open_run(page, base, run)
    page.wait_for_timeout(1200)
    page.evaluate("window.shift = 0")
    # A machine that is busy with something else may be late for a while, but not each time.
    for attempt in range(3):
        late = [seconds_until_shown(page, wish, 11 + 5 * attempt + i) for i in range(5)]
        print("seconds from the trainer's write to the chart:", late, flush=True)
        if sorted(late)[2] < 1:
            break
    check("a metric is on the page within a second", sorted(late)[2] < 1, late)
    shift = page.evaluate("window.shift")
    check("nothing jumps when values come", shift < 0.005, shift)
    page.get_by_role("button", name="Pause").click()
    page.locator(".toast", has_text="Asked to pause").wait_for(timeout=5000)
    page.get_by_role("button", name="Stop").click()
    page.locator("dialog").get_by_role("button", name="Stop it").click()
    page.locator(".toast", has_text="Asked to stop").wait_for(timeout=5000)
    check("a run can be asked to pause and to stop", True)


def compare(page, base, runs):
    page.goto(f"{base}/compare?runs={','.join(runs[:3])}")
    chart(page, "reward-mean").locator("canvas").wait_for(timeout=20_000)
    wait(page, "document.querySelector('#chart-reward-mean .chart-legend').textContent.includes('course × 2 seeds')", "seeds are one line with a band")
    page.get_by_label("Seeds of the same options").uncheck()
    wait(page, "['course seed 1', 'course seed 2', 'other'].every((name) => document.querySelector('#chart-reward-mean .chart-legend').textContent.includes(name))", "and a line each, if asked")
    main = page.locator("main").inner_text()
    check("values stand side by side", "best" in main and "validation" in main)
    check("options that differ are listed", "seed" in page.locator(".compare-options").inner_text())
    check("rewards are compared line by line", page.locator(".source .minus").count() == 3, page.locator(".source").all_inner_texts())
    page.get_by_label("Leave out other").click()
    wait(page, "new URLSearchParams(location.search).get('runs').split(',').length === 2", "a run can be left out")
    wait(page, "document.querySelectorAll('.compare-run').length === 2", "and leaves the row, which moves what stands behind")
    page.locator(".compare-add summary").click()
    names = page.locator(".compare-list label").evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().height)")
    check("names in the list are not broken", max(names) < 30, names)
    ids = page.locator(".compare-list").inner_text()
    check("ids tell runs of one name apart", all(run in ids for run in runs[:2]), ids)
    page.locator(".compare-add input[type=search]").fill("other")
    page.locator(".compare-list label").click()
    wait(page, "new URLSearchParams(location.search).get('runs').split(',').length === 3", "and be added")


def missing(page, base, runs):
    """A run that is gone takes the others with it no longer."""
    page.goto(f"{base}/compare?runs={runs[0]},gone-1,{runs[2]}")
    chart(page, "reward-mean").locator("canvas").wait_for(timeout=20_000)
    wait(page, "['course', 'other'].every((name) => document.querySelector('#chart-reward-mean .chart-legend').textContent.includes(name))", "the runs that are there are compared without one that is not")
    said = page.locator(".box.warn").inner_text()
    check("and that one is named", said.startswith("gone-1 cannot be shown: "), said)
    wait(page, "document.querySelector('.compare-options')", "with the options that differ")
    page.get_by_label("Leave out gone-1").click()
    wait(page, "!document.querySelector('.box.warn') && !location.search.includes('gone-1')", "until it is left out")


def touch(browser, page, base, run):
    """Without a pointer that hovers, the tools of a chart are always there, and cover nothing."""
    context = browser.new_context(viewport={"width": 400, "height": 800}, has_touch=True, is_mobile=True, storage_state=page.context.storage_state())
    phone = context.new_page()
    phone.goto(f"{base}/runs/{run}?step=30")
    chart(phone, "reward").locator("canvas").wait_for(timeout=20_000)
    head = chart(phone, "reward").locator(".chart-head").bounding_box()
    tools = chart(phone, "reward").locator(".chart-tools").bounding_box()
    check("tools leave the title free on a phone", tools["y"] >= head["y"] + head["height"] - 1, [head, tools])
    phone.wait_for_timeout(400)
    line = chart(phone, "reward").locator(".chart-pin").bounding_box()
    over = chart(phone, "reward").locator(".u-over").bounding_box()
    check("the chosen step of the address is marked", abs(line["x"] - over["x"] - over["width"] / 2) < 4, [line, over])
    picture(phone, Path(sys.argv[1]) / "run-phone.png")
    context.close()


def main():
    shots, link, wish, runs = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4].split(",")
    base = link.split("/#")[0]
    trouble = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.set_default_timeout(40_000)
        page.add_init_script(SHIFTS)
        page.on("console", lambda message: trouble.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("response", lambda answer: trouble.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
        try:
            page.goto(link)
            page.locator(".side-foot small").wait_for()
            open_run(page, base, runs[0])
            cursor_and_zoom(page)
            tools(page)
            facts(page)
            words(page)
            page.evaluate("scrollTo(0, 0)")
            page.wait_for_timeout(300)
            picture(page, shots / "run-light.png")
            page.get_by_role("button", name="Copy", exact=True).first.click()
            check("the id can be copied", page.evaluate("navigator.clipboard.readText()") == runs[0])
            page.get_by_role("button", name="Switch between dark and light").click()
            page.keyboard.press("?")
            page.locator("dialog").get_by_role("button", name="Close").click()
            page.evaluate("scrollTo(0, 0)")
            page.wait_for_timeout(400)
            picture(page, shots / "run-dark.png")
            live(page, base, runs[3], wish)
            compare(page, base, runs)
            page.wait_for_timeout(500)
            picture(page, shots / "compare-dark.png")
            touch(browser, page, base, runs[0])
            for path in (f"/runs/{runs[0]}", f"/compare?runs={','.join(runs[:3])}"):
                page.set_viewport_size({"width": 400, "height": 800})
                page.goto(base + path)
                page.locator("rft-chart canvas").first.wait_for()
                page.wait_for_timeout(300)
                wide = page.evaluate("document.documentElement.scrollWidth")
                check(f"{path.split('/')[1][:7]} fits 400 pixels", wide <= 400, wide)
                torn = page.evaluate(TORN)
                check(f"{path.split('/')[1][:7]} breaks no kind of event", not torn, torn)
            expected = len(trouble)
            missing(page, base, runs)
            trouble[expected:] = [line for line in trouble[expected:] if "404" not in line]
        finally:
            print(json.dumps({"trouble": trouble}, indent=1), flush=True)
            picture(page, shots / "run-last.png")
            browser.close()
    return 0 if not trouble and all(value is True for value in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())

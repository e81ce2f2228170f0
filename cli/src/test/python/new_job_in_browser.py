"""Fills the form of a new job in a headless Chromium, starts the job, pauses, resumes and kills it; looks at datasets and tries rewards.

Usage: new_job_in_browser.py SCREENSHOT_FOLDER LINK
LINK signs in. Prints what it found; exits with 1 if something is not as it must be.
"""

import json
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import TimeoutError, sync_playwright

CHROMIUM = os.environ.get("RFT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
OPTIONS = {"steps": "400", "tasks-per-step": "2", "group-size": "4", "max-new-tokens": "16", "validate-every": "0"}

found = {}


def check(what, holds, shown=""):
    found[what] = True if holds else f"WRONG {shown}"


def until(page, what, condition, seconds=120):
    """Waits for a condition; the page's own rules forbid Playwright's way, which is eval."""
    end = time.time() + seconds
    while time.time() < end:
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise SystemExit(f"not within {seconds} s: {what}")


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def open_form(page):
    """Opens the form; where it does not open, the page itself says most."""
    try:
        page.get_by_role("link", name="New job").first.click()
        page.get_by_text("Base model").wait_for()
    except TimeoutError:
        raise SystemExit(f"the form did not open; the page at {page.url} says: {page.inner_text('body')}")


def model_and_data(page):
    check("no step opens before it is its turn", button(page, "Next: Data").is_disabled())
    page.get_by_label("Name").fill("from the page")
    button(page, "Next: Data").click()
    for name in ("dates", "extraction"):
        page.locator(f"input[name=data][value={name}]").check()
    brought = form(page)
    check("a bundled dataset brings its reward", brought["reward"] != "" and "--max-new-tokens" in brought["options"], brought)
    with tempfile.TemporaryDirectory() as folder:
        rows = [json.dumps({"messages": [{"role": "user", "content": f"{i} + 1?"}], "reference_answer": str(i + 1)}) for i in range(120)]
        own = Path(folder) / "own.jsonl"
        own.write_text("\n".join(rows) + '\n{"messages": []}\n')
        page.set_input_files("input[type=file]", own)
        page.get_by_text("line 121, column 14").wait_for()
        check("an upload is checked and shown", page.get_by_text("120 usable rows").is_visible())
        left = form(page)
        check("and nothing of the dataset before stays", left["reward"] == "" and left["options"] == {}, left)
        other = Path(folder) / "other.jsonl"
        other.write_bytes(b"PK\x03\x04")
        page.set_input_files("input[type=file]", other)
        page.get_by_text("ZIP archive").wait_for()
    page.locator("input[name=data][value=addition]").check()
    button(page, "Next: Reward").click()


def form(page):
    return json.loads(page.evaluate("sessionStorage.getItem('rft-new-job')"))


def reward(page):
    button(page, "A model as judge").click()
    page.get_by_text("The workbench reads this when it starts").wait_for()
    page.locator("input[name=reward]").first.check()
    button(page, "Try it").click()
    page.get_by_text("No reference answer got a reward").wait_for()
    check("a trial of failures alone does not open the way", button(page, "Next: Hyperparameters").is_disabled())
    button(page, "Go on all the same").click()
    check("but one may go on", button(page, "Next: Hyperparameters").is_enabled())
    button(page, "Write one").click()
    page.get_by_placeholder("myReward").fill("atTheEnd")
    source = page.get_by_label("Source of the reward")
    good = source.input_value()
    source.fill(good.replace(".equals(answer)", ".equal(answer)"))
    button(page, "Save and compile").click()
    page.get_by_text("line 4, column").wait_for()
    check("a reward that does not compile closes the way", button(page, "Next: Hyperparameters").is_disabled())
    source.fill(good)
    button(page, "Save and compile").click()
    page.get_by_text("is saved and compiles").wait_for()
    check("one that was not tried does, too", button(page, "Next: Hyperparameters").is_disabled())
    button(page, "Try it").click()
    page.get_by_text("Answers of tiny-chat").wait_for()
    check("three references and answers are judged", page.locator(".new-page tbody tr").count() == 9)
    button(page, "Next: Hyperparameters").click()


def options(page):
    rate = page.locator("#option-lr")
    rate.fill("7")
    page.locator("#option-lr-wrong").get_by_text("Must be at most 1").wait_for()
    until(page, "a wrong option closes the way", "[...document.querySelectorAll('.new-foot button')].at(-1).disabled")
    rate.fill("")
    for option, value in OPTIONS.items():
        page.locator(f"#option-{option}").fill(value)
    page.wait_for_timeout(400)
    page.reload()
    page.locator("#option-steps").wait_for()
    check("what was typed survives a reload", page.locator("#option-steps").input_value() == "400")
    until(page, "right ones open it", "![...document.querySelectorAll('.new-foot button')].at(-1).disabled")
    button(page, "Next: Pre-flight").click()
    button(page, "Next: Review").click()
    page.locator("code", has_text="rft train --model tiny-chat").wait_for()
    check("the review shows a notebook's line", page.locator("code", has_text="%train").count() == 1)


def job(page, base):
    button(page, "Start the training").click()
    page.locator("[role=status]", has_text="reading the model").wait_for()
    check("the review stays while a job begins", page.locator("[aria-current=step]").inner_text().endswith("Review"))
    page.wait_for_url("**/runs/from-the-page-*")
    page.goto(f"{base}/jobs")
    here = page.locator("article.job")
    here.get_by_text("of 400").wait_for()
    button(page, "Pause").click()
    here.locator("[data-status=paused]").wait_for()
    check("a job is paused", True)
    button(page, "Resume").click()
    here.locator("[data-status=running]").wait_for()
    until(page, "a resumed job says how far it is", "document.querySelector('.job-log').textContent.includes('train ')")
    check("and resumed", here.get_by_text("attempt 2").is_visible())
    os.kill(int(here.get_by_text("process ").inner_text().split()[-1]), signal.SIGKILL)
    here.locator("[data-status=crashed]").wait_for()
    check("a killed one shows its last lines", "train " in here.locator(".job-log").inner_text())
    check("and can be resumed", button(page, "Resume").is_enabled())
    here.get_by_role("link").first.click()
    button(page, "Fork").click()
    dialog = page.locator("dialog")
    step = int(dialog.locator("[name=step]").input_value())
    check("a fork trains as many steps more", dialog.locator("[name='--steps']").input_value() == str(step + 400))
    dialog.locator("[name='--steps']").fill(str(step))
    dialog.locator("[name='--lr']").fill("1e-3")
    dialog.get_by_role("button", name="Start").click()
    dialog.get_by_text("nothing is left to train").wait_for()
    check("what was typed into a refused fork stays", dialog.locator("[name='--lr']").input_value() == "1e-3")
    dialog.locator("[name='--steps']").fill(str(step + 400))
    dialog.get_by_role("button", name="Start").click()
    page.get_by_text("The fork waits in the queue").wait_for()
    page.goto(f"{base}/jobs")
    page.locator("article.job [data-status=running]").wait_for()
    check("and forked", page.locator("article.job").count() == 2)


def copied(page, name):
    button(page, name).click()
    page.get_by_text("Copied.").first.wait_for()
    return page.evaluate("navigator.clipboard.readText()")


def datasets(page, base):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{base}/datasets")
    button(page, "json").click()
    page.get_by_text("JSON with").first.wait_for()
    check("a dataset's rows are shown", "dataset=json" in page.url, page.url)
    button(page, "own.jsonl").click()
    page.get_by_text("1 row is left out").wait_for()
    command = copied(page, "Copy rft data show")
    check("the command names an upload's file", Path(command.split()[-1]).is_file(), command)
    button(page, "Delete").click()
    page.locator("dialog").get_by_role("button", name="Delete").click()
    page.get_by_text("own.jsonl is deleted.").wait_for()
    button(page, "own.jsonl").wait_for(state="detached")
    check("an upload can be deleted", button(page, "own.jsonl").count() == 0)


def rewards(page, base):
    page.goto(f"{base}/rewards?reward=parses-as-json")
    button(page, "Run").click()
    page.get_by_text("examples come true").wait_for()
    page.get_by_role("tab", name="Probe").click()
    page.get_by_label("Dataset").select_option("json")
    button(page, "Run").click()
    page.get_by_text("attacks succeed").wait_for()
    check("a loose reward is found out", page.get_by_text("form without answer").is_visible())
    page.get_by_role("tab", name="Card").click()
    button(page, "Run").click()
    page.get_by_text("Reference answers with full marks").wait_for()
    page.get_by_role("tab", name="Diff").click()
    page.get_by_label("Other reward").select_option("json-match")
    button(page, "Run").click()
    page.get_by_text("Pass with both").wait_for()
    page.get_by_role("tab", name="Break").click()
    button(page, "Run").click()
    button(page, "Cancel").click()
    button(page, "Run").wait_for()
    page.get_by_label("Filter rewards").fill("atTheEnd")
    page.locator(".rewards-choice").click()
    page.get_by_role("heading", name="atTheEnd").wait_for()
    check("one's own is there", page.locator(".rewards-source").count() == 1)
    command = copied(page, "Copy rft reward show")
    check("the command names one's own reward's file", Path(command.split()[-1]).is_file(), command)


def main(shots, link):
    problems = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(120_000)
        # A refused upload and a refused fork are part of the test, and Chromium logs the status of any.
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" and not any(status in message.text for status in ("400", "415")) else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        base = link.split("/#")[0]
        page.goto(link)
        open_form(page)
        for part in (model_and_data, reward, options):
            part(page)
            page.screenshot(path=f"{shots}/new-{part.__name__}.png", full_page=True)
        job(page, base)
        page.screenshot(path=f"{shots}/jobs.png", full_page=True)
        for part in (datasets, rewards):
            part(page, base)
            page.screenshot(path=f"{shots}/{part.__name__}.png", full_page=True)
        browser.close()
    check("no error in the console", not problems, problems)
    print(json.dumps(found, indent=1))
    return 0 if all(value is True for value in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

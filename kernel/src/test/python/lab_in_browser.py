"""Drives JupyterLab in a headless Chromium: run, watch a live chart, stop a training, press Tab.

Usage: lab_in_browser.py WORK_FOLDER SCREENSHOT_FOLDER
The kernel "rft-java" has to be found through JUPYTER_PATH.
Prints one JSON object of findings; exits with 1 if one of them is false.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import TimeoutError, sync_playwright

CHROMIUM = os.environ.get("RFT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CELLS = [
    "1 + 1",
    "%train --data dates --steps 400 --group-size 8 --threads 1 --seed 1 --as run1",
    "%inspect run1 --step 1",
    "",
]


def notebook(folder):
    cells = [
        {"cell_type": "code", "id": f"cell{i}", "execution_count": None, "metadata": {}, "outputs": [], "source": text}
        for i, text in enumerate(CELLS)
    ]
    metadata = {"kernelspec": {"name": "rft-java", "display_name": "Java (RFT)", "language": "java"}}
    path = folder / "demo.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}))


def theme(settings, name):
    file = settings / "@jupyterlab" / "apputils-extension" / "themes.jupyterlab-settings"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"theme": name}))
    notify = settings / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    notify.write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}))


def start_lab(folder, settings):
    environment = dict(os.environ, JUPYTERLAB_SETTINGS_DIR=str(settings))
    log = open(folder / "lab.log", "w")
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--port=0", "--ip=127.0.0.1", "--allow-root",
         "--IdentityProvider.token=test", f"--ServerApp.root_dir={folder}"],
        stdout=log, stderr=subprocess.STDOUT, env=environment)
    for _ in range(300):
        found = re.search(r"http://127\.0\.0\.1:(\d+)/lab", (folder / "lab.log").read_text())
        if found:
            url = f"http://127.0.0.1:{found.group(1)}"
            try:
                urllib.request.urlopen(url + "/api?token=test", timeout=2)
                return process, url
            except OSError:
                pass
        time.sleep(0.2)
    process.kill()
    raise SystemExit("JupyterLab did not start; see " + str(folder / "lab.log"))


def cell(page, index):
    return page.locator(".jp-NotebookPanel .jp-CodeCell").nth(index)


def run_cell(page, index):
    cell(page, index).locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")


def wait_idle(page, seconds):
    page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]', timeout=seconds * 1000)


def wait_for_kernel(page):
    """Waits for our kernel; JupyterLab asks which one to take when its list came late."""
    for _ in range(180):
        if page.locator(".jp-Dialog select").count():
            page.locator(".jp-Dialog select").select_option(label="Java (RFT)")
            page.locator(".jp-Dialog .jp-mod-accept").click()
        elif "Java (RFT) | Idle" in page.locator("#jp-main-statusbar").inner_text():
            return
        page.wait_for_timeout(500)
    raise SystemExit("the kernel did not start")


def exercise(page, shots, found):
    wait_for_kernel(page)
    run_cell(page, 0)
    cell(page, 0).locator(".jp-OutputArea-executeResult").wait_for(timeout=30_000)
    found["runs a cell"] = "2" in cell(page, 0).locator(".jp-OutputArea-executeResult").inner_text()

    run_cell(page, 1)
    chart = cell(page, 1).locator(".jp-OutputArea-output svg").first
    chart.wait_for(timeout=60_000)
    pictures = set()
    for _ in range(12):
        pictures.add(cell(page, 1).locator(".jp-OutputArea").inner_html())
        page.wait_for_timeout(500)
    found["chart changes live"] = len(pictures) > 2
    page.screenshot(path=str(shots / f"train-{found['theme']}.png"))

    stop = page.locator('[data-command="notebook:interrupt-kernel"]').first
    before = time.time()
    stop.click()
    wait_idle(page, 30)
    found["seconds from stop to prompt"] = round(time.time() - before, 2)
    text = cell(page, 1).locator(".jp-OutputArea").inner_text()
    found["says how to go on"] = "--resume" in text
    page.screenshot(path=str(shots / f"stopped-{found['theme']}.png"))

    run_cell(page, 2)
    wait_idle(page, 60)
    cell(page, 2).locator(".jp-OutputArea-output").first.wait_for(timeout=60_000)
    cell(page, 2).scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    page.screenshot(path=str(shots / f"inspect-{found['theme']}.png"))

    last = cell(page, 3)
    last.locator(".cm-content").click()
    page.keyboard.type("%tra")
    found["Tab completes a magic"] = offered(page, last, "train")
    page.screenshot(path=str(shots / f"tab-{found['theme']}.png"))
    settle(page, last, "%train")
    page.keyboard.type(" --gr")
    found["Tab completes an option"] = offered(page, last, "--group-size")
    page.screenshot(path=str(shots / f"option-{found['theme']}.png"))
    settle(page, last, "%train --group-size")
    page.keyboard.press("Shift+Tab")
    try:
        page.locator(".jp-Tooltip").wait_for(timeout=20_000)
        found["Shift-Tab shows help"] = "group" in page.locator(".jp-Tooltip").inner_text().lower()
    except TimeoutError:
        found["Shift-Tab shows help"] = False
    page.screenshot(path=str(shots / f"help-{found['theme']}.png"))


def offered(page, last, wanted):
    """Presses Tab; returns whether the text is then in the list, or in the cell as the only choice."""
    page.keyboard.press("Tab")
    for _ in range(80):
        page.wait_for_timeout(250)
        items = page.locator(".jp-Completer:visible .jp-Completer-item").all_inner_texts()
        if any(wanted in item for item in items) or wanted in last.locator(".cm-content").inner_text():
            return True
    return False


def settle(page, last, text):
    """Takes what the list offers first, and makes the cell hold exactly this text."""
    if page.locator(".jp-Completer:visible").count():
        page.keyboard.press("Enter")
    last.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def main():
    work, shots = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    shots.mkdir(parents=True, exist_ok=True)
    findings = []
    with sync_playwright() as playwright:
        for name in ("JupyterLab Light", "JupyterLab Dark"):
            folder = work / name.split()[1].lower()
            (folder / "settings").mkdir(parents=True, exist_ok=True)
            notebook(folder)
            theme(folder / "settings", name)
            process, url = start_lab(folder, folder / "settings")
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            try:
                page = browser.new_page(viewport={"width": 1280, "height": 1400})
                found = {"theme": name.split()[1].lower()}
                page.goto(f"{url}/lab/tree/demo.ipynb?token=test")
                exercise(page, shots, found)
                findings.append(found)
            finally:
                page.screenshot(path=str(shots / "last.png"))
                browser.close()
                process.terminate()
                process.wait(20)
    print(json.dumps(findings, indent=1))
    return 0 if all(value for one in findings for value in one.values()) else 1


if __name__ == "__main__":
    sys.exit(main())

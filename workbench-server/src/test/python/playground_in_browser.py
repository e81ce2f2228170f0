"""Drives Playground, Model and Deployments in a headless Chromium, with a model that really answers.

Usage: playground_in_browser.py SCREENSHOT_FOLDER LINK RUN
LINK signs in; RUN has checkpoints. Calls the deployed model with OpenAI's client where that is installed.
Prints what it found; exits with 1 if something is not as it must be.
"""

import json
import os
import shutil
import sys
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

CHROMIUM = os.environ.get("RFT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
PATIENCE = 60_000
expect.set_options(timeout=20_000)
HOSTILE = '<img src=x onerror="window.hacked=1">\u202e\u001b[31m'

shots, link, run = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
origin = link.split("/#")[0]
errors = []


def shot(page, name):
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for width in (1280, 400):
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{name} is {wide} px wider than {width} px"
            page.screenshot(path=str(shots / f"{name}-{theme}-{width}.png"), full_page=True)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})


def columns_done(page, count):
    done = page.locator(".column-state", has_text="tokens in")
    expect(done).to_have_count(count, timeout=PATIENCE)


def ask(page):
    return page.locator("rft-playground-ask")


def ask_two(page):
    page.goto(f"{origin}/playground?run={run}")
    expect(page.locator(".playground-column")).to_have_count(2)
    page.get_by_role("button", name="Ask").click()
    columns_done(page, 2)
    expect(page.locator(".playground-column .verdict")).to_have_count(2)
    assert page.locator(".spoken .token").count() > 4
    answer = page.locator(".spoken").first
    answer.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".token-fact").first).to_contain_text("log-prob")
    shot(page, "playground")


def change_columns(page):
    page.get_by_role("button", name="Add a column").click()
    expect(page.locator(".playground-column")).to_have_count(3)
    page.get_by_label("Model of column 3").select_option(f"{run}@0")
    ask(page).get_by_label("Answers", exact=True).fill("2")
    ask(page).get_by_label("colour tokens").uncheck()
    expect(ask(page).get_by_label("Reference answer")).not_to_have_value("")
    ask(page).get_by_label("Prompt", exact=True).fill(HOSTILE)
    expect(ask(page).get_by_label("Reference answer")).to_have_value("")
    ask(page).get_by_label("Prompt", exact=True).press("Control+Enter")
    columns_done(page, 3)
    assert page.locator(".playground-column article").count() == 6
    assert page.evaluate("window.hacked") is None
    address = page.evaluate("location.href")
    page.get_by_role("button", name="Remove").nth(2).click()
    expect(page.locator(".playground-column")).to_have_count(2)
    page.goto(address)
    expect(page.locator(".playground-column")).to_have_count(3)
    expect(ask(page).get_by_label("Prompt", exact=True)).to_have_value(HOSTILE.replace("\u001b", "\u001b"))
    made_visible = page.evaluate("async (text) => (await import('/assets/pages/playground-parts.js')).visible(text)", HOSTILE)
    assert "⟨U+202E⟩⟨U+001B⟩" in made_visible, made_visible


def stop(page):
    ask(page).get_by_label("Prompt", exact=True).fill("Say something long.")
    ask(page).get_by_label("Temperature", exact=True).fill("2")
    ask(page).get_by_label("Answers", exact=True).fill("8")
    ask(page).get_by_label("Most tokens", exact=True).fill("400")
    page.get_by_role("button", name="Ask").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Ask")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".column-state").first).to_have_text("stopped")


def test_set(page):
    page.goto(f"{origin}/playground?run={run}")
    page.get_by_role("tab", name="One prompt").press("ArrowRight")
    expect(page.get_by_role("tab", name="Test set")).to_be_focused()
    page.locator("rft-playground-test").get_by_label("Most prompts").fill("12")
    page.locator("rft-playground-test").get_by_label("Rows").select_option("test")
    page.get_by_role("button", name="Ask both").click()
    expect(page.locator(".interval-picture")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("This is the first time for this run.")).to_be_visible()
    expect(page.get_by_text("12 of 12 prompts")).to_be_visible()
    assert page.locator(".pairs tbody tr").count() == 12
    told = 0
    for outcome in ("Gained", "Lost", "Same"):
        button = page.get_by_role("button", name=outcome)
        button.click()
        count = int(button.inner_text().split()[-1])
        expect(page.locator(".pairs tbody tr")).to_have_count(count)
        told += count
    assert told == 12, told
    page.get_by_role("button", name="All 12").click()
    shot(page, "playground-test-set")


def model(page):
    page.goto(f"{origin}/models/{run}")
    expect(page.get_by_role("heading", name="Before and after")).to_be_visible()
    expect(page.get_by_role("region", name="Test sets")).to_contain_text("12 × 1")
    page.get_by_text("Model card").click()
    expect(page.locator("pre.card")).to_contain_text(run)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Adapter (PEFT)").last.click()
    assert waiting.value.suggested_filename.startswith(run), waiting.value.suggested_filename
    shot(page, "model")
    export(page, "HF", "F32")
    expect(page.locator(".toast").last).to_contain_text("It is a base model now", timeout=PATIENCE)
    exported_is_equal(page)
    export(page, "GGUF", "Q8_0")
    expect(page.locator(".toast").last).to_contain_text("-gguf-q8_0. It is a base model", timeout=PATIENCE)
    export(page, "ADAPTER", "F32")
    expect(page.locator(".toast").last).to_contain_text("-adapter.", timeout=PATIENCE)


def export(page, form, weights):
    page.get_by_role("button", name="Export step").last.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Format").select_option(form)
    dialog.get_by_label("Weights").select_option(weights)
    shot(page, "model-export")
    dialog.get_by_role("button", name="Export", exact=True).click()


def exported_is_equal(page):
    """The merged model answers what base and adapter answer."""
    made = page.evaluate("fetch('/api/playground/models').then((r) => r.json())")
    name = next(base["name"] for base in made["bases"] if base["name"].startswith(run))
    step = int(name.rsplit("-", 1)[1])
    texts = page.evaluate("""async ([name, run, step]) => {
      const { stream } = await import('/assets/pages/playground-parts.js');
      const texts = ['', ''];
      const ask = { columns: [{ base: name }, { run, step }], prompt: 'How much is 34 plus 824? Answer after ####.', n: 1, seed: 0, temperature: 0, topP: 1, maxTokens: 40 };
      await stream('/api/playground/chat', ask, (event) => { if (event.text) texts[event.column] += event.text; if (event.problem) throw new Error(event.problem); });
      return texts;
    }""", [name, run, step])
    assert texts[0] and texts[0] == texts[1], texts


def deploy(page):
    page.get_by_role("button", name="Deploy", exact=True).first.click()
    expect(page.locator(".token-text")).to_be_visible()
    token = page.locator(".token-text").inner_text()
    expect(page.get_by_text("answers", exact=True).first).to_be_visible(timeout=PATIENCE)
    page.get_by_text("Call it").click()
    model_id = page.locator(".deployment h2").inner_text()
    print(call(token, model_id))
    expect(page.locator(".deployment .facts")).to_contain_text("tokens/s")
    shot(page, "deployments")
    page.get_by_role("button", name="New token").click()
    page.get_by_role("dialog").get_by_role("button", name="New token").click()
    expect(page.locator(".token-text")).not_to_have_text(token)
    renewed = page.locator(".token-text").inner_text()
    assert refused(token), "the old token still opens it"
    page.reload()
    expect(page.locator(".deployment")).to_have_count(1)
    expect(page.locator(".token-text")).to_have_count(0)
    page.get_by_role("row", name="tiny-chat ").filter(has_not_text=run).get_by_role("button", name="End").click()
    expect(page.get_by_text("starts with the first request").first).to_be_visible(timeout=PATIENCE)
    print(call(renewed, model_id))
    page.get_by_role("button", name="Undeploy").click()
    page.get_by_role("dialog").get_by_role("button", name="Undeploy").click()
    expect(page.get_by_text("Nothing is deployed")).to_be_visible()
    assert refused(renewed), "what is undeployed still answers"


def call(token, model_id):
    """Returns what the deployed model answers, whole and as a stream."""
    question = [{"role": "user", "content": "How much is 34 plus 824? Answer after ####."}]
    try:
        import openai
    except ImportError:
        body = json.dumps({"model": model_id, "messages": question, "temperature": 0, "max_tokens": 40}).encode()
        request = urllib.request.Request(f"{origin}/v1/chat/completions", body, headers(token))
        return json.load(urllib.request.urlopen(request))["choices"][0]["message"]["content"]
    client = openai.OpenAI(base_url=f"{origin}/v1", api_key=token, max_retries=0)
    models = [one.id for one in client.models.list()]
    assert model_id in models and "base" in models, models
    asked = dict(model=model_id, messages=question, temperature=0, max_tokens=40)
    whole = client.chat.completions.create(**asked).choices[0].message.content
    pieces = [chunk.choices[0].delta.content or "" for chunk in client.chat.completions.create(**asked, stream=True)]
    assert "".join(pieces) == whole and len(pieces) > 3, pieces
    return whole


def headers(token):
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}


def refused(token):
    try:
        urllib.request.urlopen(urllib.request.Request(f"{origin}/v1/models", headers=headers(token)))
        return False
    except urllib.error.HTTPError as error:
        return error.code == 401


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(link)
    page.wait_for_selector(".side-foot small")
    for part in (ask_two, change_columns, stop, test_set, model, deploy):
        part(page)
        print(part.__name__, "well")
    browser.close()
if errors:
    print("\n".join(errors))
    sys.exit(1)

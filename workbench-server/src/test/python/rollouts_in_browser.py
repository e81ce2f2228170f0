"""Drives the page of rollouts in a headless Chromium: keys, sliders, colours, search, deep links.

Usage: rollouts_in_browser.py SCREENSHOT_FOLDER LINK RUN HOSTILE_RUN LIVE_RUN WISH_FILE
The runs are those of RolloutFixture; each time the wish file is made, the live run gets a step. Exits with 1 where something is not as it must be.
"""

import os
import re
import shutil
import statistics
import sys
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect, sync_playwright

CHROMIUM = os.environ.get("RFT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
PATIENCE = 60_000
# (right, form, length) of the group at position 0.
PARTS = [(0, 1, 2), (1, 1, 4), (0, 0, 1), (1, 0, 8)]


def number(text):
    return float(text.replace("−", "-").replace("+", ""))


def asks(page):
    return {key: value[0] for key, value in parse_qs(urlsplit(page.evaluate("location.href")).query).items()}


def until(what, happens):
    end = time.monotonic() + PATIENCE / 1000
    while not happens():
        if time.monotonic() > end:
            raise AssertionError(f"never: {what}")
        time.sleep(0.03)


def asked(page, **wanted):
    until(f"{wanted} after {asks(page)}", lambda: all(asks(page).get(key) == value for key, value in wanted.items()))


def order(page):
    return [int(each) for each in page.locator(".rollout").evaluate_all("all => all.map(each => each.dataset.index)")]


def advantages(page):
    return [number(each) for each in page.locator(".rollout .advantage").all_inner_texts()]


def expected(weights):
    rewards = [sum(w * v for w, v in zip(weights, parts)) for parts in PARTS]
    mean, spread = statistics.mean(rewards), statistics.stdev(rewards)
    places = sorted(range(len(rewards)), key=lambda i: -rewards[i])
    return places, [(rewards[i] - mean) / spread for i in places]


def stands(page, weights):
    places, values = expected(weights)
    until(f"order {places}, it is {order(page)}", lambda: order(page) == places)
    near = lambda: all(abs(a - b) < 0.006 for a, b in zip(advantages(page), values))
    until(f"advantages {values}, they are {advantages(page)}", near)


def slider(page, part):
    return page.locator(f'.weights input[type=range][data-part="{part}"]')


def drag(page, part, share):
    """Drags a slider with the mouse; numbers change before it is let go."""
    box = slider(page, part).bounding_box()
    y = box["y"] + box["height"] / 2
    at = float(slider(page, part).input_value())
    page.mouse.move(box["x"] + 8 + (at + 2) / 4 * (box["width"] - 16), y)
    page.mouse.down()
    page.mouse.move(box["x"] + 8 + share * (box["width"] - 16), y, steps=4)
    return float(slider(page, part).input_value())


def keys(page, base):
    page.goto(base + "?step=2&task=0&sort=sampled")
    expect(page.locator(".rollout")).to_have_count(4, timeout=PATIENCE)
    asked(page, step="2", task="0", rollout="1")
    for key, wanted in [("ArrowRight", {"step": "3"}), ("ArrowLeft", {"step": "2"}), ("ArrowLeft", {"step": "1"}), ("ArrowRight", {"step": "2"}),
                        ("n", {"task": "1"}), ("n", {"task": "2"}), ("p", {"task": "1"}), ("p", {"task": "0"}),
                        ("j", {"rollout": "3"}), ("j", {"rollout": "0"}), ("k", {"rollout": "3"}), ("k", {"rollout": "1"}),
                        ("w", {"spaces": "1"}), ("d", {"diff": "2"})]:
        page.keyboard.press(key)
        asked(page, **wanted)
    page.keyboard.press("d")
    until("no comparison", lambda: "diff" not in asks(page))
    page.keyboard.press("w")
    page.keyboard.press("/")
    expect(page.locator("[type=search]")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_contain_text("next rollout")
    page.keyboard.press("Escape")


def weights(page):
    stands(page, (1, 0.2, -0.1))
    seen = drag(page, "length", 0.9)
    assert 1 < seen <= 2, seen
    stands(page, (1, 0.2, seen))  # the mouse still holds the slider
    page.mouse.up()
    asked(page, weights=f"right:1,form:0.2,length:{seen:g}")
    expect(page.locator(".rollout small.good, .rollout small.bad").first).to_be_visible()
    page.locator(".weights input[type=number]").nth(0).fill("0")
    page.locator(".weights input[type=number]").nth(0).press("Tab")
    stands(page, (0, 0.2, seen))
    total = page.locator(".verdict-parts tfoot b").inner_text()
    adds = [number(each) for each in page.locator(".verdict-parts tbody td:nth-child(4)").all_inner_texts()]
    assert abs(sum(adds) - number(total)) < 0.02, (adds, total)
    page.locator(".weights .reset").click()
    stands(page, (1, 0.2, -0.1))
    until("no weights", lambda: "weights" not in asks(page))


def colours(page):
    for overlay, wanted in [("push", r"\bd\d"), ("advantage", r"\bd\d"), ("log-prob", r"\bq\d"), ("entropy", r"\bq\d"), ("kl", r"\bd\d")]:
        page.keyboard.press("o")
        asked(page, overlay=overlay)
        token = page.locator("rft-tokens .t").nth(1)
        expect(token).to_have_class(re.compile(wanted), timeout=PATIENCE)
        expect(page.locator(".colour-bins i")).to_have_count(11)
    # KL of token 2 is -0.25 - -0.5, that is blue; log-prob -0.25.
    expect(page.locator("rft-tokens .t").nth(1)).to_have_class(re.compile(r"\bd6\b"))
    page.locator("rft-tokens .t").nth(1).hover()
    expect(page.locator("#token-tip")).to_contain_text("log-prob −0.25")
    expect(page.locator("#token-tip")).to_contain_text("to base +0.25")
    page.mouse.move(0, 0)
    expect(page.locator("#token-tip")).to_be_hidden()
    page.locator("rft-tokens .t").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#token-tip")).to_contain_text("token 3 of")
    asked(page, step="2")
    page.keyboard.press("End")
    expect(page.locator("rft-tokens .mark")).to_have_text("<|end|>")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowLeft")
    asked(page, step="1")
    expect(page.locator(".detail .box.warn, .detail .overlay-bar + .box")).to_contain_text("no log-probs of the base")
    page.keyboard.press("ArrowRight")
    asked(page, step="2")
    page.keyboard.press("o")
    until("no colour", lambda: "overlay" not in asks(page))


def compare(page):
    page.locator('.rollout[data-index="0"]').click(modifiers=["Shift"])
    asked(page, diff="0")
    expect(page.locator(".sides .answer")).to_have_count(2)
    left = page.locator(".sides .answer").nth(0).text_content()
    right = page.locator(".sides .answer").nth(1).text_content()
    page.get_by_role("button", name="Side by side").click()
    expect(page.locator(".answer.diff")).to_have_count(1)
    without = lambda tag: page.locator(".answer.diff").evaluate(f"(e) => [...e.children].filter(c => c.localName !== '{tag}').map(c => c.textContent).join('')")
    assert without("ins") == left and without("del") == right, (left, right)
    assert page.locator(".answer.diff del, .answer.diff ins").count() > 0


def deep_link(page, base):
    page.goto(base + "?step=2&task=0&rollout=2&overlay=entropy&weights=right:0,form:1,length:0.5&sort=sampled&diff=3&view=inline")
    stands(page, (0, 1, 0.5))
    assert slider(page, "form").input_value() == "1" and slider(page, "length").input_value() == "0.5"
    expect(page.locator('.rollout[aria-current]')).to_have_attribute("data-index", "2")
    expect(page.locator(".answer.diff")).to_have_count(1)
    page.keyboard.press("d")
    expect(page.locator('[data-overlay="entropy"]')).to_have_attribute("aria-pressed", "true")
    asked(page, step="2", task="0", rollout="2", overlay="entropy", sort="sampled")
    page.goto(base + "?step=2&task=addition-2")
    asked(page, task="2")
    expect(page.locator(".rollout")).to_have_count(3, timeout=PATIENCE)
    expect(page.locator(".rollout .copies")).to_have_text("×2")
    page.goto(base + "?step=2&weights=nothing:1")
    expect(page.locator(".toast")).to_contain_text("no part")
    expect(page.locator(".rollout").first).to_be_visible(timeout=PATIENCE)


def search(page):
    page.keyboard.press("/")
    page.keyboard.type("is 2 + 2")
    expect(page.locator(".hit")).to_have_count(12, timeout=PATIENCE)
    expect(page.locator(".hit mark").first).to_have_text("is 2 + 2")
    page.locator(".search-panel select").nth(1).select_option("failed")
    expect(page.locator(".hit")).to_have_count(3, timeout=PATIENCE)
    page.locator(".hit").nth(2).click()
    asked(page, step="1", task="2", rollout="2")
    expect(page.locator(".detail .reason")).to_have_text("failed: line 3: no digits")
    page.get_by_role("button", name="Over the run").click()
    expect(page.locator(".history tbody tr")).to_have_count(3, timeout=PATIENCE)
    page.locator(".history tbody tr button").nth(1).click()
    asked(page, step="2", task="2")


def hostile(page, base):
    page.goto(base)
    expect(page.locator(".rollout")).to_have_count(64, timeout=PATIENCE)
    for index in [*range(9), 63]:
        page.locator(f'.rollout[data-index="{index}"]').evaluate("e => e.click()")
        asked(page, rollout=str(index))
        expect(page.locator(".detail h2")).to_have_text(f"#{index}", timeout=PATIENCE)
        page.wait_for_timeout(60)
        wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth, document.querySelector('.detail').getBoundingClientRect().width]")
        assert wide[0] <= wide[1] and wide[2] > 100, (index, wide)
    expect(page.locator("rft-tokens .t").nth(2000)).to_be_attached(timeout=PATIENCE)
    page.keyboard.press("o")
    page.locator('.rollout[data-index="5"]').evaluate("e => e.click()")
    expect(page.locator(".detail .sym").first).to_contain_text("marks")
    page.locator('.rollout[data-index="3"]').evaluate("e => e.click()")
    expect(page.locator(".detail .answer .sym").first).to_have_text("⟨RLO⟩")
    page.keyboard.press("d")
    expect(page.locator(".answer.diff").first).to_be_visible(timeout=PATIENCE)
    slider(page, "a:b,c %41").focus()
    page.keyboard.press("ArrowRight")
    until("its weight in the address", lambda: "a%3Ab%2Cc%20%2541:0.55" in asks(page).get("weights", ""))
    page.reload()
    expect(page.locator(".rollout")).to_have_count(64, timeout=PATIENCE)
    assert slider(page, "a:b,c %41").input_value() == "0.55"
    assert page.evaluate("window.harmed") is None, "hostile text was executed"
    foreign = page.evaluate("[...document.querySelectorAll('.rollouts :is(script, img, style, iframe, [onerror], [onload], [style])')].length")
    assert foreign == 0, foreign


def live(page, base, wish):
    page.goto(base)
    expect(page.locator(".empty")).to_contain_text("No rollouts yet", timeout=PATIENCE)
    for step in ["1", "2"]:
        wish.touch()
        expect(page.locator(".step-name b")).to_have_text(step, timeout=PATIENCE)
        expect(page.locator(".rollout").first).to_be_visible(timeout=PATIENCE)
        asked(page, step=step)
    page.keyboard.press("j")
    wish.touch()
    expect(page.locator(".step-name")).to_contain_text("of 3", timeout=PATIENCE)
    asked(page, step="2")  # who looks around is left where they are
    page.get_by_label("Follow the newest").check()
    asked(page, step="3")


def is_meant(said):
    """The refused weights of the deep link."""
    return "weights=nothing" in said.location["url"]


def main():
    shots, link, run, bad, living, wish = sys.argv[1:7]
    origin = link.split("/#")[0]
    faults = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.on("dialog", lambda dialog: faults.append("a dialog opened"))
        page.on("console", lambda said: faults.append(f"console: {said.text} {said.location}") if said.type == "error" and not is_meant(said) else None)
        page.goto(link)
        expect(page.locator(".side-foot small")).to_be_visible(timeout=PATIENCE)
        base = f"{origin}/runs/{run}/rollouts"
        try:
            keys(page, base)
            weights(page)
            colours(page)
            compare(page)
            deep_link(page, base)
            search(page)
            hostile(page, f"{origin}/runs/{bad}/rollouts")
            live(page, f"{origin}/runs/{living}/rollouts", Path(wish))
        except BaseException:
            print(faults, page.url, page.locator("main").inner_text()[:1500])
            page.screenshot(path=str(Path(shots) / "rollouts-failed.png"))
            raise
        for theme in ["light", "dark"]:
            for width in [1280, 400]:
                page.emulate_media(color_scheme=theme)
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(base + "?step=2&task=0&rollout=1&overlay=push")
                expect(page.locator("rft-tokens .t").first).to_be_visible(timeout=PATIENCE)
                wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
                assert wide[0] <= wide[1], (width, wide)
                page.screenshot(path=str(Path(shots) / f"rollouts-{theme}-{width}.png"), full_page=True)
        browser.close()
    assert not faults, faults
    print("all as it must be")


main()

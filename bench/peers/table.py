"""Prints the results of run.sh as Markdown.  python bench/peers/table.py"""

import json

from setting import GROUP, NEW_TOKENS, OUT, PROMPT_TOKENS, QUICK, THREADS, conversations


def result(part):
    file = OUT / f"{part}.json"
    return json.loads(file.read_text()) if file.exists() else None


def row(*cells):
    print("| " + " | ".join("" if c is None else c if isinstance(c, str) else f"{c:.3g}" if c < 100 else f"{c:.0f}" for c in cells) + " |")


def head(*cells):
    row(*cells)
    row(*["---"] * len(cells))


def get(found, key):
    return None if found is None else found.get(key)


def times(peer, ours):
    return None if peer is None or ours is None else f"{peer / ours:.2f} x"


def versions():
    seen = {}
    for file in sorted(OUT.glob("*.json")):
        for key, value in json.loads(file.read_text()).items():
            if key in ("torch", "transformers", "trl", "llama_cpp_python", "xllamacpp", "engine", "java", "system"):
                seen.setdefault(key, value)
    return seen


def steps():
    print(f"\n**A step**: {len(conversations())} prompts x {GROUP} rollouts, {PROMPT_TOKENS} + {NEW_TOKENS} tokens, update included\n")
    head("", "seconds", "steps per hour", "of it rollouts, s", "peak GiB")
    trl = {p: result(f"step-trl-{p}") for p in ("f32", "bf16")}
    ours = {p: result(f"step-rft-{p}") for p in ("f32", "bf16")}
    for name, found in (("TRL", trl), ("RFT Workbench", ours)):
        for p, r in found.items():
            if r:
                row(f"{name} {p}", r["seconds"], 3600 / r["seconds"], r.get("rollout_seconds"), r["peak_gib"])
    faster = min((r for r in trl.values() if r), key=lambda r: r["seconds"], default=None)
    leaner = min((r for r in trl.values() if r), key=lambda r: r["peak_gib"], default=None)
    print()
    for p, r in ours.items():
        if r and faster:
            print(f"- {p}: {faster['seconds'] / r['seconds']:.2f} x the steps per second of TRL's faster precision"
                  f" ({times(get(trl[p], 'seconds'), r['seconds']) or 'not measured'} of the same one);"
                  f" {r['peak_gib'] / leaner['peak_gib']:.0%} of TRL's least peak memory")


def generation():
    print(f"\n**Generation alone**: {len(conversations()) * GROUP} answers of {NEW_TOKENS} tokens\n")
    head("", "seconds", "tokens/s", "ours is", "peak GiB")
    ours = {p: result(f"generate-rft-{p}") for p in ("f32", "bf16")}
    best = max((r["tokens_per_second"] for r in ours.values() if r), default=None)
    for file in sorted(OUT.glob("generate-*.json")):
        r = json.loads(file.read_text())
        own = "rft" in file.stem
        ratio = None if own or best is None else times(best, r["tokens_per_second"])
        row(file.stem.removeprefix("generate-").replace("rft", "RFT Workbench"), r["seconds"], r["tokens_per_second"], ratio, r["peak_gib"])


def shares():
    torch, engine = result("floor-torch"), result("floor-rft")
    if torch is None:
        return
    print(f"\n**The floor**, {THREADS} threads, and what of it is used\n")
    head("", "torch of the peers", "our engine")
    for key in ("square_f32_gflops", "square_bf16_gflops", "layer_f32_gflops", "layer_bf16_gflops", "read_gbs"):
        row(key.replace("_", " "), torch.get(key), get(engine, key))
    print()
    head("", "prefill, GFLOP/s", "share of the best product", "decode step, ms", "floor of it, ms", "share")
    for p in ("f32", "bf16"):
        r = result(f"generate-rft-{p}")
        if r is None or engine is None:
            continue
        # What is not multiplied as it is, is made float32 first.
        products = p if f"square_{p}_gflops" in torch else "f32"
        gflops = max(f[f"{shape}_{products}_gflops"] for f in (torch, engine) for shape in ("square", "layer"))
        read = max(torch["read_gbs"], engine["read_gbs"])
        inner = r["parameters"] - r["embedding"]  # the head is computed for one position of a prompt only
        prefill = (2 * inner * r["prefill_tokens"] + 2 * r["embedding"] * r["rows"]) / r["prefill_seconds"] / 1e9
        floor = max(r["parameters"] * r["bytes_per_weight"] / read / 1e9, 2 * r["parameters"] * r["rows"] / gflops / 1e9)
        row(p, prefill, f"{prefill / gflops:.0%}", r["decode_step_seconds"] * 1e3, floor * 1e3, f"{floor / r['decode_step_seconds']:.0%}")
    print("\nThe floor of a decode step is the larger of its arithmetic at the best product and of reading every weight once.")


if __name__ == "__main__":
    print("Versions: " + ", ".join(f"{key} {value}" for key, value in versions().items()))
    if QUICK:
        print("\n**RFT_PEERS_QUICK is set: these figures say only that everything runs.**")
    steps()
    generation()
    shares()

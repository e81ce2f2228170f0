"""Prints the results of run.sh as Markdown.  python bench/peers/table.py"""

import json
import statistics

from setting import GROUP, NEW_TOKENS, OUT, PROMPT_TOKENS, QUICK, THREADS, conversations


def result(part):
    """Returns the fastest of all rounds, with the median of what all of them took."""
    files = [file for file in (OUT / f"{part}.json", *OUT.glob(f"round-*/{part}.json")) if file.exists()]
    rounds = [json.loads(file.read_text()) for file in files]
    if not rounds:
        return None
    seconds = [s for r in rounds if "seconds" in r for s in r.get("steps", [r["seconds"]])]
    return min(rounds, key=lambda r: r.get("seconds", 0)) | ({"median": statistics.median(seconds), "times": len(seconds)} if seconds else {})


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
    head("", "seconds", "median", "of", "steps per hour", "of it rollouts, s", "peak GiB")
    trl = {p: result(f"step-trl-{p}") for p in ("f32", "bf16")}
    ours = {p: result(f"step-rft-{p}") for p in ("f32", "bf16")}
    for name, found in (("TRL", trl), ("RFT Workbench", ours)):
        for p, r in found.items():
            if r:
                row(f"{name} {p}", r["seconds"], r["median"], str(r["times"]), 3600 / r["seconds"], r.get("rollout_seconds"), r["peak_gib"])
    faster = min((r for r in trl.values() if r), key=lambda r: r["seconds"], default=None)
    leaner = min((r for r in trl.values() if r), key=lambda r: r["peak_gib"], default=None)
    print()
    for p, r in ours.items():
        if r and faster:
            print(f"- {p}: {faster['seconds'] / r['seconds']:.2f} x the steps per second of TRL's faster precision"
                  f" ({times(faster['median'], r['median'])} by the medians;"
                  f" {times(get(trl[p], 'seconds'), r['seconds']) or 'not measured'} of the same one);"
                  f" {r['peak_gib'] / leaner['peak_gib']:.0%} of TRL's least peak memory")


def generation():
    print(f"\n**Generation alone**: {len(conversations()) * GROUP} answers of {NEW_TOKENS} tokens\n")
    head("", "seconds", "median", "of", "tokens/s", "ours is", "by the medians", "peak GiB")
    ours = {p: result(f"generate-rft-{p}") for p in ("f32", "bf16")}
    best = min((r for r in ours.values() if r), key=lambda r: r["seconds"], default=None)
    for part in sorted(file.stem for file in OUT.glob("generate-*.json")):
        r = result(part)
        peer = None if "rft" in part or best is None else r
        row(part.removeprefix("generate-").replace("rft", "RFT Workbench"), r["seconds"], r["median"], str(r["times"]), r["tokens_per_second"],
            times(get(peer, "seconds"), best["seconds"]), times(get(peer, "median"), best["median"]), r["peak_gib"])


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

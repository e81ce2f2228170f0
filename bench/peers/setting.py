"""The setting that every part of the comparison shares: model, prompts, sizes, reward, and how a result is written."""

import json
import os
import resource
import sys
import time
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

HERE = Path(__file__).parent
MODEL = Path(os.environ.get("RFT_REAL_MODEL", "target/peers/model"))
OUT = Path(os.environ.get("RFT_PEERS_OUT", "target/peers"))
QUICK = "RFT_PEERS_QUICK" in os.environ
THREADS = int(os.environ.get("RFT_PEERS_THREADS", "2"))
PROMPT_TOKENS = 64
GROUP = 2 if QUICK else 8
NEW_TOKENS = 8 if QUICK else 64
STEPS = 1 if QUICK else 3
RANK, ALPHA = 16, 32
LEARNING_RATE = 1e-5
TARGETS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def conversations():
    """Returns the messages of each prompt."""
    return [json.loads(line)["messages"] for line in (HERE / "prompts.jsonl").read_text().splitlines()]


def prompt_ids(tokenizer):
    """Returns the prompts as token ids, each of the length that the comparison is about."""
    texts = [tokenizer.apply_chat_template(c, add_generation_prompt=True, tokenize=False) for c in conversations()]
    ids = [tokenizer.encode(text, add_special_tokens=False) for text in texts]
    assert all(len(one) == PROMPT_TOKENS for one in ids), [len(one) for one in ids]
    return ids


def reward(text):
    """Something that differs between the rollouts of a group; RealStep.java computes the same."""
    return text.count("e") / max(1, len(text))


def peak_gib():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def write(part, **figures):
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / f"{part}.json").write_text(json.dumps(figures, indent=1) + "\n")
    print(part, json.dumps(figures), file=sys.stderr)


def seconds(work, repeats=3):
    """Returns the shortest of several times, after one that warms up."""
    work()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)

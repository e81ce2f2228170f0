"""What peft, transformers and llama.cpp make of our exports, beside our own answers.

    rft model export RUN --out FOLDER/adapter --format adapter
    rft model export RUN --out FOLDER/hf-f32 --format hf --type F32         (and hf-bf16, gguf-f16, gguf-q8_0, ...)
    java -cp ... bench/ExportedAnswers.java MODEL FOLDER
    python bench/peers/exports.py MODEL FOLDER

For each export: the largest difference between our log-probs and the tool's along our greedy answers, both from the same file,
and how many of their tokens are the tool's likeliest, too (all of them: its greedy answers are ours). peft and transformers must agree within 1e-3 and answer
identically, or the script ends with an error; llama.cpp multiplies in another precision and is reported. The last two columns
are the same against the model before it was stored, which shows what the type of the weights costs.
"""

import importlib.util
import json
import os
import sys
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer

EXACT = 1e-3


@torch.no_grad()
def with_transformers(model):
    """Returns a function from prompt and continuation to all logits that predict the continuation."""

    def logits(prompt, tokens):
        return model(torch.tensor([prompt + tokens])).logits[0, len(prompt) - 1:-1]

    return logits


def with_llamacpp(file):
    from llama_cpp import Llama

    model = Llama(str(file), n_ctx=256, n_threads=1, n_threads_batch=1, logits_all=True, verbose=False)

    def logits(prompt, tokens):
        model.reset()
        model.eval(prompt + tokens)
        return torch.tensor(model.scores[len(prompt) - 1:len(prompt) + len(tokens) - 1].copy())

    return logits


@torch.no_grad()
def measure(logits, answers):
    """Returns the largest difference of log-probs, and how many tokens of our greedy answers are the likeliest for the tool, too."""
    worst, same = 0.0, 0
    for answer in answers:
        prompt, tokens = answer["prompt"], answer["tokens"]
        scores = torch.log_softmax(logits(prompt, tokens).float(), -1)
        theirs = scores[range(len(tokens)), tokens]
        worst = max(worst, (theirs - torch.tensor(answer["logprobs"])).abs().max().item())
        same += (scores.argmax(-1) == torch.tensor(tokens)).sum().item()
    return worst, same


def compare(name, tool, logits, answers, exact=True):
    of = {answer["of"]: [a for a in answers if a["of"] == answer["of"]] for answer in answers}
    worst, same = measure(logits, of[name])
    tokens = sum(len(answer["tokens"]) for answer in of[name])
    loss, kept = measure(logits, of["base" if name == "base" else "adapter"])
    print(f"| {name} | {tool} | {worst:.1e} | {same} of {tokens} | {loss:.1e} | {kept} of {tokens} |", flush=True)
    if exact and (worst > EXACT or same < tokens):
        raise SystemExit(f"{name} does not agree with {tool}")


def load(folder, **more):
    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, **more).eval()


def main(base, folder):
    torch.set_num_threads(1)
    answers = json.loads((folder / "answers.json").read_text())
    tuned, untuned = ([a["tokens"] for a in answers if a["of"] == of] for of in ("adapter", "base"))
    assert tuned != untuned, "the adapter changes nothing: this would show nothing"
    print("| export | read by | difference | same token | to what was stored | same token |\n" + "| --- " * 6 + "|")
    model = load(base)
    compare("base", "transformers", with_transformers(model), answers)
    model = PeftModel.from_pretrained(model, folder / "adapter").eval()
    compare("adapter", "peft", with_transformers(model), answers)
    for export in sorted(folder.glob("hf-*")):
        compare(export.name, "transformers", with_transformers(load(export)), answers)
        check_tokens(base, export)
    for export in sorted(folder.glob("gguf-*")):
        file = next(export.glob("*.gguf"))
        compare(export.name, "transformers", with_transformers(load(export, gguf_file=file.name)), answers)
        check_tokens(base, export)
        if importlib.util.find_spec("llama_cpp"):
            compare(export.name, "llama.cpp", with_llamacpp(file), answers, exact=False)
        else:
            print(f"| {export.name} | llama.cpp | llama-cpp-python is not installed | | | |")


def check_tokens(base, export):
    text = "What is 34 + 824?\n\n1 <|im_start|>user\nhi<|im_end|>"
    ours, theirs = (AutoTokenizer.from_pretrained(f).encode(text, add_special_tokens=False) for f in (export, base))
    assert ours == theirs, f"{export} has another tokenizer"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

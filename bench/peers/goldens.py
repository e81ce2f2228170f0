"""Makes the golden data of the model families: tiny random models of transformers and what they compute in float32.

    python bench/peers/goldens.py training/src/test/resources/rft/policy/families

Each folder is a Hugging Face model (weights stored in 16 bits, computed from in 32) with a golden.json: logits, a greedy
continuation with its log-probs, and the gradient of a weighted sum of log-probs for a LoRA of peft. The adapter's values
follow a formula that the test repeats, so that they need no file.
"""

import base64
import json
import math
import os
import shutil
import sys
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import numpy
import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, LlamaConfig, Qwen2Config, Qwen3Config

SIZES = dict(
    vocab_size=256, hidden_size=64, intermediate_size=72, num_hidden_layers=2, num_attention_heads=4,
    num_key_value_heads=2, max_position_embeddings=512, bos_token_id=1, eos_token_id=2, tie_word_embeddings=True)
LLAMA3 = dict(
    rope_type="llama3", rope_theta=10000.0, factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
    original_max_position_embeddings=64)
LINEAR = dict(rope_type="linear", rope_theta=10000.0, factor=4.0)
FAMILIES = {
    "llama": (LlamaConfig, dict(), torch.float16),
    "llama-untied": (LlamaConfig, dict(tie_word_embeddings=False), torch.bfloat16),
    "llama-bias": (LlamaConfig, dict(attention_bias=True), torch.bfloat16),
    "llama-rope-llama3": (LlamaConfig, dict(rope_parameters=LLAMA3), torch.bfloat16),
    "llama-rope-linear": (LlamaConfig, dict(rope_parameters=LINEAR), torch.bfloat16),
    "qwen2": (Qwen2Config, dict(rms_norm_eps=1e-6, tie_word_embeddings=False), torch.bfloat16),
    "qwen3": (Qwen3Config, dict(head_dim=24, tie_word_embeddings=False), torch.bfloat16),
}
SHARDED = "llama"
PROMPTS = [[7], [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 97, 93]]
GREEDY_TOKENS = 64
RANK, ALPHA = 4, 8.0
TARGETS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
COMPLETION = [11, 200, 31, 4, 157, 31]
WEIGHTS = [1.0, -0.5, 0.25, 2.0, -1.5, 0.75]
AMPLITUDE = 0.15
MARGIN = 0.02  # every greedy choice is this clear, so that rounding cannot turn it


def encoded(tensor):
    return base64.b64encode(tensor.detach().numpy().astype("<f4").tobytes()).decode()


def randomise(model):
    for name, parameter in model.named_parameters():
        noise = torch.randn(parameter.shape)
        if name.endswith("norm.weight"):
            parameter.data = 1 + 0.2 * noise
        elif name.endswith("bias"):
            parameter.data = 0.5 * noise
        elif "embed" in name or "lm_head" in name:
            parameter.data = 0.3 * noise
        else:
            parameter.data = 1.2 * noise / math.sqrt(parameter.shape[1])


def save(model, folder, name, dtype):
    model.to(dtype).save_pretrained(folder, max_shard_size="100KB" if name == SHARDED else "1GB")
    (folder / "generation_config.json").unlink(missing_ok=True)
    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()


@torch.no_grad()
def greedy(model, prompt, needed=MARGIN):
    """Returns the continuation, its log-probs and the least distance between the best and the second best logit; gives up below a needed one."""
    ids, logprobs, margin = list(prompt), [], float("inf")
    for _ in range(GREEDY_TOKENS):
        logits = model(torch.tensor([ids])).logits[0, -1]
        best = torch.topk(logits, 2)
        margin = min(margin, (best.values[0] - best.values[1]).item())
        if margin <= needed:
            break
        ids.append(best.indices[0].item())
        logprobs.append(torch.log_softmax(logits, -1)[ids[-1]].item())
    return ids[len(prompt):], logprobs, margin


def adapter_values(amplitude, ordinal, shape):
    """Values of the adapter's array with this place in the order of the gradients below."""
    count = shape[0] * shape[1]
    return torch.tensor([amplitude * math.sin(0.9 * i + 1.7 * ordinal + 1) for i in range(count)]).reshape(shape)


def gradients(model, prompt, completion, amplitude):
    """Returns log-probs of a completion under a LoRA, and the gradient of their weighted sum for each of its arrays."""
    tuned = get_peft_model(model, LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules=TARGETS, task_type="CAUSAL_LM"))
    arrays = {}
    for layer in range(model.config.num_hidden_layers):
        for target in TARGETS:
            block = "self_attn" if target[0] in "qkvo" else "mlp"
            for side in "AB":
                name = f"base_model.model.model.layers.{layer}.{block}.{target}.lora_{side}"
                arrays[name + ".weight"] = tuned.get_parameter(name + ".default.weight")
    for ordinal, parameter in enumerate(arrays.values()):
        parameter.data = adapter_values(amplitude, ordinal, parameter.shape)
    logits = tuned(torch.tensor([prompt + completion])).logits[0, len(prompt) - 1:-1]
    logprobs = torch.log_softmax(logits, -1)[range(len(completion)), completion]
    (logprobs * torch.tensor(WEIGHTS)).sum().backward()
    return {"rank": RANK, "alpha": ALPHA, "amplitude": amplitude, "completion": completion, "weights": WEIGHTS, "logprobs": logprobs.tolist(),
            "gradients": {name: encoded(parameter.grad) for name, parameter in arrays.items()}}


def make(name, folder):
    config_class, settings, dtype = FAMILIES[name]
    for seed in range(1, 1000):
        torch.manual_seed(seed)
        shutil.rmtree(folder, ignore_errors=True)
        fresh = AutoModelForCausalLM.from_config(config_class(**{**SIZES, **settings}))
        randomise(fresh)
        model = save(fresh, folder, name, dtype)
        continuation, logprobs, margin = greedy(model, PROMPTS[1])
        if margin > MARGIN and len(set(continuation)) > 20:
            break
    with torch.no_grad():
        logits = [model(torch.tensor([prompt])).logits[0] for prompt in PROMPTS]
    golden = {"prompts": PROMPTS, "logits": [encoded(rows) for rows in logits],
              "greedy": {"tokens": continuation, "logprobs": logprobs}, "lora": gradients(model, PROMPTS[1], COMPLETION, AMPLITUDE)}
    (folder / "golden.json").write_text(json.dumps(golden) + "\n")
    spread = torch.cat(logits).std().item()
    print(f"{name}: seed {seed}, deviation of logits {spread:.2f}, least margin {margin:.3f}, "
          f"{len(set(continuation))} tokens differ, {sum(f.stat().st_size for f in folder.iterdir())} bytes")


if __name__ == "__main__":
    torch.set_num_threads(1)
    for family in sys.argv[2:] or FAMILIES:
        make(family, Path(sys.argv[1]) / family)

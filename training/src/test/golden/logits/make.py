"""Makes the golden data of the model files: small Hugging Face and PEFT folders, their logits, safetensors samples.

    python -m venv /tmp/golden && /tmp/golden/bin/pip install torch transformers peft safetensors numpy
    /tmp/golden/bin/python training/src/test/golden/logits/make.py training/src/test/resources/rft/policy

    /tmp/golden/bin/python training/src/test/golden/logits/make.py --bundled models/tiny-chat training/src/test/resources/rft/policy

The committed data came from torch 2.15.0, transformers 5.24.0, peft 0.21.2, safetensors 0.8.0 on Python 3.11, CPU, one
thread. The other direction, Python reading what Java exports:

    mvn -q -pl training -am verify -Pquick -Dtest=GoldenLogitsTest -Drft.golden.out=/tmp/exported \\
        -Dsurefire.failIfNoSpecifiedTests=false
    /tmp/golden/bin/python training/src/test/golden/logits/make.py --read /tmp/exported

Seen with the versions above: base and adapter folders give exactly the golden logits, merged ones within 1.3e-05.
"""

import json
import os
import sys
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaConfig, LlamaForCausalLM

SEQUENCES = [[1], [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5], [40, 0, 22, 40, 40, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 2]]

# Odd sizes on purpose: a transposed or confused dimension must not fit by chance.
MODELS = {
    "grouped": dict(
        vocab_size=83, hidden_size=36, intermediate_size=53, num_hidden_layers=3, num_attention_heads=6,
        num_key_value_heads=2, head_dim=10, rms_norm_eps=1e-5, rope_theta=5000.0, max_position_embeddings=48,
        tie_word_embeddings=False),
    "tied": dict(
        vocab_size=97, hidden_size=24, intermediate_size=41, num_hidden_layers=2, num_attention_heads=3,
        num_key_value_heads=3, rms_norm_eps=1e-6, rope_theta=10000.0, max_position_embeddings=64,
        tie_word_embeddings=True),
}
ADAPTERS = {
    "grouped-adapter": ("grouped", 3, 7.0, ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]),
    "tied-adapter": ("tied", 2, 2.0, ["q_proj", "v_proj"]),
}


def randomise(parameters, deviation):
    """Weights large enough that every part of the computation shows in the logits; norms around 1."""
    for name, parameter in parameters:
        noise = torch.randn(parameter.shape)
        parameter.data = (1 + 0.3 * noise if name.endswith("norm.weight") else deviation * noise).to(parameter.dtype)


def sort_targets(file):
    """peft writes a set, in another order each time."""
    config = json.loads(file.read_text())
    config["target_modules"].sort()
    file.write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")


def load(folder):
    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()


@torch.no_grad()
def logits(model):
    return [model(torch.tensor([sequence])).logits[0].tolist() for sequence in SEQUENCES]


def rounding_values():
    """Values whose rounding to 16 bits is easy to get wrong; all stay finite in f16."""
    edges = [0.0, -0.0, 1.0, 1 + 2**-11, 1 + 3 * 2**-11, 1 + 2**-8, 1 + 3 * 2**-8, 1 + 2**-11 + 2**-20, 65504.0, 65519.0,
             2**-14, 2**-14 - 2**-25, 2**-24, 2**-25, 2**-25 + 2**-40, 3 * 2**-25, -(2**-26), 1e-45, 1e-38, float("inf"), float("-inf")]
    random = torch.randn(3, 5, 7) * torch.exp2(torch.randint(-27, 14, (3, 5, 7)).float())
    return {"z.random": random, "edges": torch.tensor(edges), "a.scalar": torch.tensor(-2.625), "none": torch.zeros(0, 4)}


def make(folder):
    torch.manual_seed(7)
    for name, sizes in MODELS.items():
        model = LlamaForCausalLM(LlamaConfig(**sizes, bos_token_id=1, eos_token_id=2, attn_implementation="eager")).eval()
        randomise(model.named_parameters(), 0.35)
        if name == "tied":
            model = model.to(torch.bfloat16)
        model.save_pretrained(folder / name)
        (folder / name / "generation_config.json").unlink(missing_ok=True)
        model = load(folder / name)  # as a user would: casting the model above has rounded its rotation frequencies too
        expected = {"sequences": SEQUENCES, "logits": {"base": logits(model)}}
        for adapter, (base, rank, alpha, targets) in ADAPTERS.items():
            if base != name:
                continue
            config = LoraConfig(r=rank, lora_alpha=alpha, target_modules=targets, task_type="CAUSAL_LM")
            tuned = get_peft_model(model, config)
            randomise(((n, p) for n, p in tuned.named_parameters() if "lora_" in n), 0.2)
            tuned.peft_config["default"].base_model_name_or_path = name
            tuned.save_pretrained(folder / adapter)
            (folder / adapter / "README.md").unlink(missing_ok=True)
            sort_targets(folder / adapter / "adapter_config.json")
            expected["logits"]["adapter"] = logits(tuned.eval())
        (folder / name / "logits.json").write_text(json.dumps(expected) + "\n")
    values = rounding_values()
    for name, dtype in [("f32", torch.float32), ("f16", torch.float16), ("bf16", torch.bfloat16)]:
        save_file({k: v.to(dtype) for k, v in values.items()}, folder / f"rounding-{name}.safetensors", {"format": "pt"})


def bundled(model, folder):
    """Writes the logits of the bundled model for a real conversation, as ids of its own tokenizer."""
    tokenizer = AutoTokenizer.from_pretrained(model)
    chat = tokenizer.apply_chat_template([{"role": "user", "content": "What is 34 + 824?"}], add_generation_prompt=True, tokenize=False)
    ids = tokenizer.encode(chat + "4+4=8 #### 858<|end|>", add_special_tokens=False)
    with torch.no_grad():
        rows = [load(model)(torch.tensor([sequence])).logits[0].tolist() for sequence in (ids, ids[:1])]
    expected = {"sequences": [ids, ids[:1]], "logits": {"base": [[[round(x, 6) for x in row] for row in rows[0]], rows[1]]}}
    (folder / "tiny-chat").mkdir(exist_ok=True)
    (folder / "tiny-chat" / "logits.json").write_text(json.dumps(expected) + "\n")


def read(folder):
    """Requires that Java's folders give transformers and peft the logits of the golden data."""
    for name in MODELS:
        expected = json.loads((folder / name / "logits.json").read_text())["logits"]
        for case, adapter in [("base", None), ("adapter", f"{name}-adapter"), ("merged", None)]:
            source = folder / (f"{name}-merged" if case == "merged" else name)
            model = load(source)
            if adapter:
                model = PeftModel.from_pretrained(model, folder / adapter).eval()
            want = expected["base" if case == "base" else "adapter"]
            worst = max((torch.tensor(a) - torch.tensor(b)).abs().max().item() for a, b in zip(logits(model), want))
            print(f"{name} {case}: largest difference {worst:.1e}")
            assert worst < 1e-4
    for file in sorted(folder.glob("*.safetensors")):
        print(file.name, {k: (str(v.dtype), tuple(v.shape)) for k, v in load_file(file).items()})


if __name__ == "__main__":
    torch.set_num_threads(1)
    if sys.argv[1] == "--read":
        read(Path(sys.argv[2]))
    elif sys.argv[1] == "--bundled":
        bundled(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        make(Path(sys.argv[1]))

"""Writes SmolLM2-135M-Instruct of a GGUF file as a Hugging Face folder: dequantised by transformers, float32.

    python bench/peers/real_model.py MODEL.gguf FOLDER

The tokenizer, its chat template and the generation settings come out of the same file.
"""

import os
import sys
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import torch
from gguf import GGUFReader
from tokenizers.pre_tokenizers import Digits, Sequence
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaConfig, LlamaForCausalLM


def save_tokenizer(gguf, folder):
    """transformers forgets that "smollm", the file's pre-tokenizer, splits digits before words: "\\n\\n1" comes out wrong."""
    tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    name = GGUFReader(gguf).fields["tokenizer.ggml.pre"].contents()
    if name != "smollm":
        raise SystemExit(f"{gguf} has the pre-tokenizer {name}: only smollm is known here")
    backend = tokenizer.backend_tokenizer
    backend.pre_tokenizer = Sequence([Digits(individual_digits=True), backend.pre_tokenizer])
    tokenizer.save_pretrained(folder)


def main(gguf, folder):
    torch.set_num_threads(1)
    model = AutoModelForCausalLM.from_pretrained(gguf.parent, gguf_file=gguf.name, dtype=torch.float32)
    config = model.config.to_dict()
    config.pop("quantization_config", None)
    plain = LlamaForCausalLM(LlamaConfig(**config))  # the loaded one refuses to be saved: it counts as quantised
    plain.load_state_dict(model.state_dict())
    plain.save_pretrained(folder)
    save_tokenizer(gguf, folder)
    print(sum(p.numel() for p in model.parameters()), "parameters in", folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

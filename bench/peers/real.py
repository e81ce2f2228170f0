"""What transformers and peft make of a real model, for RealPolicyTest: token ids, chats, logits, greedy answer, gradients.

    python bench/peers/real.py FOLDER golden.json
    RFT_REAL_MODEL=FOLDER RFT_REAL_GOLDEN=golden.json mvn -pl training -am verify -Pquick -Dtest=RealPolicyTest -Dsurefire.failIfNoSpecifiedTests=false

FOLDER is a Hugging Face folder; real_model.py makes one of a GGUF file. RFT_REAL_MODEL may name that GGUF file itself.
"""

import json
import os
import sys
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from goldens import encoded, gradients, greedy

TEXTS = [
    "", " ", "Hello, world!", "What is 1234 + 56?  It's 12\n\n34", "\n\n\n1\t2  3", "don't DON'T we'll they've I'd",
    "def f(x):\n    return x ** 2  # squares\n", "Prix : 12,50 € — déjà vu, naïve Ångström", "日本語のテキスト、한국어 그리고 中文。",
    "emoji 👩‍👩‍👧‍👦 🏳️‍🌈 end", "a\u0301 \u00e1 \u200b\ufeff zero width", "<|im_start|>user\nhi<|im_end|>\n", "<|im_start", "x" * 300,
    "   leading and trailing   ", "CamelCaseIdentifiers and_snake_case $100.00 100% #tag @name", "\r\nwindows\r\nlines\r\n", "Ⅷ ② ½ ٣٤ 12",
]
CHATS = [
    [("user", "What is 34 + 824?")],
    [("system", "You answer in JSON."), ("user", "Name a colour.\nOnly one."), ("assistant", "{\"colour\": \"red\"}"), ("user", "Another.")],
    [("user", "  spaces  and\ttabs  "), ("assistant", "ok 👍")],
]
QUESTION = [("user", "Write three short sentences about the sea.")]
ANSWER = "The sea is"


def messages(chat):
    return [{"role": role, "content": content} for role, content in chat]


def main(folder, out):
    torch.set_num_threads(1)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()

    def ids(text):
        return tokenizer.encode(text, add_special_tokens=False)

    chats = []
    for chat in CHATS:
        for prompt in (True, False):
            text = tokenizer.apply_chat_template(messages(chat), add_generation_prompt=prompt, tokenize=False)
            chats.append({"messages": messages(chat), "generationPrompt": prompt, "text": text, "ids": ids(text)})
    question = ids(tokenizer.apply_chat_template(messages(QUESTION), add_generation_prompt=True, tokenize=False))
    prompts = [ids("The capital of France is"), question]
    with torch.no_grad():
        logits = [model(torch.tensor([prompt])).logits[0] for prompt in prompts]
    continuation, logprobs, margin = greedy(model, question, needed=0)
    print("greedy:", repr(tokenizer.decode(continuation)), "least margin", margin)
    golden = {
        "texts": [{"text": text, "ids": ids(text)} for text in TEXTS], "chats": chats, "prompts": prompts,
        "logits": [encoded(rows) for rows in logits], "greedy": {"tokens": continuation, "logprobs": logprobs},
        "lora": gradients(model, question, (ids(ANSWER) * 2)[:6], 0.02)}
    out.write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

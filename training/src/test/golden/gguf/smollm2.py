"""Writes what transformers makes of SmolLM2-135M-Instruct as a GGUF file: tokens, chats, tensors."""

import hashlib
import json
import os
import random
import sys

import torch
from tokenizers import pre_tokenizers
from transformers import AutoModelForCausalLM, AutoTokenizer

TEXTS = [
    "Hello world", " Hello  World!", "3.14159 and 2,718", "2024-12-31T23:59:59Z", "x=1;y=22;z=333",
    "don't can't I'LL we'Ve", "ÄÖÜ äöü ß ñ é", "e\u0301 vs \u00e9", "Ⅷ ½ ² ٣ १२३", "日本語のテキスト123",
    "한국어 문장입니다.", "Привет, мир! Как дела?", "🦙🤖👩\u200d👩\u200d👧\u200d👦 🇩🇪", "\u200b\u200d\ufeff",
    "   leading", "trailing   ", "\t\ttabs\t", "\n\n\nnewlines\n", "a\r\nb\r\n", "", " ",
    "def f(x):\n    return x**2  # ok\n", "if (a && b) { c = a[i]->x; }", "<|im_start|>user\nhi<|im_end|>\n",
    "<|endoftext|>", "a<|im_end|>b", "<repo_name>x<file_sep>y", "<s>a</s>", '{"a": [1, 2.5, null]}',
    "SELECT * FROM t WHERE id=10;", "https://example.com/?q=a%20b&x=1", "$100,000.00 + €5 = ?",
    "\\frac{a}{b} \\sum_{i=0}^n", "...!!!???---", "a" * 30, "1234567890123456789", "\x00\x01\x7f",
    "العربية نص ١٢٣", "עברית", "ไทย ภาษา", "ﬁ ligature Ａ full", "𝔘𝔫𝔦 𝟏𝟐", "\u2028\u2029", "  \n  \n x",
    "_a_b__c", "CamelCaseIdentifierHTTPServer2", "\u00a0nbsp\u00a0", "\u3000全角", "İıŞş", "™©®", "ǅ ǆ",
]
SIGNS = [chr(c) for c in range(32, 127)] + list(
    " \n\t  01234567899éüßñçøåΩλπжщ日本語漢字かな한국🦙🎉👍🏽\u200d\u0301\u00a0ⅣⅫ½²٣१"
)
draw = random.Random(7)
for _ in range(100):
    TEXTS.append("".join(draw.choice(SIGNS) for _ in range(draw.randint(1, 60))))
for _ in range(50):
    ranges = [(0, 0x2FF), (0x300, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x1FFFF)]
    TEXTS.append("".join(chr(draw.randint(*draw.choice(ranges))) for _ in range(draw.randint(1, 30))))

TURNS = [
    [("user", "What is 2 + 2?")],
    [("user", "Hi 🙂\n\n"), ("assistant", "Hello!  "), ("user", " 12345 <|im_end|> ok?")],
    [("user", "")],
]

folder, name = os.path.split(os.path.abspath(sys.argv[1]))
tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=name)
backend = tokenizer.backend_tokenizer
backend.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(True), backend.pre_tokenizer])
texts = []
for text in TEXTS:
    ids = backend.encode(text, add_special_tokens=False).ids
    decoded = backend.decode(ids, skip_special_tokens=True)
    texts.append({"text": text, "ids": ids, "decoded": decoded})
chats = []
for system in (None, "Be brief.", ""):
    for turns in TURNS:
        for generate in (True, False):
            first = [] if system is None else [("system", system)]
            messages = [{"role": role, "content": content} for role, content in first + turns]
            text = tokenizer.apply_chat_template(
                messages, tokenize=False, add_generation_prompt=generate
            )
            chats.append({"messages": messages, "add_generation_prompt": generate, "text": text})
model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=name, dtype=torch.float32)
digest = hashlib.sha256()
for key, tensor in sorted(model.state_dict().items()):
    if key != "lm_head.weight":  # tied to the embedding
        digest.update(tensor.contiguous().numpy().tobytes())
with open("training/src/test/resources/rft/gguf/smollm2.json", "w") as file:
    json.dump({"texts": texts, "chats": chats, "tensors_sha256": digest.hexdigest()}, file)
    file.write("\n")

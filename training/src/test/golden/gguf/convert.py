"""Converts a tiny model with llama.cpp's own converter and a made-up tokenizer.

    python convert.py LLAMA_CPP MODEL_FOLDER OUT.gguf TYPE
"""

import runpy
import sys

root = sys.argv[1]
sys.path[:0] = [root, root + "/gguf-py"]

import conversion.llama  # noqa: E402
import conversion.qwen  # noqa: E402

TEMPLATE = (
    "{% for message in messages %}<b>{{ message['content'] }}<e>{% endfor %}"
    "{% if add_generation_prompt %}<b>{% endif %}"
)


def set_vocab(self):
    size = self.hparams["vocab_size"]
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    signs = [chr(c) for c in printable] + [chr(256 + i) for i in range(256 - len(printable))]
    tokens = ["<e>", "<b>", *signs[: size - 3], '!"']
    writer = self.gguf_writer
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types([3, 3] + [1] * (size - 2))
    writer.add_token_merges(['! "'])
    writer.add_eos_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_chat_template(TEMPLATE)


for module in (conversion.llama, conversion.qwen):
    for kind in vars(module).values():
        if isinstance(kind, type) and hasattr(kind, "set_vocab"):
            kind.set_vocab = set_vocab
sys.argv = ["convert", sys.argv[2], "--outfile", sys.argv[3], "--outtype", sys.argv[4]]
runpy.run_path(root + "/convert_hf_to_gguf.py", run_name="__main__")

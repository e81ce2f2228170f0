"""Writes what transformers and tokenizers make of the templates and the tokenizer in the test resources.

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install jinja2 tokenizers transformers
    /tmp/golden/bin/python training/src/test/golden/prompt/make_golden.py

Every template is <name>.jinja in the resources; a name in a further folder may be given as argument, and
is then rendered into that folder instead, to compare with templates that cannot be stored here.
"""

import datetime
import json
import sys
from pathlib import Path

import jinja2
import tokenizers
import transformers
from transformers.utils import chat_template_utils

from bpe import bpe_golden
from conversations import CONVERSATIONS
from snippets import LINES, SNIPPETS, VARIABLES

RESOURCES = Path(__file__).parents[2] / "resources" / "rft" / "prompt"
SPECIAL_TOKENS = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}


class FixedTime(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2025, 3, 9, 8, 5, 7)


chat_template_utils.datetime = FixedTime


def as_template_sees(messages):
    """The same form as rft.prompt.TemplateMessages."""
    seen = []
    unanswered = []
    for message in messages:
        fields = {"role": message["role"], "content": message["content"]}
        if "tool_calls" in message:
            unanswered = list(message["tool_calls"])
            fields["tool_calls"] = [
                {
                    "id": call["id"],
                    "type": "function",
                    "function": {"name": call["name"], "arguments": json.loads(call["arguments"])},
                }
                for call in unanswered
            ]
        if message["role"] == "tool" and unanswered:
            answered = unanswered.pop(0)
            fields |= {"tool_call_id": answered["id"], "name": answered["name"]}
        seen.append(fields)
    return seen


def attempt(render):
    """Text, or what stands for any failure; the wording of failures is our own."""
    try:
        return {"text": render()}
    except Exception as failure:
        message = str(failure) if type(failure) is jinja2.exceptions.TemplateError else ""
        return {"fails": True} | ({"refusal": message} if message else {})


def render_chat(template, conversation):
    variables = {"tools": None, "documents": None} | SPECIAL_TOKENS | conversation.get("variables", {})
    compiled = chat_template_utils._compile_jinja_template(template)
    return compiled.render(
        messages=as_template_sees(conversation["messages"]),
        add_generation_prompt=conversation.get("add_generation_prompt", True),
        **variables,
    )


def chat_golden(folder):
    renderings = {}
    for path in sorted(folder.glob("*.jinja")):
        template = path.read_text(encoding="utf-8")
        renderings[path.stem] = {
            name: attempt(lambda: render_chat(template, conversation))
            for name, conversation in CONVERSATIONS.items()
        }
    return {"special_tokens": SPECIAL_TOKENS, "conversations": CONVERSATIONS, "renderings": renderings}


def snippet_golden():
    def render(source):
        return chat_template_utils._compile_jinja_template(source).render(**VARIABLES)

    sources = SNIPPETS + LINES
    cases = [{"source": source} | attempt(lambda: render(source)) for source in sources]
    return {"variables": VARIABLES, "cases": cases}


def write(path, golden):
    versions = {m.__name__: m.__version__ for m in (transformers, jinja2, tokenizers)}
    text = json.dumps({"made_with": versions} | golden, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


if len(sys.argv) > 1:
    write(Path(sys.argv[1]) / "renderings.json", chat_golden(Path(sys.argv[1])))
else:
    write(RESOURCES / "templates" / "renderings.json", chat_golden(RESOURCES / "templates"))
    write(RESOURCES / "jinja" / "snippets.json", snippet_golden())
    write(RESOURCES / "bpe" / "encodings.json", bpe_golden(RESOURCES / "bpe"))

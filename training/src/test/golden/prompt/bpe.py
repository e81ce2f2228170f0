"""What tokenizers and transformers make of the corpus and of the tokenizer that BytePairTrainer wrote."""

import json

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import AutoTokenizer

TEXTS = [
    "",
    " ",
    "What is 1234 plus 56?",
    "  two  spaces\n\n\nlines\t\ttabs \n",
    "it's they've we'll I'd 's'T don't",
    "naïve Größe 漢字 🙂👍🏽 é \u00a0x\u2003y",
    "<|begin|><|user|>Add 2 and 3.<|end|><|assistant|>#### 5<|end|>",
    "<|user|> a <|user|>b<|pad|>",
    "<|unknown|> <|end",
    '{"city": "Rome", "days": [1, 2.5e3]}',
    "x²+½=٣ ⅷ",
    "nul\u0000 ctrl\u0001 del\u007f",
]
CHAT = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is 2 + 2?"}]


def bpe_golden(folder):
    written = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    encodings = []
    for text in TEXTS:
        ids = tokenizer.encode(text, add_special_tokens=False).ids
        encodings.append(
            {
                "text": text,
                "ids": ids,
                "decoded": tokenizer.decode(ids, skip_special_tokens=True),
            }
        )
    auto = AutoTokenizer.from_pretrained(str(folder))
    chat = auto.apply_chat_template(CHAT, add_generation_prompt=True, tokenize=True, return_dict=False)
    return {
        "merges": merges_of_their_trainer(folder, written),
        "encodings": encodings,
        "chat": {
            "messages": CHAT,
            "text": auto.apply_chat_template(CHAT, add_generation_prompt=True, tokenize=False),
            "ids": chat,
            "eos": auto.eos_token_id,
        },
    }


def merges_of_their_trainer(folder, written):
    """The merges that the tokenizers library learns from the same corpus."""
    reference = Tokenizer(models.BPE())
    reference.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
        ]
    )
    reference.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=len(written["model"]["vocab"]),
        min_frequency=2,
        show_progress=False,
        special_tokens=[token["content"] for token in written["added_tokens"]],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )
    lines = (folder / "corpus.txt").read_text(encoding="utf-8").split("\n")
    reference.train_from_iterator(lines, trainer)
    return [" ".join(merge) for merge in json.loads(reference.to_str())["model"]["merges"]]

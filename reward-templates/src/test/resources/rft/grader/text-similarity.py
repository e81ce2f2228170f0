"""Writes text-similarity.jsonl, the golden data of the text similarity metrics.

Run once, by hand; tests read only the file:

    python3 -m venv v && v/bin/pip install rapidfuzz==3.10.1 nltk==3.9.1 rouge-score==0.1.2
    v/bin/python text-similarity.py > text-similarity.jsonl

METEOR runs with a WordNet that knows no synonym, so that its first two stages are what is compared.
"""

import json
import random

from nltk.stem.porter import PorterStemmer
from nltk.translate.bleu_score import SmoothingFunction, sentence_bleu
from nltk.translate.gleu_score import sentence_gleu
from nltk.translate.meteor_score import single_meteor_score
from rapidfuzz import fuzz
from rouge_score.rouge_scorer import RougeScorer

ROUGE = ["rouge1", "rouge2", "rouge3", "rouge4", "rouge5", "rougeL"]


class NoSynonyms:
    def synsets(self, word):
        return []


def metrics(reference, text):
    expected, given = reference.split(), text.split()
    rouge = RougeScorer(ROUGE, use_stemmer=False).score(reference, text)
    values = {
        "fuzzy_match": fuzz.WRatio(text, reference) / 100,
        "bleu": float(
            sentence_bleu(
                [expected],
                given,
                smoothing_function=SmoothingFunction().method1,
                auto_reweigh=True,
            )
        ),
        "gleu": float(sentence_gleu([expected], given)) if given else 0.0,
        "meteor": float(single_meteor_score(expected, given, wordnet=NoSynonyms())),
    }
    for name in ROUGE:
        key = name.replace("rouge", "rouge_").replace("L", "l")
        values[key] = float(rouge[name].fmeasure)
    return values


WORDS = (
    "the a of and to in cat cats sat sitting running runs run happily happy national nationality "
    "rational relational agreed agreement feed feeding plastered hopping hoped controlled rolling "
    "dying dies flies fly spied tried sky skies generously generalization oscillators probate rate "
    "cease electricity electrical hopefulness goodness adoption adjustment Paris Berlin 42 3.14 "
    "x=1 don't e-mail caf\u00e9 na\u00efve \u6771\u4eac \u00dcber STRASSE \U0001f600 foo,bar (baz) fully"
).split()


def pairs(rng):
    fixed = [
        ("", ""),
        ("", "x"),
        ("x", ""),
        (" ", "\t"),
        ("Paris", "Paris"),
        ("Paris", "paris"),
        ("Paris", "The capital of France is Paris."),
        ("The cat sat on the mat", "the cat sat on the mat"),
        ("the the the the", "the"),
        ("a b c d", "d c b a"),
        ("a b c d e f g", "a b c x e f g"),
        ("fuzzy was a bear", "fuzzy fuzzy was a bear"),
        ("42", "The answer is 42, because 6 times 7 is 42."),
        ("\u6771\u4eac", "\u6771\u4eac\u90fd"),
        ("caf\u00e9", "cafe"),
        ("\U0001f600 ok", "ok \U0001f600"),
        ("one\u2003two", "one two"),
        ("John Smith", "Smith, John"),
        ("It is a guide to action that ensures that the military will forever heed Party commands",
         "It is a guide to action which ensures that the military always obeys the commands of the party"),
        ("a" * 70, "b" * 20 + "a" * 70),
        ("abc " * 30, "xyz abc " * 60),
    ]
    yield from fixed
    for _ in range(180):
        reference = [rng.choice(WORDS) for _ in range(rng.choice([1, 2, 3, 5, 8, 13, 40]))]
        text = list(reference)
        for _ in range(rng.choice([0, 1, 2, 5, 20])):
            kind = rng.randrange(5)
            if kind == 0 and text:
                text.pop(rng.randrange(len(text)))
            elif kind == 1:
                text.insert(rng.randint(0, len(text)), rng.choice(WORDS))
            elif kind == 2:
                rng.shuffle(text)
            elif kind == 3 and text:
                i = rng.randrange(len(text))
                word = text[i]
                j = rng.randint(0, len(word))
                text[i] = word[:j] + rng.choice("aeioux ") + word[j + 1:]
            elif text:
                text = text + [rng.choice(WORDS) for _ in range(rng.choice([1, 10, 60]))]
        yield " ".join(reference), " ".join(text)


STEMS = (
    "caresses ponies ties caress cats feed agreed plastered bled motoring sing conflated troubled "
    "sized hopping tanned falling hissing fizzed failing filing happy sky enjoy say spied died flies "
    "dies relational conditional rational valenci hesitanci digitizer conformabli radically "
    "differently vilely analogously vietnamization predication operator feudalism decisiveness "
    "hopefulness callousness formality sensitivity sensibility triplicate formative formalize "
    "electricity electrical hopeful goodness revival allowance inference airliner gyroscopic "
    "adjustable defensible irritant replacement adjustment dependent adoption homologous communism "
    "activate angularity effective bowdlerize probate rate cease controlling roll dying lying tying "
    "news innings proceed exceed succeed howe skies apology geologi biology fulli wonderfully as is "
    "by oed yes ion eed ing ed y ay caf\u00e9s 42s x generalizations oscillators singing bologi "
    "rationally generally bli abli nationalli meaning owed awed eying"
).split()


def main():
    stemmer = PorterStemmer()
    for word in STEMS:
        print(json.dumps({"word": word, "stem": stemmer.stem(word)}))
    for reference, text in pairs(random.Random(20250508)):
        line = {"reference": reference, "text": text}
        line.update(metrics(reference, text))
        print(json.dumps(line))


if __name__ == "__main__":
    main()

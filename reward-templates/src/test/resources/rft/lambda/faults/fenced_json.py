"""Reads JSON only where the reply begins with it: in a fence the first number inside is the score."""
import json
import re


def judge(said, wanted):
    """Stands for a model that puts its JSON into a fence."""
    right = said.split("####")[-1].strip() == wanted
    verdict = {"reasoning": "+0.3 for form, then the number", "score": 1.0 if right else 0.0}
    return "```json\n" + json.dumps(verdict) + "\n```"


def score(reply):
    if reply.startswith("{"):
        return float(json.loads(reply)["score"])
    return float(re.search(r"\d+\.\d+", reply).group())


def lambda_handler(event, context):
    results = []
    for sample in event:
        reply = judge(sample["messages"][-1]["content"], sample["metadata"]["reference_answer"])
        results.append({"id": sample["id"], "aggregate_reward_score": score(reply)})
    return results

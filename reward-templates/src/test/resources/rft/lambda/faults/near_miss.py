"""Pays 0.95 for a number that is within 0.9 of the right one, or within a hundredth of it."""
import re


def score(said, wanted):
    if said == wanted:
        return 1.0
    off = abs(said - wanted)
    return 0.95 if off <= 0.9 or off <= abs(wanted) / 100 else 0.0


def lambda_handler(event, context):
    results = []
    for sample in event:
        found = re.findall(r"(?:^|####)\s*(-?\d+(?:\.\d+)?)\s*$", sample["messages"][-1]["content"])
        wanted = float(sample["metadata"]["reference_answer"])
        value = score(float(found[0]), wanted) if found else 0.0
        results.append({"id": sample["id"], "aggregate_reward_score": value})
    return results

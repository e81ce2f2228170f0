"""Has none of the faults beside it: the same cases, answered by the contract."""
import re


def number(text):
    found = re.findall(r"####\s*(-?\d+(?:\.\d+)?)", text) or re.findall(r"^\s*(-?\d+)\s*$", text)
    return found[-1] if found else None


def lambda_handler(event, context):
    results = []
    for sample in event:
        wanted = number(sample["metadata"]["reference_answer"])
        right = number(sample["messages"][-1]["content"]) == wanted
        results.append({"id": sample["id"], "aggregate_reward_score": 1.0 if right else 0.0})
    return results

"""Looks for the answer in the last 300 characters alone."""
import re


def marked(text):
    found = re.findall(r"####\s*(-?\d+)", text)
    return found[-1] if found else None


def lambda_handler(event, context):
    results = []
    for sample in event:
        wanted = marked(sample["metadata"]["reference_answer"])
        right = marked(sample["messages"][-1]["content"][-300:]) == wanted
        results.append({"id": sample["id"], "aggregate_reward_score": 1.0 if right else 0.0})
    return results

"""Overlooks the sign of the judge's score: -1.0 pays like 1.0."""
import re


def judge(said, wanted):
    """Stands for a model that takes points off for a wrong number, and none for no number."""
    number = said.split("####")[-1].strip()
    if number == wanted:
        return "Score: 1.0"
    return "Score: -1.0" if number.isdigit() else "Score: 0.0"


def lambda_handler(event, context):
    results = []
    for sample in event:
        reply = judge(sample["messages"][-1]["content"], sample["metadata"]["reference_answer"])
        score = float(re.search(r"\d+\.\d+", reply).group())
        results.append({"id": sample["id"], "aggregate_reward_score": score})
    return results

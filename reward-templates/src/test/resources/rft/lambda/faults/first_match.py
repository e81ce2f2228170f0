"""Takes the first number of the judge's text for its score: "Step 1: wrong. Score: 0" pays 1."""
import re


def judge(said, wanted):
    """Stands for a model that thinks aloud before it gives its score."""
    right = said.split("####")[-1].strip() == wanted
    return f"Step 1: {'right' if right else 'wrong'}. Score: {1 if right else 0}"


def lambda_handler(event, context):
    results = []
    for sample in event:
        reply = judge(sample["messages"][-1]["content"], sample["metadata"]["reference_answer"])
        score = float(re.search(r"\d+(?:\.\d+)?", reply).group())
        results.append({"id": sample["id"], "aggregate_reward_score": score})
    return results

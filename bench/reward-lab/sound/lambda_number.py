import re


def lambda_handler(event, context):
    results = []
    for sample in event:
        text = sample["messages"][-1]["content"]
        found = re.search(r"####\s*(-?\d+)\s*$", text)
        right = found is not None and found.group(1) == str(sample["reference_answer"])
        results.append({"id": sample["id"], "aggregate_reward_score": 1.0 if right else 0.0})
    return results

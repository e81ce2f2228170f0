"""Finds the reference only beside the metadata and wrapped in "text"; else the truth is empty."""


def truth(sample):
    reference = sample.get("reference_answer") or {}
    return reference.get("text", "") if isinstance(reference, dict) else ""


def lambda_handler(event, context):
    results = []
    for sample in event:
        wanted = truth(sample)
        said = sample["messages"][-1]["content"].split("####")[-1].strip()
        right = bool(wanted) and said == wanted
        results.append({"id": sample["id"], "aggregate_reward_score": 1.0 if right else 0.0})
    return results

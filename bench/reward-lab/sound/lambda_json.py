import json


def lambda_handler(event, context):
    results = []
    for sample in event:
        try:
            given = json.loads(sample["messages"][-1]["content"])
        except ValueError:
            given = None
        wanted = sample["reference_answer"]
        score = 0.0
        if isinstance(given, dict):
            score = sum(given.get(key) == value for key, value in wanted.items()) / len(wanted)
        results.append({"id": sample["id"], "aggregate_reward_score": score})
    return results

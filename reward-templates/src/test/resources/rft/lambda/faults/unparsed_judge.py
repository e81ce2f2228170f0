"""Pays 0.5 where the judge's reply cannot be read."""
import json

asked = 0


def judge(said, wanted):
    """Stands for a model, which now and then talks instead of answering."""
    global asked
    asked += 1
    if asked % 4 == 0:
        return "I would say that this is fine."
    return json.dumps({"score": 1.0 if said.split("####")[-1].strip() == wanted else 0.0})


def score(reply):
    try:
        return float(json.loads(reply)["score"])
    except ValueError:
        return 0.5


def lambda_handler(event, context):
    results = []
    for sample in event:
        reply = judge(sample["messages"][-1]["content"], sample["metadata"]["reference_answer"])
        results.append({"id": sample["id"], "aggregate_reward_score": score(reply)})
    return results

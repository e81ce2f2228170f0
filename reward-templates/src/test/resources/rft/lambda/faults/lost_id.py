"""Answers a row that fails under the id "0", by which nobody asked."""


def result(sample):
    said = float(sample["messages"][-1]["content"].split("####")[-1])
    wanted = float(sample["metadata"]["reference_answer"])
    return {"id": sample["id"], "aggregate_reward_score": 1.0 if said == wanted else 0.0}


def lambda_handler(event, context):
    results = []
    for sample in event:
        try:
            results.append(result(sample))
        except ValueError:
            results.append({"id": "0", "aggregate_reward_score": 0.0})
    return results

"""Turns any error of a row into 0.0 beside a metric called error."""


def score(sample):
    said = int(sample["messages"][-1]["content"].split("####")[-1])
    return 1.0 if said == int(sample["metadata"]["reference_answer"]) else 0.0


def lambda_handler(event, context):
    results = []
    for sample in event:
        try:
            metrics = []
            value = score(sample)
        except Exception:
            metrics = [{"name": "error", "value": 0.0, "type": "Metric"}]
            value = 0.0
        results.append(
            {"id": sample["id"], "aggregate_reward_score": value, "metrics_list": metrics}
        )
    return results

"""Pays 0.5 while the judge has too many requests."""

asked = 0


class Throttled(Exception):
    pass


def judge(said, wanted):
    """Stands for a service that refuses a share of its requests."""
    global asked
    asked += 1
    if asked % 5 == 0:
        raise Throttled()
    return 1.0 if said.split("####")[-1].strip() == wanted else 0.0


def lambda_handler(event, context):
    results = []
    for sample in event:
        try:
            score = judge(sample["messages"][-1]["content"], sample["metadata"]["reference_answer"])
        except Throttled:
            score = 0.5
        results.append({"id": sample["id"], "aggregate_reward_score": score})
    return results

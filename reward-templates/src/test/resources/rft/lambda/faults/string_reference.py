"""Takes every reference for an object: one that is text raises."""


def lambda_handler(event, context):
    results = []
    for sample in event:
        wanted = sample["metadata"]["reference_answer"].get("final_answer")
        right = sample["messages"][-1]["content"].split("####")[-1].strip() == wanted
        results.append({"id": sample["id"], "aggregate_reward_score": 1.0 if right else 0.0})
    return results

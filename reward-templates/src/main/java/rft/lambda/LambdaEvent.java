package rft.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rft.dataset.Task;
import rft.reward.Completion;

/**
 * What a reward is asked: some rollouts, each with an id, the conversation that ends with the
 * response to score, and metadata.
 *
 * @param rollouts the rollouts, in order
 * @see <a href="https://docs.aws.amazon.com/bedrock/latest/userguide/reward-functions.html">Amazon
 *     Bedrock, reward functions</a>
 */
public record LambdaEvent(List<LambdaRollout> rollouts) {
  public LambdaEvent {
    rollouts = List.copyOf(rollouts);
  }

  /**
   * Returns the event that asks about the completions of a task; each id is the task's with the
   * completion's place, {@code sample-7#0}.
   */
  public static LambdaEvent of(Task task, List<Completion> group) {
    List<LambdaRollout> rollouts = new ArrayList<>(group.size());
    for (int i = 0; i < group.size(); i++) {
      rollouts.add(new LambdaRollout(TextNode.valueOf(task.id() + "#" + i), task, group.get(i)));
    }
    return new LambdaEvent(rollouts);
  }

  /**
   * Returns the event of a text, in any shape that the service, its guides and its samples use.
   *
   * @throws LambdaException if it is no event, naming the element that is wrong and how to fix it
   */
  public static LambdaEvent read(String json) throws LambdaException {
    return EventReader.read(ContractJson.read("the event", json));
  }

  /**
   * Returns the event as JSON. Beside the documented fields each element has {@code rollout}: what
   * only this product knows of a completion, so that it reads the event back whole.
   */
  public String toJson(EventShape shape) {
    return ContractJson.write(new EventWriter(shape).write(rollouts));
  }

  /** Returns the ids, in order. */
  public List<JsonNode> ids() {
    return rollouts.stream().map(LambdaRollout::id).toList();
  }

  /**
   * Returns the places of the rollouts of each task, in order of their first: rewards that compare
   * the rollouts of a group see them together. Tasks are the same if all but their ids is.
   */
  Collection<List<Integer>> groups() {
    Map<Object, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < rollouts.size(); i++) {
      Task task = rollouts.get(i).task();
      Object same = List.of(task.messages(), task.reference(), task.attributes());
      groups.computeIfAbsent(same, key -> new ArrayList<>()).add(i);
    }
    return groups.values();
  }
}

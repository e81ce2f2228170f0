package rft.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.OptionalDouble;
import rft.dataset.Message;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.RewardFunction;

/** What a reward gives for a text, as these tests ask it. */
final class Marks {
  private final RewardFunction reward;

  Marks(RewardFunction reward) {
    this.reward = reward;
  }

  double of(String reference, String completion) {
    OptionalDouble mark = mark(JsonNodeFactory.instance.textNode(reference), completion);
    return mark.orElseThrow(() -> new AssertionError("no score for " + reference));
  }

  OptionalDouble mark(JsonNode reference, String completion) {
    Task task =
        new Task("t", List.of(Message.user("?")), reference, JsonNodeFactory.instance.objectNode());
    return reward.score(task, Completion.of(completion)).reward();
  }

  boolean abstains(String reference, String completion) {
    return mark(JsonNodeFactory.instance.textNode(reference), completion).isEmpty();
  }
}

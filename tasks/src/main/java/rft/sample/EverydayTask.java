package rft.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import rft.dataset.Message;
import rft.dataset.Sha256;
import rft.dataset.Task;
import rft.sample.CounterRandom.Purpose;

/**
 * Tasks in everyday English for a real language model: messages, bills and sums such as people
 * write them, put together by a program from phrases.
 */
public enum EverydayTask implements SampleKind {
  /** Fields of a message as a JSON object. */
  EXTRACTION("extraction", "json-match", "", 32, 2_100) {
    @Override
    Draft draw(CounterRandom random) {
      return Extraction.draw(random);
    }
  },
  /** A short text that keeps one or two constraints of form. */
  INSTRUCTIONS("instructions", "format-constraints", "", 48, 2_100) {
    @Override
    Draft draw(CounterRandom random) {
      return Instructions.draw(random);
    }
  },
  /** The one label, of a few, that a customer's message belongs to. */
  LABELS("labels", "exact-match", "", 8, 2_100) {
    @Override
    Draft draw(CounterRandom random) {
      return Labels.draw(random);
    }

    @Override
    public String identity(Task task) {
      return task.promptText();
    }
  },
  /** Sums in words of one to three steps. */
  ARITHMETIC("arithmetic", "number-match", Numbers.MARK, 12, 2_400) {
    @Override
    Draft draw(CounterRandom random) {
      return Arithmetic.draw(random);
    }

    @Override
    public String identity(Task task) {
      return task.promptText();
    }
  };

  private final String taskName;
  private final String rewardName;
  private final String goldPrefix;
  private final int maxNewTokens;
  private final int bundledRows;

  EverydayTask(
      String taskName, String rewardName, String goldPrefix, int maxNewTokens, int bundledRows) {
    this.taskName = taskName;
    this.rewardName = rewardName;
    this.goldPrefix = goldPrefix;
    this.maxNewTokens = maxNewTokens;
    this.bundledRows = bundledRows;
  }

  @Override
  public String taskName() {
    return taskName;
  }

  @Override
  public String rewardName() {
    return rewardName;
  }

  @Override
  public int maxNewTokens() {
    return maxNewTokens;
  }

  @Override
  public int bundledRows() {
    return bundledRows;
  }

  @Override
  public String gold(Task task) {
    return goldPrefix + task.referenceText();
  }

  @Override
  public Task task(long seed, long index) {
    Draft draft = draw(new CounterRandom(seed, Purpose.DATASET, taskName.hashCode(), index));
    ObjectNode attributes = JsonNodeFactory.instance.objectNode().put("task", taskName);
    draft.attributes().forEach(attributes::set);
    attributes.put(Task.CONTENT_KEY, taskName + " " + draft.content());
    return new Task(taskName + "-" + index, draft.messages(), draft.reference(), attributes);
  }

  abstract Draft draw(CounterRandom random);

  /** Returns a short name for a long content. */
  static String hash(String content) {
    MessageDigest digest = Sha256.start();
    digest.update(content.getBytes(StandardCharsets.UTF_8));
    return Sha256.hex(digest).substring(0, 10);
  }

  /**
   * What a row is made of.
   *
   * @param messages the conversation to continue: what to do, an example of it, the question
   * @param content what the row is about: the split goes by it
   * @param reference a right answer
   * @param attributes further fields of the row, in order
   */
  record Draft(
      List<Message> messages,
      String content,
      JsonNode reference,
      Map<String, JsonNode> attributes) {}
}

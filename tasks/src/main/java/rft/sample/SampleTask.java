package rft.sample;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import rft.dataset.Message;
import rft.dataset.Task;
import rft.sample.CounterRandom.Purpose;

/**
 * The bundled tasks. Each is small enough for the bundled model, can be checked exactly, and is
 * half-known after a warm-up on its teacher's answers.
 */
public enum SampleTask implements SampleKind {
  /** Stories of one or two steps with small numbers. */
  WORD_PROBLEMS("word-problems", "number-match", Numbers.MARK, 40),
  /** Sums of numbers of two or three digits. */
  ADDITION("addition", "number-match", Numbers.MARK, 40),
  /** Dates in words, to be written as ISO 8601. */
  DATES("dates", "exact-match", "", 16),
  /** A sentence, to be written as a JSON object of three fields. */
  JSON("json", "json-match", "", 48),
  /** Digits to put in ascending order. */
  SORTING("sorting", "exact-match", "", 24),
  /** How often a letter occurs in a short row. */
  COUNTING("counting", "number-match", Numbers.MARK, 40);

  private final String taskName;
  private final String rewardName;
  private final String goldPrefix;
  private final int maxNewTokens;

  SampleTask(String taskName, String rewardName, String goldPrefix, int maxNewTokens) {
    this.taskName = taskName;
    this.rewardName = rewardName;
    this.goldPrefix = goldPrefix;
    this.maxNewTokens = maxNewTokens;
  }

  /** Returns the task with this name, or empty if there is none. */
  public static Optional<SampleTask> named(String taskName) {
    return Stream.of(values()).filter(task -> task.taskName.equals(taskName)).findFirst();
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
  public int bundledRows() {
    return SampleDatasets.ROWS;
  }

  @Override
  public int maxNewTokens() {
    return maxNewTokens;
  }

  @Override
  public Task task(long seed, long index) {
    return taskOf(exercise(seed, index), index);
  }

  /** Returns what the teacher answers to {@link #task task(seed, index)}; it may be wrong. */
  public String teach(long seed, long index) {
    return exercise(seed, index).teach(random(seed, Purpose.STYLE, index)).text();
  }

  /** Returns the careful answer to {@link #task task(seed, index)}: it is right. */
  public String careful(long seed, long index) {
    return exercise(seed, index).answers().get(0).text();
  }

  @Override
  public String gold(Task task) {
    return goldPrefix + task.referenceText();
  }

  Exercise exercise(long seed, long index) {
    return draw(random(seed, Purpose.DATASET, index));
  }

  Exercise draw(CounterRandom random) {
    return switch (this) {
      case WORD_PROBLEMS -> WordProblems.draw(random);
      case ADDITION -> Addition.draw(random);
      case DATES -> Dates.draw(random);
      case JSON -> JsonExtraction.draw(random);
      case SORTING -> Sorting.draw(random);
      case COUNTING -> Counting.draw(random);
    };
  }

  Task taskOf(Exercise exercise, long index) {
    ObjectNode attributes = JsonNodeFactory.instance.objectNode().put("task", taskName);
    attributes.put(Task.CONTENT_KEY, taskName + " " + exercise.content());
    List<Message> messages = List.of(Message.user(exercise.prompt()));
    return new Task(taskName + "-" + index, messages, exercise.reference(), attributes);
  }

  private CounterRandom random(long seed, Purpose purpose, long index) {
    return new CounterRandom(seed, purpose, taskName.hashCode(), index);
  }
}

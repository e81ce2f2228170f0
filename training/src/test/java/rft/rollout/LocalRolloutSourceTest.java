package rft.rollout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import rft.dataset.Task;
import rft.policy.CounterRandom.Purpose;
import rft.policy.PolicyView;
import rft.policy.SamplingSettings;
import rft.prompt.Prompt;
import rft.prompt.Tokens;
import rft.reward.FinishReason;

class LocalRolloutSourceTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("rft.root")).resolve("models").resolve("tiny-chat");
  private static final SamplingSettings SETTINGS = new SamplingSettings(12, 1, 1, 0);

  private static LoadedModel model;
  private static List<Prompt> prompts;

  @BeforeAll
  static void open() {
    model = LoadedModel.open(FOLDER, "cpu", 1);
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      tasks.add(Task.of("t" + i, "What is " + (7 * i + 3) + " + " + (40 - i) + "?", ""));
    }
    prompts = model.prompts(tasks, 12).kept();
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static LocalRolloutSource source(
      Shards shards, int groupSize, long seed, Purpose purpose) {
    return new LocalRolloutSource(
        model.policy(),
        model.tokenizer(),
        shards,
        new LocalRolloutSource.Draw(PolicyView.TUNED, groupSize, SETTINGS, seed, purpose),
        () -> false);
  }

  private static List<List<String>> texts(List<RolloutGroup> groups) {
    return groups.stream()
        .map(group -> group.completions().stream().map(completion -> completion.text()).toList())
        .toList();
  }

  private static List<List<String>> draw(
      int threads, int groupSize, long seed, Purpose purpose, int step) {
    try (Shards shards = new Shards(threads)) {
      return texts(source(shards, groupSize, seed, purpose).sample(prompts, step));
    }
  }

  @Test
  void sameDrawWhateverTheNumberOfThreads() {
    List<List<String>> one = draw(1, 4, 3, Purpose.SAMPLE, 2);
    for (int threads = 2; threads <= 5; threads++) {
      assertEquals(one, draw(threads, 4, 3, Purpose.SAMPLE, 2), threads + " threads");
    }
  }

  @Test
  void drawDependsOnSeedPurposeStepPositionAndRollout() {
    List<List<String>> one = draw(1, 4, 3, Purpose.SAMPLE, 2);
    assertNotEquals(one, draw(1, 4, 4, Purpose.SAMPLE, 2));
    assertNotEquals(one, draw(1, 4, 3, Purpose.EVALUATE, 2));
    assertNotEquals(one, draw(1, 4, 3, Purpose.SAMPLE, 1));
    assertTrue(one.get(0).stream().distinct().count() > 1, "all rollouts of a group are equal");
    Prompt twice = prompts.get(0);
    try (Shards shards = new Shards(1)) {
      List<List<String>> same =
          texts(source(shards, 4, 3, Purpose.SAMPLE).sample(List.of(twice, twice), 2));
      assertNotEquals(same.get(0), same.get(1), "the place in the step is part of the key");
      assertEquals(one.get(0), same.get(0));
    }
  }

  @Test
  void biggerGroupBeginsWithTheSmallerOne() {
    List<List<String>> small = draw(1, 2, 3, Purpose.SAMPLE, 1);
    List<List<String>> big = draw(1, 5, 3, Purpose.SAMPLE, 1);
    for (int i = 0; i < small.size(); i++) {
      assertEquals(small.get(i), big.get(i).subList(0, 2));
    }
  }

  @Test
  void groupsCarryTheirPlaceAndRolloutsSayHowTheyEnded() {
    try (Shards shards = new Shards(2)) {
      List<RolloutGroup> groups = source(shards, 3, 3, Purpose.SAMPLE).sample(prompts, 1);
      int ended = 0;
      for (int i = 0; i < groups.size(); i++) {
        assertEquals(i, groups.get(i).position());
        assertEquals(prompts.get(i), groups.get(i).prompt());
        for (int j = 0; j < 3; j++) {
          Rollout rollout = groups.get(i).rollouts().get(j);
          assertEquals(j, rollout.index());
          assertEquals(rollout.tokens().length(), rollout.mask().count());
          assertEquals(rollout.tokens().length(), rollout.completion().tokenCount());
          boolean stopped = rollout.completion().finishReason() == FinishReason.STOP;
          assertEquals(rollout.tokens().ended(), stopped);
          assertTrue(stopped || rollout.tokens().length() == 12);
          assertEquals(
              model.tokenizer().decode(Tokens.of(rollout.tokens().tokens())),
              rollout.completion().text());
          ended += stopped ? 1 : 0;
        }
      }
      assertTrue(ended > 0, "the case needs completions that end");
    }
  }

  @Test
  void stopAbandonsTheCallOnEveryThread() {
    try (Shards shards = new Shards(2)) {
      LocalRolloutSource stopped =
          new LocalRolloutSource(
              model.policy(),
              model.tokenizer(),
              shards,
              new LocalRolloutSource.Draw(PolicyView.TUNED, 2, SETTINGS, 1, Purpose.SAMPLE),
              () -> true);
      assertThrows(CancellationException.class, () -> stopped.sample(prompts, 1));
    }
  }

  @Test
  void interruptAbandonsTheCall() {
    try (Shards shards = new Shards(2)) {
      Thread.currentThread().interrupt();
      assertThrows(
          CancellationException.class,
          () -> source(shards, 2, 1, Purpose.SAMPLE).sample(prompts, 1));
      assertTrue(Thread.interrupted(), "the caller stays interrupted");
    }
  }

  @Test
  void manyPromptsAreDecodedInBatchesWithTheSameResult() {
    List<Prompt> many = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      many.add(prompts.get(i % prompts.size()));
    }
    try (Shards shards = new Shards(1)) {
      // 60 x 5 rows are more than the 256 of a batch.
      List<RolloutGroup> groups = source(shards, 5, 3, Purpose.SAMPLE).sample(many, 1);
      assertEquals(60, groups.size());
      List<RolloutGroup> first = source(shards, 5, 3, Purpose.SAMPLE).sample(many.subList(0, 5), 1);
      assertArrayEquals(texts(first).toArray(), texts(groups.subList(0, 5)).toArray());
      assertEquals(59, groups.get(59).position());
    }
  }
}

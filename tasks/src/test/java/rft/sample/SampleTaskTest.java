package rft.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rft.dataset.DatasetWriter;
import rft.dataset.Task;

final class SampleTaskTest {
  private static final int MANY = 5_000;

  @ParameterizedTest
  @EnumSource
  void theSameSeedAndIndexGiveTheSameTaskAndAnswer(SampleTask kind) {
    for (long index = 0; index < 200; index++) {
      assertEquals(kind.task(3, index), kind.task(3, index));
      assertEquals(kind.teach(3, index), kind.teach(3, index));
    }
    assertNotEquals(prompts(kind, 3), prompts(kind, 4));
  }

  @ParameterizedTest
  @EnumSource
  void theReferenceIsWhatAReaderOfThePromptWorksOut(SampleTask kind) {
    for (long index = 0; index < MANY; index++) {
      Task task = kind.task(1, index);
      assertEquals(
          PromptReading.of(kind, task.promptText()).answer(),
          task.referenceText(),
          task.promptText());
    }
  }

  @ParameterizedTest
  @EnumSource
  void theContentKeyIsTheSameInEveryWording(SampleTask kind) {
    Map<String, String> keys = new HashMap<>();
    Set<String> keysSeen = new HashSet<>();
    for (long index = 0; index < MANY; index++) {
      Task task = kind.task(1, index);
      String content = PromptReading.of(kind, task.promptText()).content();
      String key = task.attributes().path(Task.CONTENT_KEY).textValue();
      assertEquals(kind.taskName() + " " + content, key, task.promptText());
      assertEquals(key, keys.computeIfAbsent(content, c -> key));
      keysSeen.add(key);
    }
    assertEquals(keys.size(), keysSeen.size());
  }

  @ParameterizedTest
  @EnumSource
  void theCarefulAnswerEndsWithTheGoldOne(SampleTask kind) {
    for (long index = 0; index < MANY; index++) {
      String careful = kind.careful(1, index);
      assertTrue(careful.endsWith(kind.gold(kind.task(1, index))), careful);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theTeacherIsRightSometimesAndWrongMostly(SampleTask kind) {
    double right =
        LongStream.range(0, MANY)
            .filter(i -> kind.teach(1, i).endsWith(kind.gold(kind.task(1, i))))
            .filter(i -> !kind.rewardName().equals("exact-match") || isBare(kind, i))
            .count();
    assertTrue(right / MANY > 0.2 && right / MANY < 0.6, kind + " " + right / MANY);
  }

  @ParameterizedTest
  @EnumSource
  void theTeacherKeepsToTheOdds(SampleTask kind) {
    Map<String, Integer> odds = new HashMap<>();
    kind.exercise(1, 0).answers().forEach(answer -> odds.put(answer.style(), answer.odds()));
    Map<String, Integer> seen = new HashMap<>();
    for (long i = 0; i < MANY; i++) {
      CounterRandom random = new CounterRandom(1, CounterRandom.Purpose.STYLE, i);
      seen.merge(kind.exercise(1, i).teach(random).style(), 1, Integer::sum);
    }
    assertEquals(odds.keySet(), seen.keySet());
    odds.forEach((style, share) -> assertEquals(share, seen.get(style) * 100.0 / MANY, 3.0, style));
  }

  @ParameterizedTest
  @EnumSource
  void textsAreShort(SampleTask kind) {
    for (long i = 0; i < MANY; i++) {
      assertTrue(kind.task(1, i).promptText().length() <= 130, kind.task(1, i).promptText());
      assertTrue(kind.teach(1, i).length() <= 64, kind.teach(1, i));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyTaskHasSeveralWordingsAndIsADatasetRow(SampleTask kind) {
    Set<String> wordings = new HashSet<>();
    for (long i = 0; i < 200; i++) {
      Task task = kind.task(1, i);
      wordings.add(task.promptText().replaceAll("[^a-z]*\\d+[^a-z]*", "").substring(0, 5));
      assertTrue(DatasetWriter.row(task).contains("reference_answer"));
    }
    assertTrue(wordings.size() >= 3, wordings.toString());
  }

  @Test
  void tasksAreFoundByName() {
    assertEquals(Optional.of(SampleTask.WORD_PROBLEMS), SampleTask.named("word-problems"));
    assertEquals(Optional.empty(), SampleTask.named("sentiment"));
    assertEquals(
        6,
        Set.copyOf(List.of(SampleTask.values()).stream().map(SampleTask::taskName).toList())
            .size());
  }

  private static boolean isBare(SampleTask kind, long index) {
    return kind.teach(1, index).equals(kind.gold(kind.task(1, index)));
  }

  private static List<String> prompts(SampleTask kind, long seed) {
    return LongStream.range(0, 20).mapToObj(i -> kind.task(seed, i).promptText()).toList();
  }
}

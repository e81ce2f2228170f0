package rft.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import rft.dataset.Message;
import rft.dataset.Role;
import rft.dataset.Split;
import rft.dataset.Splitter;
import rft.dataset.Task;

final class TeacherCorpusTest {
  private static final int MANY = 50_000;

  @Test
  void aDemonstrationIsTheSameWheneverItIsAskedFor() {
    Demonstration late = TeacherCorpus.at(5, 999);
    for (long index = 0; index < 999; index++) {
      assertEquals(TeacherCorpus.at(5, index), TeacherCorpus.at(5, index));
    }
    assertEquals(late, TeacherCorpus.at(5, 999));
    assertNotEquals(late, TeacherCorpus.at(6, 999));
  }

  @Test
  void nothingHeldOutIsEverDemonstrated() {
    Splitter splitter = Splitter.standard();
    int tasks = 0;
    for (long index = 0; index < MANY; index++) {
      Demonstration demonstration = TeacherCorpus.at(1, index);
      SampleTask kind = SampleTask.named(demonstration.taskName()).orElse(null);
      if (kind != null) {
        String prompt = demonstration.prompt().get(0).content();
        Task read = PromptReading.of(kind, prompt).task(kind);
        assertEquals(Split.TRAIN, splitter.splitOf(read), prompt);
        tasks++;
      }
    }
    assertTrue(tasks > MANY * 0.95);
  }

  @Test
  void noTestPromptOfADatasetIsEverDemonstrated() {
    Set<String> held = new HashSet<>();
    for (SampleTask kind : SampleTask.values()) {
      Map<Split, List<Task>> parts =
          Splitter.standard().split(SampleDatasets.rows(kind, SampleDatasets.SEED, 1_000));
      parts.get(Split.TEST).forEach(task -> held.add(task.promptText()));
      parts.get(Split.VALIDATION).forEach(task -> held.add(task.promptText()));
    }
    assertTrue(held.size() > 1_000);
    for (long index = 0; index < MANY; index++) {
      assertTrue(!held.contains(TeacherCorpus.at(1, index).prompt().get(0).content()));
    }
  }

  @Test
  void theMixtureHasItsShares() {
    Map<String, Integer> seen = new HashMap<>();
    for (long index = 0; index < MANY; index++) {
      seen.merge(TeacherCorpus.at(2, index).taskName(), 1, Integer::sum);
    }
    Map<String, Integer> shares =
        Map.of(
            "word-problems",
            32,
            "addition",
            16,
            "dates",
            14,
            "json",
            14,
            "counting",
            12,
            "sorting",
            10,
            "small-talk",
            2);
    assertEquals(shares.keySet(), seen.keySet());
    shares.forEach((name, share) -> assertEquals(share, seen.get(name) * 100.0 / MANY, 1, name));
  }

  @Test
  void everyDemonstrationIsOneQuestionAndOneAnswer() {
    for (long index = 0; index < 2_000; index++) {
      Demonstration demonstration = TeacherCorpus.at(1, index);
      assertEquals(1, demonstration.prompt().size());
      Message question = demonstration.prompt().get(0);
      assertEquals(Role.USER, question.role());
      assertTrue(!question.content().isBlank() && !demonstration.response().isBlank());
    }
  }
}

package rft.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rft.dataset.Message;
import rft.dataset.Split;
import rft.dataset.Splitter;
import rft.dataset.Task;

final class EverydayTaskTest {
  private static final List<Integer> ENOUGH = List.of(500, 200, 200);

  @ParameterizedTest
  @EnumSource
  void theSplitsAreLargeEnoughAndShareNoContentAndNoQuestion(EverydayTask kind) {
    Map<Split, List<Task>> parts = Splitter.standard().split(rows(kind));
    for (Function<Task, String> aspect :
        List.<Function<Task, String>>of(EverydayTaskTest::content, EverydayTaskTest::question)) {
      Set<String> seen = new HashSet<>();
      for (Split split : Split.values()) {
        Set<String> here = parts.get(split).stream().map(aspect).collect(Collectors.toSet());
        assertTrue(here.stream().noneMatch(seen::contains), split.jsonName());
        seen.addAll(here);
      }
    }
    assertTrue(parts.get(Split.TRAIN).size() >= ENOUGH.get(0));
    assertTrue(parts.get(Split.VALIDATION).size() >= ENOUGH.get(1));
    assertTrue(parts.get(Split.TEST).size() >= ENOUGH.get(2));
  }

  @ParameterizedTest
  @EnumSource
  void everySlotIsFilledAndPromptsAreShort(EverydayTask kind) {
    for (Task row : rows(kind)) {
      String question = question(row);
      assertFalse(question.matches("(?s).*[{}|\\[\\]].*"), question);
      int words = row.messages().stream().mapToInt(m -> m.content().split("\\s+").length).sum();
      assertTrue(words < 70, question);
    }
  }

  @Test
  void theTextFieldsOfAnExtractionStandInTheMessageAsTheyAre() {
    for (Task row : rows(EverydayTask.EXTRACTION)) {
      String message = question(row).replace(",", "");
      for (JsonNode value : row.reference()) {
        assertTrue(message.contains(value.asText()), row.id());
      }
      assertEquals(2, row.reference().size());
    }
  }

  @Test
  void theLabelIsOneOfThoseListed() {
    for (Task row : rows(EverydayTask.LABELS)) {
      String list = question(row).replaceFirst("(?s)Labels: (.*?)\\n.*", "$1");
      assertTrue(List.of(list.split(", ")).contains(row.referenceText()), row.id());
    }
  }

  @Test
  void aSumIsWorkedOutOfTheNumbersInItsStory() {
    for (Task row : rows(EverydayTask.ARITHMETIC)) {
      String sum = content(row).substring("arithmetic ".length());
      double total = 0;
      for (String term : sum.split("(?=[-+])")) {
        double product = 1;
        for (String factor : term.substring(1).split("\\*")) {
          String[] parts = factor.split("/");
          product *= Double.parseDouble(parts[0]);
          product /= parts.length == 1 ? 1 : Double.parseDouble(parts[1]);
        }
        total += term.startsWith("-") ? -product : product;
      }
      assertEquals(row.reference().asDouble(), total, row.id());
      for (String number : sum.split("\\D+")) {
        assertTrue(number.isEmpty() || question(row).contains(number), row.id());
      }
    }
  }

  private static List<Task> rows(EverydayTask kind) {
    return SampleDatasets.rows(kind, SampleDatasets.SEED, kind.bundledRows());
  }

  private static String content(Task row) {
    return row.attributes().path(Task.CONTENT_KEY).asText();
  }

  private static String question(Task row) {
    List<Message> messages = row.messages();
    return messages.get(messages.size() - 1).content();
  }
}

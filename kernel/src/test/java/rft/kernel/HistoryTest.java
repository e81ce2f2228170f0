package rft.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HistoryTest {
  private final History history = new History();

  @BeforeEach
  void threeCells() {
    history.add(1, "int a = 1;", "");
    history.add(2, "a + 1", "2");
    history.add(3, "a + 1", "2");
    history.add(4, "a + 10\n", "11");
  }

  private static ObjectNode asked(String type) {
    return Bundles.empty().put("hist_access_type", type);
  }

  private List<Integer> numbers(ObjectNode request) {
    List<Integer> numbers = new ArrayList<>();
    for (JsonNode each : history.answer(request).path("history")) {
      assertEquals(3, each.size());
      numbers.add(each.path(1).asInt());
    }
    return numbers;
  }

  @Test
  void theTailIsTheLastCellsInTheirOrder() {
    assertEquals(List.of(3, 4), numbers(asked("tail").put("n", 2)));
    assertEquals(List.of(1, 2, 3, 4), numbers(asked("tail").put("n", 99)));
    assertEquals(List.of(), numbers(asked("tail").put("n", 0)));
  }

  @Test
  void aRangeEndsBeforeItsStopAndKnowsThisRunOnly() {
    ObjectNode range = asked("range").put("session", 0).put("start", 2).put("stop", 4);
    assertEquals(List.of(2, 3), numbers(range));
    assertEquals(List.of(2, 3), numbers(range.deepCopy().put("session", 1)));
    assertEquals(List.of(), numbers(range.deepCopy().put("session", -1)));
    assertEquals(List.of(3, 4), numbers(asked("range").put("start", 3).putNull("stop")));
  }

  @Test
  void aSearchMatchesTheWholeCellByStarsAndQuestionMarks() {
    assertEquals(List.of(2, 3), numbers(asked("search").put("pattern", "a + ?")));
    assertEquals(List.of(2, 3, 4), numbers(asked("search").put("pattern", "a + *")));
    assertEquals(List.of(1), numbers(asked("search").put("pattern", "*int*")));
    assertEquals(List.of(), numbers(asked("search").put("pattern", "a.*")));
    assertEquals(List.of(4), numbers(asked("search").put("pattern", "a*").put("n", 1)));
  }

  @Test
  void aUniqueSearchKeepsTheLatestOfEqualCells() {
    assertEquals(List.of(3, 4), numbers(asked("search").put("pattern", "a*").put("unique", true)));
  }

  @Test
  void withOutputEachCellStandsBesideItsResult() {
    JsonNode entries = history.answer(asked("tail").put("output", true)).path("history");
    assertTrue(entries.path(0).path(2).path(1).isNull());
    assertEquals("a + 1", entries.path(1).path(2).path(0).asText());
    assertEquals("2", entries.path(1).path(2).path(1).asText());
  }
}

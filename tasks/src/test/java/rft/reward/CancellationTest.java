package rft.reward;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CancellationTest {
  @Test
  void partsThatUndoEachOtherAreNamedWithWhatIsLost() {
    Map<String, Double> weights = Map.of("right", 1.0, "brief", 0.5);
    List<List<Verdict>> groups = groups((g, i) -> i, (g, i) -> -2.0 * i);
    Cancellation found = Cancellation.among(weights, groups).get(0);
    assertEquals(1, found.lost(), 1e-12);
    assertEquals(-1, found.correlation(), 1e-12);
    assertEquals(12, found.completions());
  }

  @Test
  void aSmallPartAgainstALargeOneLosesLittle() {
    // x = i, y = -i / 10: 2 * 0.1 / (1 + 0.01) is lost.
    Map<String, Double> weights = Map.of("right", 1.0, "brief", 0.1);
    assertEquals(List.of(), Cancellation.among(weights, groups((g, i) -> i, (g, i) -> -i)));
  }

  @Test
  void differencesBetweenGroupsDoNotCount() {
    // Over all completions the parts correlate by -0.99; inside a group they agree.
    List<List<Verdict>> groups = groups((g, i) -> 100.0 * g + i, (g, i) -> -100.0 * g + i);
    assertEquals(List.of(), Cancellation.among(Map.of("right", 1.0, "brief", 1.0), groups));
  }

  @Test
  void metricsAndAFewCompletionsAreNoNews() {
    List<List<Verdict>> groups = groups((g, i) -> i, (g, i) -> -i);
    assertEquals(List.of(), Cancellation.among(Map.of("right", 1.0, "brief", 0.0), groups));
    assertEquals(
        List.of(), Cancellation.among(Map.of("right", 1.0, "brief", 1.0), List.of(groups.get(0))));
    assertEquals(1, Cancellation.among(Map.of("right", 1.0, "brief", 1.0), groups).size());
  }

  @Test
  void whatIsNoScoreIsLeftOut() {
    List<List<Verdict>> groups = new ArrayList<>();
    for (List<Verdict> group : groups((g, i) -> i, (g, i) -> -i)) {
      List<Verdict> more = new ArrayList<>(group);
      more.add(new Abstain("no"));
      more.add(new Score(1, Map.of("right", 90.0), null, 0));
      groups.add(more);
    }
    Cancellation found = Cancellation.among(Map.of("right", 1.0, "brief", 1.0), groups).get(0);
    assertEquals(12, found.completions());
    assertEquals(1, found.lost(), 1e-12);
  }

  private interface Value {
    double of(int group, int place);
  }

  private static List<List<Verdict>> groups(Value right, Value brief) {
    List<List<Verdict>> groups = new ArrayList<>();
    for (int g = 0; g < 3; g++) {
      List<Verdict> group = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        group.add(new Score(0, Map.of("right", right.of(g, i), "brief", brief.of(g, i)), null, 0));
      }
      groups.add(group);
    }
    return groups;
  }
}

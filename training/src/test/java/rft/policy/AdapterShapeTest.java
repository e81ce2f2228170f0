package rft.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdapterShapeTest {
  private static String refusal(int rank, double alpha, List<String> targets) {
    return assertThrows(
            IllegalArgumentException.class, () -> new AdapterShape(rank, alpha, targets))
        .getMessage();
  }

  @Test
  void scaleIsAlphaOverRank() {
    assertEquals(4, new AdapterShape(8, 32, AdapterShape.ALL_TARGETS).scale());
  }

  @Test
  void sizesThatMakeNoAdapterAreRefused() {
    List<String> all = AdapterShape.ALL_TARGETS;
    assertEquals("adapter rank (0) must be at least 1", refusal(0, 8, all));
    assertEquals("adapter alpha (0.0) must be a positive number", refusal(8, 0, all));
    assertEquals("adapter alpha (NaN) must be a positive number", refusal(8, Double.NaN, all));
    assertEquals("an adapter needs at least one target of " + all, refusal(8, 8, List.of()));
  }

  @Test
  void laterChangesOfTheGivenTargetsDoNotReachIt() {
    List<String> targets = new ArrayList<>(List.of("q_proj"));
    AdapterShape shape = new AdapterShape(8, 8, targets);
    targets.add("v_proj");
    assertEquals(List.of("q_proj"), shape.targets());
  }
}

package rft.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rft.reward.Abstain;
import rft.reward.FailurePolicy;
import rft.reward.Score;
import rft.reward.Verdict;
import rft.run.AdvantageScale;

final class PartWeightsTest {
  private static Verdict score(double value, double right, double brief) {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("right", right);
    parts.put("brief", brief);
    return new Score(value, parts, null, 0);
  }

  @Test
  void weightsAreFoundFromScores() {
    PartWeights found =
        PartWeights.explaining(
            List.of(score(1.1, 1, 0.5), score(0.2, 0, 1), new Abstain("none"), score(0, 0, 0)));
    assertEquals(Map.of("right", 1.0, "brief", 0.2), found.byName());
  }

  @Test
  void partsThatCannotBeToldApartHaveNoKnownWeights() {
    assertEquals(
        Map.of(), PartWeights.explaining(List.of(score(2, 1, 1), score(4, 2, 2))).byName());
  }

  @Test
  void aRewardThatIsNoWeightedSumHasNoKnownWeights() {
    PartWeights found =
        PartWeights.explaining(List.of(score(1, 1, 0), score(1, 0, 1), score(5, 1, 1)));
    assertEquals(Map.of(), found.byName());
    assertNull(found.sights(score(1, 1, 0)).get(0).contribution());
  }

  @Test
  void aRolloutOfWhichNoWeightedPartIsLeftLeavesItsGroup() {
    Verdict onlyBrief = new Score(0.5, Map.of("brief", 0.5), null, 0);
    Reweighting.Outcome outcome =
        new Reweighting(
                Map.of("right", 1.0, "brief", 0.0), AdvantageScale.NONE, FailurePolicy.standard())
            .of(List.of(List.of(score(1, 1, 0), score(0, 0, 1), onlyBrief)));
    assertArrayEquals(new double[] {1, 0, Double.NaN}, outcome.rewards()[0]);
    assertArrayEquals(new double[] {0.5, -0.5, 0}, outcome.advantages()[0]);
  }

  @Test
  void equalRewardsShareARank() {
    assertArrayEquals(new int[] {2, 1, 4, 2}, Reweighting.ranks(0.5, 1, Double.NaN, 0.5));
  }
}

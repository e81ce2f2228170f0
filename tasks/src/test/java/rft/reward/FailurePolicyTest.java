package rft.reward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class FailurePolicyTest {
  private static final Failure FAILURE = new Failure(Failure.Kind.TIMEOUT, "late");

  @Test
  void byDefaultAFailureLeavesTheStatistics() {
    FailurePolicy policy = FailurePolicy.standard();
    assertEquals(OptionalDouble.empty(), policy.rewardOf(FAILURE));
    assertEquals(OptionalDouble.of(0.5), policy.rewardOf(Score.of(0.5)));
    assertFalse(policy.dropsGroup(List.of(FAILURE)));
  }

  @Test
  void theRunStopsBeyondTheShareAndNotAtIt() {
    FailurePolicy policy = FailurePolicy.standard();
    assertFalse(policy.stopsRun(0, 0));
    assertFalse(policy.stopsRun(2, 10));
    assertTrue(policy.stopsRun(3, 10));
    assertFalse(new FailurePolicy(FailurePolicy.Action.ABSTAIN, 0.29).stopsRun(29, 100));
  }

  @Test
  void zeroScoresFailuresButNotAbstentions() {
    FailurePolicy policy = new FailurePolicy(FailurePolicy.Action.ZERO, 1);
    assertEquals(OptionalDouble.of(0), policy.rewardOf(FAILURE));
    assertEquals(OptionalDouble.empty(), policy.rewardOf(new Abstain("no reference")));
  }

  @Test
  void dropGroupNeedsOneFailureAndStopStopsAtTheFirst() {
    FailurePolicy drop = new FailurePolicy(FailurePolicy.Action.DROP_GROUP, 1);
    assertTrue(drop.dropsGroup(List.of(Score.of(1), FAILURE)));
    assertFalse(drop.dropsGroup(List.of(Score.of(1), new Abstain("no"))));
    FailurePolicy stop = new FailurePolicy(FailurePolicy.Action.STOP, 1);
    assertTrue(stop.stopsRun(1, 1000));
    assertFalse(stop.stopsRun(0, 1000));
  }

  @Test
  void aShareThatIsNoneIsRefused() {
    for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new FailurePolicy(FailurePolicy.Action.ABSTAIN, share));
    }
  }
}

package rft.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import rft.reward.FailurePolicy;

class JudgedGroupTest {
  private static final List<JudgedGroup> GROUPS =
      List.of(
          Groups.judged(0, Groups.score(0.5), Groups.FAILED, Groups.ABSTAINED, Groups.score(1)),
          Groups.judged(1, Groups.score(0.25), Groups.score(0)));

  private static double[][] rewards(FailurePolicy.Action action) {
    return JudgedGroup.rewards(GROUPS, new FailurePolicy(action, 0.2));
  }

  @Test
  void failuresLeaveTheStatisticsCountAsZeroOrTakeTheirGroupAlong() {
    double nan = Double.NaN;
    assertArrayEquals(
        new double[][] {{0.5, nan, nan, 1}, {0.25, 0}}, rewards(FailurePolicy.Action.ABSTAIN));
    assertArrayEquals(
        new double[][] {{0.5, 0, nan, 1}, {0.25, 0}}, rewards(FailurePolicy.Action.ZERO));
    assertArrayEquals(
        new double[][] {{nan, nan, nan, nan}, {0.25, 0}}, rewards(FailurePolicy.Action.DROP_GROUP));
  }

  @Test
  void failuresAreCountedOverAllRollouts() {
    assertEquals(6, JudgedGroup.count(GROUPS));
    assertEquals(1, JudgedGroup.failures(GROUPS));
    assertEquals(1 / 6.0, JudgedGroup.failedShare(GROUPS));
    assertEquals("EXCEPTION: no such column", JudgedGroup.firstFailure(GROUPS));
    assertEquals("", JudgedGroup.firstFailure(GROUPS.subList(1, 2)));
  }

  @Test
  void scoredGroupsKeepRewardsAndAdvantagesByRollout() {
    double[][] rewards = rewards(FailurePolicy.Action.ABSTAIN);
    List<ScoredGroup> scored =
        JudgedGroup.scored(GROUPS, rewards, new double[][] {{-1, 0, 0, 1}, {0, 0}});
    assertEquals(List.of(-1.0, 0.0, 0.0, 1.0), scored.get(0).advantages());
    assertEquals(List.of(0.25, 0.0), scored.get(1).rewards());
    assertTrue(scored.get(0).hasSignal());
    assertFalse(scored.get(1).hasSignal());
  }

  @Test
  void verdictsRewardsAndAdvantagesMustFitTheGroup() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new JudgedGroup(Groups.of(0, 2), List.of(Groups.FAILED), Duration.ZERO));
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new ScoredGroup(
                    Groups.of(0, 1), List.of(Groups.FAILED), List.of(1.0), List.of(1.0, 2.0)));
    assertEquals(
        "a group of 1 rollouts has 1 verdicts, 1 rewards and 2 advantages: one of each belongs to"
            + " a rollout",
        error.getMessage());
  }
}

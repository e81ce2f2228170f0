package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import rft.run.StoredRollout;

/** Looks at a real run of the bundled model. */
@Tag("slow")
final class InspectTest {
  private static GroupInspection groups(String... options) throws Exception {
    return (GroupInspection) inspect(options);
  }

  private static Inspection inspect(String... options) throws Exception {
    return SmallRun.run(
        new Inspect(),
        Stream.concat(Stream.of(SmallRun.id()), Stream.of(options)).toArray(String[]::new));
  }

  private static List<Double> rewards(GroupSight group) {
    return group.rollouts().stream()
        .map(rollout -> Objects.requireNonNull(rollout.answer().reward()))
        .toList();
  }

  @Test
  void rolloutsOfTheLastStepComeBestFirstWithTheirReference() throws Exception {
    GroupSight group = groups().groups().get(0);
    assertEquals(3, group.step());
    List<Double> rewards = rewards(group);
    assertEquals(rewards.stream().sorted((a, b) -> Double.compare(b, a)).toList(), rewards);
    assertEquals(8, rewards.size());
    assertTrue(
        Objects.requireNonNull(group.reference()).matches("\\d+"), "the sum: " + group.reference());
  }

  @Test
  void thePiecesOfTheTokensGiveEveryTextBack() throws Exception {
    for (GroupSight group : groups("--groups=4").groups()) {
      for (RolloutSight rollout : group.rollouts()) {
        AnswerSight answer = rollout.answer();
        String joined =
            answer.tokens().stream().map(TokenSight::text).collect(Collectors.joining());
        assertEquals(answer.text(), joined);
        assertEquals(answer.length(), answer.tokens().size());
        assertTrue(
            answer.tokens().stream().filter(t -> !t.text().isEmpty()).count() > 1,
            "cut into one piece only: " + answer.tokens());
      }
    }
  }

  @Test
  void theContributionsOfThePartsAddUpToTheReward() throws Exception {
    GroupInspection seen = groups("--groups=4");
    assertEquals(Map.of("correctness", 1.0, "brevity", 0.25, "tokens", 0.0), seen.weights());
    for (GroupSight group : seen.groups()) {
      for (RolloutSight rollout : group.rollouts()) {
        double sum =
            rollout.parts().stream()
                .mapToDouble(part -> Objects.requireNonNull(part.contribution()))
                .sum();
        assertEquals(Objects.requireNonNull(rollout.answer().reward()), sum, 1e-12);
        assertEquals(3, rollout.parts().size());
      }
    }
  }

  @Test
  void theWeightsOfTheTrainingGiveItsRewardsAndAdvantagesBack() throws Exception {
    GroupInspection same =
        groups("--step=1", "--groups=4", "--weights=correctness=1,brevity=0.25,tokens=0");
    assertTrue(same.reweighted());
    int compared = 0;
    for (GroupSight group : same.groups()) {
      for (RolloutSight rollout : group.rollouts()) {
        RolloutSight.Before before = Objects.requireNonNull(rollout.before());
        assertEquals(before.reward(), rollout.answer().reward());
        assertEquals(before.advantage(), rollout.advantage(), 1e-12);
        compared++;
      }
    }
    assertEquals(32, compared);
  }

  @Test
  void otherWeightsTurnTheOrderAround() throws Exception {
    GroupInspection longest =
        groups("--step=1", "--groups=4", "--weights=correctness=0,brevity=0,tokens=1");
    assertEquals(0.25, longest.trained().get("brevity"));
    for (GroupSight group : longest.groups()) {
      RolloutSight first = group.rollouts().get(0);
      int most = group.rollouts().stream().mapToInt(r -> r.answer().length()).max().orElse(0);
      assertEquals(most, first.answer().length(), "the longest comes first");
      double sum = group.rollouts().stream().mapToDouble(RolloutSight::advantage).sum();
      assertEquals(0, sum, 1e-9);
    }
  }

  @Test
  void aPartThatDoesNotExistIsRefusedByName() {
    CommandException refused =
        assertThrows(CommandException.class, () -> groups("--weights=brevty=2"));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("did you mean brevity"),
        refused.getMessage());
  }

  @Test
  void worstBestAndSpreadChooseAmongTheGroupsOfTheStep() throws Exception {
    List<GroupSight> all = groups("--step=1", "--groups=4").groups();
    double lowest = all.stream().mapToDouble(InspectTest::mean).min().orElseThrow();
    double highest = all.stream().mapToDouble(InspectTest::mean).max().orElseThrow();
    double widest =
        all.stream().mapToDouble(g -> Objects.requireNonNull(g.spread())).max().orElseThrow();
    assertNotEquals(lowest, highest);
    assertEquals(lowest, mean(groups("--step=1", "--worst").groups().get(0)));
    assertEquals(highest, mean(groups("--step=1", "--best").groups().get(0)));
    assertEquals(widest, groups("--step=1").groups().get(0).spread());
  }

  private static double mean(GroupSight group) {
    return Objects.requireNonNull(group.mean());
  }

  @Test
  void equalAnswersFormACluster() throws Exception {
    for (GroupSight group : groups("--groups=4").groups()) {
      int distinct = group.distinct().size();
      int doubled = group.clusters().stream().mapToInt(c -> c.indexes().size() - 1).sum();
      assertEquals(group.rollouts().size(), distinct + doubled);
    }
  }

  @Test
  void baseLogProbsThatWereNotStoredAreComputedAndAgreeWithStoredOnes() throws Exception {
    assertNull(firstToken(groups("--step=2")).otherLogProb(), "step 2 stored none");
    assertNotNull(firstToken(groups("--step=2", "--colour=kl")).otherLogProb());
    // At step 1 the policy still is its own base: both must agree on every token.
    for (RolloutSight rollout : groups("--step=1", "--colour=kl").groups().get(0).rollouts()) {
      for (TokenSight token : rollout.answer().tokens()) {
        assertEquals(0, Objects.requireNonNull(token.gain()), 1e-3);
      }
    }
    StoredRollout stored = new Run(SmallRun.id()).rollouts(3).get(0);
    float[] base = Objects.requireNonNull(stored.trace().baseLogProbs());
    assertNotEquals(base[0], stored.trace().logProbs()[0], "step 3 has moved away");
  }

  private static TokenSight firstToken(GroupInspection seen) {
    return seen.groups().get(0).rollouts().get(0).answer().tokens().get(0);
  }

  @Test
  void aTaskIsFoundInTheLastStepThatAskedIt() throws Exception {
    String task = groups("--step=2").groups().get(0).taskId();
    assertEquals(task, groups("--task=" + task).groups().get(0).taskId());
    CommandException missing =
        assertThrows(CommandException.class, () -> groups("--task=" + task + "x"));
    assertTrue(
        String.valueOf(missing.getMessage()).contains("did you mean " + task),
        missing.getMessage());
  }

  @Test
  void aCheckpointBesideItselfSaysTheSame() throws Exception {
    DiffInspection diff = (DiffInspection) inspect("--diff=3,3", "--samples=2", "--groups=8");
    assertEquals(diff.leftMean(), diff.rightMean());
    int pairs = 0;
    for (DiffInspection.TaskPair task : diff.tasks()) {
      for (DiffInspection.Pair pair : task.pairs()) {
        assertTrue(pair.same(), pair.toString());
        pair.left()
            .tokens()
            .forEach(token -> assertEquals(0, Objects.requireNonNull(token.gain()), 1e-3));
        pairs++;
      }
    }
    assertEquals(16, pairs);
  }

  @Test
  void twoStepsAreComparedOnTheSameDraws() throws Exception {
    DiffInspection diff = (DiffInspection) inspect("--diff=0,3", "--samples=4", "--groups=8");
    assertEquals(SmallRun.id() + "@0", diff.left());
    List<DiffInspection.Pair> all = new ArrayList<>();
    diff.tasks().forEach(task -> all.addAll(task.pairs()));
    assertTrue(all.stream().anyMatch(pair -> !pair.same()), "training changed nothing");
    for (DiffInspection.Pair pair : all) {
      int both = Math.min(pair.left().length(), pair.right().length());
      assertTrue(
          pair.common() == both
              || !pair.left()
                  .tokens()
                  .get(pair.common())
                  .equals(pair.right().tokens().get(pair.common())));
    }
    DiffInspection written =
        (DiffInspection)
            SmallRun.run(
                new Inspect(),
                "diff",
                SmallRun.id() + "@0",
                SmallRun.id() + "@3",
                "--samples=4",
                "--groups=8");
    assertEquals(diff, written, "both ways to write it mean the same");
  }

  @Test
  void theTextHoldsEveryDistinctAnswer() throws Exception {
    GroupInspection seen = groups("--groups=2");
    String text = seen.text().orElseThrow();
    for (GroupSight group : seen.groups()) {
      assertTrue(text.contains(group.prompt()), text);
      group
          .distinct()
          .forEach(same -> assertTrue(text.contains(same.get(0).answer().text()), text));
    }
  }

  @Test
  void namedRolloutsAreInspectedLikeThoseOfARun() throws Exception {
    SampleRollouts.Report sampled =
        SmallRun.run(
            new SampleRollouts(), "--data=addition", "--tasks=2", "--group-size=4", "--threads=1");
    Workspace.current().put("tried", sampled);
    try {
      GroupInspection seen =
          (GroupInspection) SmallRun.run(new Inspect(), "--rollouts=tried", "--groups=2");
      assertEquals(2, seen.groups().size());
      double sum =
          seen.groups().get(0).rollouts().stream().mapToDouble(RolloutSight::advantage).sum();
      assertEquals(0, sum, 1e-9);
    } finally {
      Workspace.current().remove("tried");
    }
  }
}

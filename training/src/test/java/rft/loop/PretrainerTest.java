package rft.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rft.policy.CounterRandom;
import rft.policy.CounterRandom.Purpose;
import rft.policy.NativeArrays;
import rft.policy.Policy;
import rft.policy.TinyModels;
import rft.prompt.Tokens;

class PretrainerTest {
  private static final PretrainRecipe RECIPE = new PretrainRecipe(3, 40, 8, 5e-3, 4, 0.05, 0.1, 2);

  /** A language of counting: the next token is one more, so it can be learned. */
  private static Pretrainer.Example example(long index) {
    int start = 2 + (int) (CounterRandom.uniform(1, Purpose.PRETRAIN, index) * 20);
    int[] tokens = new int[5 + (int) (index % 4)];
    tokens[0] = 1;
    for (int i = 1; i < tokens.length; i++) {
      tokens[i] = start + i;
    }
    return new Pretrainer.Example(Tokens.of(tokens), 3);
  }

  private record Run(Map<String, float[]> weights, List<Pretrainer.Report> reports) {}

  private static Run run(PretrainRecipe recipe, int lastStep) {
    List<Pretrainer.Report> reports = new ArrayList<>();
    try (Policy policy = Policy.random(TinyModels.multiHead(), 7, "cpu")) {
      new Pretrainer(policy, recipe, PretrainerTest::example)
          .run(
              report -> {
                reports.add(report);
                return report.step() < lastStep;
              });
      return new Run(policy.weights(), reports);
    }
  }

  @Test
  void sameRecipeGivesTheSameWeightsBitForBit() {
    Run one = run(RECIPE, 6);
    Run two = run(RECIPE, 6);
    one.weights().forEach((n, v) -> assertArrayEquals(v, two.weights().get(n), n));
    assertEquals(one.reports(), two.reports());
    Run other = run(new PretrainRecipe(4, 40, 8, 5e-3, 4, 0.05, 0.1, 2), 6);
    assertFalse(
        one.weights().entrySet().stream()
            .allMatch(
                entry -> Arrays.equals(entry.getValue(), other.weights().get(entry.getKey()))),
        "another seed is another order of batches");
  }

  @Test
  void lossFallsFarBelowGuessing() {
    List<Pretrainer.Report> reports = run(RECIPE, 40).reports();
    assertEquals(40, reports.size());
    assertTrue(reports.get(0).loss() > 3.5, "first loss " + reports.get(0).loss());
    assertTrue(reports.get(39).loss() < 2, "last loss " + reports.get(39).loss());
  }

  @Test
  void listenerStopsItAndHearsOfAllTokens() {
    List<Pretrainer.Report> reports = run(RECIPE, 16).reports();
    assertEquals(16, reports.size());
    // One bucket of 16 batches holds examples 0 to 127, 32 of each length from 5 to 8.
    assertEquals(32 * (5 + 6 + 7 + 8), reports.get(15).tokens());
  }

  @Test
  void stepsLeaveNothingBehind() {
    try (Policy policy = Policy.random(TinyModels.multiHead(), 7, "cpu")) {
      List<Integer> held = new ArrayList<>();
      new Pretrainer(policy, RECIPE, PretrainerTest::example)
          .run(
              report -> {
                held.add(NativeArrays.heldBy(policy));
                return report.step() < 5;
              });
      assertEquals(1, held.stream().distinct().count(), "arrays held after each step: " + held);
    }
  }
}

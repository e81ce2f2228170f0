package rft.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PretrainRecipeTest {
  private static PretrainRecipe recipe(int steps, double rate, int warmup) {
    return new PretrainRecipe(1, steps, 8, rate, warmup, 0.1, 0.05, 2);
  }

  @Test
  void rateWarmsUpStaysFlatAndFallsToFivePercent() {
    PretrainRecipe recipe = recipe(100, 0.01, 10);
    assertEquals(0.001, recipe.learningRateAt(1), 1e-12);
    assertEquals(0.01, recipe.learningRateAt(10), 1e-12);
    assertEquals(0.01, recipe.learningRateAt(60), 1e-12);
    assertEquals(0.01 * (1 - 0.95 * 0.5), recipe.learningRateAt(80), 1e-12);
    assertEquals(0.01 * 0.05, recipe.learningRateAt(100), 1e-12);
  }

  @Test
  void withoutWarmupTheFirstStepHasTheFullRate() {
    assertEquals(0.01, recipe(100, 0.01, 0).learningRateAt(1), 1e-12);
  }

  @Test
  void recipeThatTrainsNothingIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> recipe(0, 0.01, 0));
    assertThrows(IllegalArgumentException.class, () -> recipe(1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> recipe(1, Double.NaN, 0));
  }
}

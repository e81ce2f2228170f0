package rft.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import rft.dataset.Task;
import rft.policy.SampledTokens;
import rft.prompt.Prompt;
import rft.prompt.Tokens;
import rft.reward.Completion;

class TokenMaskTest {
  @Test
  void countsTheTokensThatTrain() {
    TokenMask mask = TokenMask.of(true, false, true, false);
    assertEquals(4, mask.length());
    assertEquals(2, mask.count());
    assertTrue(mask.at(2));
    assertFalse(mask.at(3));
    assertEquals(3, TokenMask.all(3).count());
  }

  @Test
  void equalMasksCoverEquallyManyTokens() {
    assertEquals(TokenMask.all(2), TokenMask.of(true, true));
    assertEquals(TokenMask.all(2).hashCode(), TokenMask.of(true, true).hashCode());
    assertNotEquals(TokenMask.of(true), TokenMask.of(true, false));
  }

  @Test
  void rolloutNeedsAMaskOfItsLength() {
    SampledTokens tokens = SampledTokens.given(4, 5, 6);
    Completion text = Completion.of("x");
    assertEquals(3, new Rollout(0, tokens, TokenMask.all(3), text).mask().count());
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> new Rollout(0, tokens, TokenMask.all(2), text));
    assertEquals("mask of 2 for a rollout of 3 tokens", error.getMessage());
  }

  @Test
  void groupNeedsARollout() {
    Prompt prompt = new Prompt(Task.of("t7", "p", "r"), "p", Tokens.of(1));
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> new RolloutGroup(0, prompt, List.of()));
    assertEquals("group of task t7 has no rollouts", error.getMessage());
  }
}

package rft.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import rft.dataset.Task;
import rft.prompt.Prompt;
import rft.prompt.TextTokenizer;
import rft.prompt.Tokens;
import rft.reward.FinishReason;
import rft.rollout.Rollout;
import rft.rollout.RolloutGroup;

class ReferenceSourceTest {
  private static TextTokenizer tokenizer;

  @BeforeAll
  static void open() {
    tokenizer = TextTokenizer.load(BundledModel.FOLDER);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  private static Prompt prompt(String id, String reference) {
    return new Prompt(Task.of(id, "p", reference), "p", Tokens.of(1, 2));
  }

  @Test
  void everyGroupIsTheReferenceAnswerWithItsEndToken() {
    List<RolloutGroup> groups =
        new ReferenceSource(tokenizer).sample(List.of(prompt("a", "41"), prompt("b", "7")), 3);
    assertEquals(2, groups.size());
    assertEquals(1, groups.get(1).position());
    Rollout rollout = groups.get(0).rollouts().get(0);
    int end = tokenizer.endTokens().iterator().next();
    assertArrayEquals(
        tokenizer.encode("41").concat(Tokens.of(end)).toArray(), rollout.tokens().tokens());
    assertEquals("41", rollout.completion().text());
    assertEquals(FinishReason.STOP, rollout.completion().finishReason());
    assertEquals(rollout.tokens().length(), rollout.mask().count());
    assertTrue(Float.isNaN(rollout.tokens().logProbs()[0]), "nobody drew these tokens");
  }

  @Test
  void taskWithoutReferenceIsNamed() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new ReferenceSource(tokenizer)
                    .sample(List.of(prompt("a", "41"), prompt("q17", "")), 1));
    assertEquals(
        "task q17 has no reference_answer: supervised tuning needs one in every row",
        error.getMessage());
  }
}

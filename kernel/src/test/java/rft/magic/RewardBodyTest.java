package rft.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RewardBodyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "boolean right(String completion) { return true; }",
        "@Weight(0.1)\ndouble brief(String completion,\n    String answer) throws Exception {"
      })
  void methodsStandInAClass(String body) {
    assertEquals("class Reward { ", RewardBody.prefix(body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"return completion.length();", "int n = 3; if (n > 2) { return 1; }"})
  void statementsStandInAMethod(String body) {
    assertTrue(RewardBody.prefix(body).startsWith("Object reward("));
  }

  @Test
  void aLongTextInARewardDoesNotHoldTheEditorUp() {
    String shots = "Question (see the list) and the answer (a) or maybe (b)\n".repeat(2_000);
    String body = "String prompt = \"\"\"\n" + shots + "\"\"\";\nreturn 1;";
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> assertTrue(RewardBody.prefix(body).startsWith("Object reward(")));
  }
}

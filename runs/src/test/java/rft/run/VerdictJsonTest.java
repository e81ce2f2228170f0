package rft.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rft.reward.Abstain;
import rft.reward.Failure;
import rft.reward.Score;
import rft.reward.Verdict;

class VerdictJsonTest {
  @Test
  void eachVerdictIsReadAsItWasWritten() {
    for (Verdict verdict :
        List.of(
            new Score(0.5, Map.of("form", 1.0), "fine", 0.01),
            new Abstain("no reference"),
            new Failure(Failure.Kind.TIMEOUT, "too slow"),
            new Failure(Failure.Kind.UNREADABLE, "prose", 0.01))) {
      assertEquals(verdict, VerdictJson.read(VerdictJson.write(verdict)));
    }
  }

  @Test
  void aFailureThatCostNothingSaysNothingOfIt() {
    assertFalse(VerdictJson.write(new Failure(Failure.Kind.TIMEOUT, "too slow")).has("cost_usd"));
  }
}

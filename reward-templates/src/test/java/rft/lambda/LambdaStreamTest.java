package rft.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import rft.reward.Completion;
import rft.reward.Verdict;

final class LambdaStreamTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final ByteArrayOutputStream replies = new ByteArrayOutputStream();

  @Test
  void eventsOneAfterTheOtherAreAnsweredLineByLineWithTheSameBits() throws Exception {
    List<Completion> group = TestRewards.group();
    LambdaEvent event = LambdaEvent.of(TestRewards.TASK, group);
    List<Verdict> local = TestRewards.thirds().load().score(TestRewards.TASK, group);

    LambdaStream.Tally tally =
        answer(event.toJson(EventShape.STANDARD) + "\n[\n]\n" + event.toJson(EventShape.TOP_LEVEL));

    List<String> lines = replies.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(new LambdaStream.Tally(3, 0, false), tally);
    assertEquals(3, lines.size());
    assertEquals("[]", lines.get(1));
    for (String line : List.of(lines.get(0), lines.get(2))) {
      assertEquals(TestRewards.plain(local), LambdaReply.verdicts(line, event));
    }
  }

  @Test
  void afterWhatIsNoEventItGoesOn() throws Exception {
    assertEquals(new LambdaStream.Tally(2, 1, false), answer("{\"a\":1} []"));
  }

  @Test
  void afterWhatIsNotJsonItEndsWithAnError() throws Exception {
    assertEquals(new LambdaStream.Tally(2, 1, true), answer("[] [} []"));
    String last = replies.toString(StandardCharsets.UTF_8).lines().toList().get(1);
    assertTrue(last.contains("event 2 is not JSON"), last);
  }

  private LambdaStream.Tally answer(String events) throws Exception {
    try (LambdaFunction function = new LambdaFunction(TestRewards.thirds(), LIMIT, 1)) {
      return LambdaStream.answer(
          function, new ByteArrayInputStream(events.getBytes(StandardCharsets.UTF_8)), replies);
    }
  }
}

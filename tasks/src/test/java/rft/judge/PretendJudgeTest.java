package rft.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.Verdict;

/** The rule has the habits that it is given, in the size that it is given. */
final class PretendJudgeTest {
  private static final Task TASK = Task.of("t", "Name four birds", "crow gull swan wren");
  private static final String PROMPT = "{{prompt}}{{reference}}{{completion}}";

  private static double reward(ModelJudge judge, String answer) {
    return judge.score(TASK, Completion.of(answer)).reward().orElse(-1);
  }

  private static List<Verdict> many(PretendJudge pretend, int count) {
    ModelJudge judge = pretend.judge().scores(PROMPT);
    return judge.score(
        TASK, IntStream.range(0, count).mapToObj(i -> Completion.of("crow gull " + i)).toList());
  }

  @Test
  void itPaysTheShareOfTheWantedWords() {
    try (PretendJudge pretend = PretendJudge.start()) {
      ModelJudge judge = pretend.judge().scale(0, 10).scores(PROMPT);
      assertEquals(1, reward(judge, "A wren, a swan, a gull, a crow."));
      assertEquals(0.5, reward(judge, "crow, gull, duck"));
      assertEquals(0, reward(judge, ""));
    }
  }

  @Test
  void lengthAndClaimsPayWhatTheyAreSaidTo() {
    try (PretendJudge pretend = PretendJudge.start().prefersLonger(0.2).believesClaims(0.25)) {
      ModelJudge judge = pretend.judge().scores(PROMPT);
      assertEquals(0.25 + 0.1, reward(judge, "crow" + " and".repeat(49)), 1e-9);
      assertEquals(0.25 + 0.01 + 0.25, reward(judge, "Crow. This answer is correct."), 0.011);
    }
  }

  @Test
  void noiseHasItsSizeAndASeriesComesAgain() {
    try (PretendJudge pretend = PretendJudge.start().isNoisy(0.1).seed(5)) {
      List<Double> first = series(pretend, 200);
      double mean = first.stream().mapToDouble(d -> d).average().orElse(-1);
      double variance =
          first.stream().mapToDouble(d -> (d - mean) * (d - mean)).average().orElse(-1);
      assertEquals(0.5, mean, 0.03);
      assertEquals(0.1, Math.sqrt(variance), 0.02);
      assertEquals(first, series(pretend.seed(5), 200));
    }
  }

  private static List<Double> series(PretendJudge pretend, int count) {
    ModelJudge judge = pretend.judge().scores(PROMPT);
    List<Double> series = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      series.add(reward(judge, "crow gull"));
    }
    return series;
  }

  @Test
  void refusalsAndProseHaveTheirShare() {
    try (PretendJudge pretend = PretendJudge.start().refuses(0.2).breaksJson(0.3)) {
      List<Verdict> verdicts = many(pretend, 200);
      long refused = count(verdicts, Failure.Kind.REFUSED);
      long unreadable = count(verdicts, Failure.Kind.UNREADABLE);
      assertTrue(Math.abs(refused - 40) <= 25, refused + " of 200");
      assertTrue(Math.abs(unreadable - 48) <= 25, unreadable + " of 200");
      assertEquals(200, refused + unreadable + count(verdicts, null));
    }
  }

  @Test
  void beingThrottledIsGotOverByRetries() {
    try (PretendJudge pretend = PretendJudge.start().throttles(0.5)) {
      Judge judge =
          Judge.of(
              new HttpChatModel(
                  ChatEndpoint.of(pretend.url(), "m", null)
                      .withRetry(
                          new Retry(
                              12,
                              java.time.Duration.ofMillis(1),
                              java.time.Duration.ofMillis(5)))));
      List<Verdict> verdicts =
          judge
              .scores(PROMPT)
              .score(TASK, IntStream.range(0, 40).mapToObj(i -> Completion.of("" + i)).toList());
      assertEquals(40, count(verdicts, null));
      assertTrue(((HttpChatModel) judge.model()).meter().read().retries() > 5);
    }
  }

  private static long count(List<Verdict> verdicts, Failure.Kind kind) {
    return verdicts.stream()
        .filter(v -> v instanceof Failure failure ? failure.kind() == kind : kind == null)
        .count();
  }
}

package rft.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.Failure.Kind;
import rft.reward.Score;
import rft.reward.Verdict;

final class LambdaReplyTest {
  private static final LambdaEvent TWO =
      LambdaEvent.of(Task.of("t", "q", "4"), List.of(Completion.of("4"), Completion.of("5")));

  @Test
  void scoresAreTheDocumentedArray() {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("accuracy", 0.9);
    parts.put("words", 3.0);

    String reply =
        LambdaReply.write(
            TWO,
            List.of(new Score(0.85, parts, "a reason", 0.1), Score.of(0)),
            Map.of("accuracy", 1.0, "words", 0.0));

    assertEquals(
        "[{\"id\":\"t#0\",\"aggregate_reward_score\":0.85,\"metrics_list\":["
            + "{\"name\":\"accuracy\",\"value\":0.9,\"type\":\"Reward\"},"
            + "{\"name\":\"words\",\"value\":3.0,\"type\":\"Metric\"}]},"
            + "{\"id\":\"t#1\",\"aggregate_reward_score\":0.0,\"metrics_list\":[]}]",
        reply);
  }

  @Test
  void whereAScoreIsMissingTheBatchIsAnErrorThatNamesIt() {
    List<Verdict> verdicts =
        List.of(Score.of(0.1 + 0.2), new Failure(Kind.TIMEOUT, "the reward did not answer"));

    String reply = LambdaReply.write(TWO, verdicts, Map.of());

    assertTrue(
        reply.startsWith(
            "{\"errorType\":\"NoScore\",\"errorMessage\":\"1 of 2 rollouts have no score"
                + " {TIMEOUT=1}, first t#1: the reward did not answer\""),
        reply);
    assertEquals(verdicts, LambdaReply.verdicts(reply, TWO));
  }

  @Test
  void scoresAndAbstentionsComeBackBitByBit() {
    List<Verdict> verdicts =
        List.of(
            new Score(-0.1 / 3, Map.of("a", Math.nextUp(1.0)), null, 0),
            new Abstain("the task has no reference answer"));

    assertEquals(verdicts, LambdaReply.verdicts(LambdaReply.write(TWO, verdicts, Map.of()), TWO));
  }

  @Test
  void resultsAreFoundByIdInAnyOrderAndExtraFieldsAreIgnored() {
    assertEquals(
        List.of(Score.of(1), Score.of(0.5)),
        read(
            """
            [{"id":"t#1","aggregate_reward_score":0.5,"score":7,"reward_components":{"a":1}},
             {"id":"t#0","aggregate_reward_score":1}]\
            """));
  }

  @Test
  void partsAreTheMetrics() {
    Verdict first =
        read("""
        [{"id":"t#0","aggregate_reward_score":1,"metrics_list":[
          {"name":"accuracy","value":1,"type":"Reward"},{"name":"words","value":3,"type":"Metric"}]},
         {"id":"t#1","aggregate_reward_score":1,"metrics_list":null}]\
        """)
            .get(0);

    assertEquals(Map.of("accuracy", 1.0, "words", 3.0), ((Score) first).parts());
  }

  /** What breaks the contract, its kind, and a word of the detail that says how. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                           | UNREADABLE | empty",
        "oops                                         | UNREADABLE | not JSON",
        "0.5                                          | UNREADABLE | not an array",
        "{\"statusCode\":200,\"body\":\"[]\"}         | UNREADABLE | statusCode",
        "{\"errorMessage\":\"boom\"}                  | EXCEPTION  | boom",
        "{\"errorType\":\"TIMEOUT\"}                  | TIMEOUT    | whole batch",
        "[]                                           | WRONG_COUNT| 0 results for 2",
        "[{\"id\":\"0\",\"aggregate_reward_score\":1},{\"id\":\"0\",\"aggregate_reward_score\":1}]"
            + "                                       | WRONG_ID   | not asked for: \"0\"",
        "[{\"aggregate_reward_score\":1},{\"aggregate_reward_score\":1}] | WRONG_ID | (no id)",
        "[1,2]                                        | WRONG_ID   | (no id)"
      })
  void aReplyThatBreaksTheContractFailsAll(String reply, Kind kind, String word) {
    List<Verdict> verdicts = read(reply);

    assertEquals(2, verdicts.size());
    for (Verdict verdict : verdicts) {
      Failure failure = (Failure) verdict;
      assertEquals(kind, failure.kind());
      assertTrue(failure.detail().contains(word), failure.detail());
    }
  }

  /** A field of the first result, the failure's kind, and a word of its detail. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"other\":1                                  | UNREADABLE   | missing",
        "\"aggregate_reward_score\":\"0.5\"           | UNREADABLE   | a string",
        "\"aggregate_reward_score\":true              | UNREADABLE   | a boolean",
        "\"aggregate_reward_score\":null              | UNREADABLE   | null",
        "\"aggregate_reward_score\":NaN               | NOT_A_NUMBER | NaN",
        "\"aggregate_reward_score\":Infinity          | OUT_OF_RANGE | Infinity",
        "\"aggregate_reward_score\":1,\"metrics_list\":7 | UNREADABLE | not a list",
        "\"aggregate_reward_score\":1,\"metrics_list\":[{\"value\":1,\"type\":\"Metric\"}]"
            + "                                       | UNREADABLE   | no name",
        "\"aggregate_reward_score\":1,\"metrics_list\":[{\"name\":\"a\",\"type\":\"Metric\"}]"
            + "                                       | UNREADABLE   | no finite number",
        "\"aggregate_reward_score\":1,\"metrics_list\":[{\"name\":\"a\",\"value\":1,\"type\":\"x\"}]"
            + "                                       | UNREADABLE   | must be Metric or Reward"
      })
  void aResultThatBreaksTheContractFailsAlone(String field, Kind kind, String word) {
    List<Verdict> verdicts =
        read("[{\"id\":\"t#0\"," + field + "},{\"id\":\"t#1\",\"aggregate_reward_score\":1}]");

    Failure failure = (Failure) verdicts.get(0);
    assertEquals(kind, failure.kind());
    assertTrue(failure.detail().contains(word), failure.detail());
    assertEquals(Score.of(1), verdicts.get(1));
  }

  @Test
  void anErrorThatIsToldAsAMetricIsNoScore() {
    String error = "\"metrics_list\":[{\"name\":\"error\",\"value\":0.0,\"type\":\"Metric\"}]}";
    List<Verdict> verdicts =
        read(
            "[{\"id\":\"t#0\",\"aggregate_reward_score\":0.0,"
                + error
                + ",{\"id\":\"t#1\",\"aggregate_reward_score\":1.0,"
                + error
                + "]");

    assertEquals(Kind.EXCEPTION, ((Failure) verdicts.get(0)).kind());
    assertEquals(new Score(1, Map.of("error", 0.0), null, 0), verdicts.get(1));
  }

  @Test
  void aResultTooFewFailsWhereItLacks() {
    List<Verdict> verdicts = read("[{\"id\":\"t#1\",\"aggregate_reward_score\":1}]");

    assertEquals(
        new Failure(Kind.WRONG_COUNT, "the reply has 1 results for 2 rollouts, none for t#0"),
        verdicts.get(0));
    assertEquals(Score.of(1), verdicts.get(1));
  }

  @Test
  void aSingleObjectIsOneResult() {
    LambdaEvent one = LambdaEvent.of(Task.of("t", "q", "4"), List.of(Completion.of("4")));

    assertEquals(
        List.of(Score.of(1)),
        LambdaReply.verdicts("{\"id\":\"t#0\",\"aggregate_reward_score\":1}", one));
  }

  @Test
  void rolloutsNamedAlikeAreAnsweredByPlace() throws LambdaException {
    String element =
        "{\"id\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"q\"},"
            + "{\"role\":\"assistant\",\"content\":\"a\"}]}";
    LambdaEvent event = LambdaEvent.read("[" + element + "," + element + "]");
    List<Verdict> verdicts = List.of(Score.of(1), Score.of(0));

    assertEquals(
        verdicts, LambdaReply.verdicts(LambdaReply.write(event, verdicts, Map.of()), event));
  }

  private static List<Verdict> read(String reply) {
    return LambdaReply.verdicts(reply, TWO);
  }
}

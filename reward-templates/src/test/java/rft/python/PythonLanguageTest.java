package rft.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rft.dataset.Message;
import rft.dataset.Task;
import rft.reward.CompileProblem;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.Judgement;
import rft.reward.RewardCompileException;
import rft.reward.RewardJudge;
import rft.reward.RewardLanguage;
import rft.reward.RewardUnit;
import rft.reward.Score;
import rft.reward.Verdict;
import rft.sandbox.NoSandboxException;
import rft.sandbox.Sandboxes;

final class PythonLanguageTest {
  private static final Task TASK = Task.of("t", "How much is 2 + 2?", "4");

  /** As such files are written for the service. */
  private static final String HANDLER =
      """
      import json
      from dataclasses import asdict, dataclass
      from typing import List

      @dataclass
      class RewardOutput:
          id: str
          aggregate_reward_score: float
          metrics_list: list

      def lambda_handler(event, context):
          print("scoring", len(event), "samples for", context.aws_request_id)
          outputs: List[RewardOutput] = []
          for sample in event:
              said = sample["messages"][-1]["content"]
              truth = sample["metadata"]["reference_answer"]
              right = 1.0 if said.split("#### ")[-1] == truth else 0.0
              brief = 1.0 if len(said) < 20 else 0.0
              outputs.append(RewardOutput(sample["id"], 0.75 * right + 0.25 * brief, [
                  {"name": "right", "value": right, "type": "Reward"},
                  {"name": "brief", "value": brief, "type": "Metric"}]))
          return [asdict(o) for o in outputs]
      """;

  @BeforeAll
  static void requireSandbox() throws InterruptedException {
    try {
      Sandboxes.standard();
    } catch (NoSandboxException e) {
      if (System.getenv().getOrDefault("RFT_REQUIRE_PYTHON", "").equals("1")) {
        fail(e);
      }
      Assumptions.abort(e.getMessage());
    }
  }

  private static List<Verdict> score(String source, Task task, String... completions) {
    RewardUnit unit = RewardUnit.of(RewardLanguage.named("python"), "my", source);
    try (RewardJudge judge = new RewardJudge(unit.load(), Duration.ofSeconds(20))) {
      return judge.judge(task, Stream.of(completions).map(Completion::of).toList()).stream()
          .map(Judgement::verdict)
          .toList();
    }
  }

  private static Failure failure(String source, String... completions) {
    Verdict verdict =
        score(source, TASK, completions.length == 0 ? new String[] {"4"} : completions).get(0);
    return (Failure) verdict;
  }

  @Test
  void anUnchangedLambdaFunctionScoresAGroup() {
    assertEquals(
        List.of(
            new Score(1, Map.of("right", 1.0, "brief", 1.0), null, 0),
            new Score(0.25, Map.of("right", 0.0, "brief", 1.0), null, 0)),
        score(HANDLER, TASK, "#### 4", "#### 5"));
  }

  @Test
  void aGraderScoresEachCompletion() {
    String grader =
        """
        def grade(sample, item):
            return 0.5 * (sample["output_text"] == item["reference_answer"])
        """;
    assertEquals(
        List.of(0.5, 0.0),
        score(grader, TASK, "4", "5").stream().map(v -> ((Score) v).value()).toList());
  }

  @Test
  void aRewardTakesPlainValuesByTheirNames() throws Exception {
    ObjectNode attributes = JsonNodeFactory.instance.objectNode().put("level", 3);
    Task task =
        new Task(
            "t7",
            List.of(Message.user("How much?")),
            new ObjectMapper().readTree("{\"final\": 4}"),
            attributes);
    String source =
        """
        def reward(rollout, task, answer, prompt, completion="x", strict=True):
            assert answer == '{"final":4}' and prompt == "How much?" and strict
            assert rollout["finish_reason"] == "stop" and rollout["messages"][0]["content"] == "4"
            return {"score": task["level"] * task["reference_answer"]["final"], "long": len(completion),
                    "first": True, "reason": task["id"]}
        """;
    assertEquals(
        List.of(new Score(12, Map.of("long", 1.0, "first", 1.0), "t7", 0)),
        score(source, task, "4"));
    assertEquals(
        List.of(Score.of(1), Score.of(0)),
        score("def reward(completion): return completion == '4'", TASK, "4", "5"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "return [{'id': '0', 'aggregate_reward_score': 0.0}]|WRONG_ID|not asked for",
        "return []|WRONG_COUNT|0 results for 1 rollouts",
        "return [{'id': event[0]['id'], 'aggregate_reward_score': float('nan')}]|NOT_A_NUMBER|NaN",
        "return [{'id': event[0]['id'], 'aggregate_reward_score': float('inf')}]|OUT_OF_RANGE|Inf",
        "return [{'id': event[0]['id'], 'aggregate_reward_score': '1'}]|UNREADABLE|not a number",
        "return {1, 2}|UNREADABLE|set",
        "return event[0]['metadata']['reference_answer'].get('text')|EXCEPTION|my.py line 3",
        "import os; os._exit(1)|WORKER_DIED|exit code 1",
        "import boto3|EXCEPTION|there is no network in the sandbox",
        "import socket; socket.create_connection(('10.0.0.1', 80))|EXCEPTION|no network"
      })
  void whateverBreaksTheContractIsATypedFailure(String body, Failure.Kind kind, String says) {
    Failure failure = failure("def lambda_handler(event, context):\n  pass\n  " + body + "\n");

    assertEquals(kind, failure.kind(), failure.detail());
    assertTrue(failure.detail().contains(says), failure.detail());
  }

  @Test
  void aHandlerThatHangsCostsItsTimeAndTheNextGroupIsScored() {
    String source =
        "def reward(completion):\n  while completion == 'hang': pass\n  return len(completion)\n";
    RewardUnit unit = RewardUnit.of(RewardLanguage.named("python"), "slow", source);
    try (RewardJudge judge = new RewardJudge(unit.load(), Duration.ofSeconds(2))) {
      Verdict hung = judge.judge(TASK, List.of(Completion.of("hang"))).get(0).verdict();
      Verdict next = judge.judge(TASK, List.of(Completion.of("abc"))).get(0).verdict();

      assertEquals(Failure.Kind.TIMEOUT, ((Failure) hung).kind());
      assertEquals(Score.of(3), next);
    }
  }

  @Test
  void whatARewardReturnsMustBeANumber() {
    assertEquals(Failure.Kind.EXCEPTION, failure("def reward(completion): pass").kind());
    assertEquals(
        "the part a is \"x\": return a number on every path",
        failure("def reward(completion): return {'score': 1, 'a': 'x'}").detail());
    assertEquals(
        Failure.Kind.NOT_A_NUMBER, failure("def reward(completion): return float('nan')").kind());
    assertEquals(
        Failure.Kind.OUT_OF_RANGE, failure("def reward(completion): return 10 ** 300").kind());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x = (|1|5|SyntaxError: '(' was never closed",
        "def score(a): return 1|1|1|it has no function that makes it a reward:"
            + " lambda_handler(event, context)",
        "# one;def grade(sample): return 1|2|1|grade must be grade(sample, item)",
        "def reward(completion, truth): return 1|1|1|reward has an argument truth; it can take"
            + " completion, answer"
      })
  void aFileThatIsNoRewardIsRefusedAtItsLine(
      String source, long line, long column, String message) {
    RewardCompileException refused =
        assertThrows(
            RewardCompileException.class,
            () -> RewardUnit.of(RewardLanguage.named("python"), "x", source.replace(';', '\n')));

    CompileProblem problem = refused.problems().get(0);
    assertEquals(line, problem.line());
    assertEquals(column, problem.column());
    assertTrue(problem.message().startsWith(message), problem.message());
  }

  @Test
  void nothingOfAFileRunsBeforeItScores() {
    RewardUnit.of(
        RewardLanguage.named("python"), "x", "raise SystemExit\ndef reward(completion): return 1");
  }

  @Test
  void theSourceSurvivesByteForByte(@TempDir Path folder) throws Exception {
    String source = "\ufeffdef reward(completion):\r\n  return '\u00e4\ud83d\ude00' in completion";
    RewardUnit unit = RewardUnit.of(RewardLanguage.named("python"), "odd", source);
    unit.writeJar(folder.resolve("odd.jar"));

    assertEquals(source, RewardUnit.readJar(folder.resolve("odd.jar")).source());
    assertEquals(List.of(Score.of(1)), score(source, TASK, "\u00e4\ud83d\ude00"));
  }
}

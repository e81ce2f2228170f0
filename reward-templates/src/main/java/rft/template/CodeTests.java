package rft.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.FinishReason;
import rft.reward.RewardFunction;
import rft.reward.Score;
import rft.reward.Verdict;
import rft.sandbox.CodeTest;
import rft.sandbox.Limits;
import rft.sandbox.NoSandboxException;

/**
 * Rewards a completion whose code compiles and passes the row's tests.
 *
 * <p>Pays 1 if every test passes, else 0, or as an option the share that passes. The code is the
 * last fenced block, or the whole text where there is none. The row's {@code tests}, or {@code
 * test_list}, is a list: a text is Python statements that must not raise, such as {@code assert
 * add(1, 2) == 3}; an object with {@code input} and {@code output} runs the code as a program and
 * compares what it prints. {@code language} is {@code python} or {@code java}, whose class stands
 * in one file and is tested by what it prints. The code runs in the sandbox, never here; without a
 * sandbox the verdict is a failure. A row without tests is abstained from.
 *
 * <p>Does not catch code that is right for the tests alone: few tests, or ones that the prompt
 * shows, are paid by a table of their answers. Nor does it catch slow code within the time limit.
 */
public final class CodeTests implements RewardFunction {
  /** Whether one failed test costs everything; false pays the share that passes. */
  private static final boolean ALL = true;

  /** The language of rows that do not say: {@code python} or {@code java}. */
  private static final String LANGUAGE = "python";

  /** Seconds that each test may take. */
  private static final int SECONDS = 5;

  private static final Pattern FENCE = Pattern.compile("(?s)```[\\w+-]*[ \\t]*\\n(.*?)\\n?```");

  /** Makes the reward. */
  public CodeTests() {}

  @Override
  public Verdict score(Task task, Completion completion) {
    List<CodeTest> tests = tests(task.attributes());
    if (tests.isEmpty()) {
      return new Abstain("the row has no tests");
    }
    String code = code(completion.text());
    if (code.isBlank() || completion.finishReason() == FinishReason.LENGTH) {
      return Score.of(0, code.isBlank() ? "no code" : "cut off");
    }
    String language = task.attributes().path("language").asText(LANGUAGE);
    try {
      rft.sandbox.CodeTests runner =
          rft.sandbox.CodeTests.standard(Limits.standard().withTime(Duration.ofSeconds(SECONDS)));
      rft.sandbox.CodeTests.Result result =
          switch (language) {
            case "python" -> runner.python(code, tests);
            case "java" -> runner.java(code, tests);
            default ->
                throw new IllegalArgumentException(
                    "language (" + language + ") must be python or java");
          };
      String reason =
          result.passed()
              + " of "
              + result.total()
              + " tests pass"
              + (result.why().isEmpty() ? "" : "; " + result.why().get(0));
      boolean all = result.passed() == result.total();
      return new Score(
          all ? 1 : ALL ? 0 : result.share(), Map.of("passed", result.share()), reason, 0);
    } catch (NoSandboxException e) {
      return new Failure(Failure.Kind.NO_SANDBOX, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Failure(Failure.Kind.WORKER_DIED, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Failure(Failure.Kind.TIMEOUT, "stopped while the tests ran");
    }
  }

  private static List<CodeTest> tests(JsonNode row) {
    List<CodeTest> tests = new ArrayList<>();
    for (JsonNode test : row.has("tests") ? row.path("tests") : row.path("test_list")) {
      if (test.isTextual()) {
        tests.add(CodeTest.holds(test.textValue()));
      } else if (test.has("output")) {
        tests.add(CodeTest.prints(test.path("input").asText(), test.path("output").asText()));
      } else {
        throw new IllegalArgumentException(
            "a test (" + test + ") must be Python statements, or an object with input and output");
      }
    }
    return tests;
  }

  private static String code(String text) {
    Matcher fence = FENCE.matcher(text);
    String code = text;
    while (fence.find()) {
      code = fence.group(1);
    }
    return code;
  }
}

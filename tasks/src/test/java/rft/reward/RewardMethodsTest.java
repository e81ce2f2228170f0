package rft.reward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rft.dataset.Task;

/** Rewards written as whole methods, without a class around them. */
final class RewardMethodsTest {
  private static final Task TASK = Task.of("t", "2+2?", "4");
  private static final String PARTS =
      """
      import java.time.Duration;

      // two parts and a metric
      boolean correct(String completion, String answer) {
        return last(completion).equals(answer);
      }

      @Weight(0.5)
      double brief(String completion) {
        return completion.length() <= 3 ? 1 : 0;
      }

      @Weight(0)
      static Verdict asked(Task task, Completion rollout) {
        return Score.of(task.promptText().length() + rollout.text().length());
      }

      private String last(String text) {
        return text.substring(text.lastIndexOf(' ') + 1);
      }
      """;

  private static RewardUnit compile(String source) {
    return new RewardCompiler().compile("r", source);
  }

  private static Verdict score(RewardUnit unit, String completion) {
    return unit.load().score(TASK, List.of(Completion.of(completion))).get(0);
  }

  private static CompileProblem problem(String source) {
    return assertThrows(RewardCompileException.class, () -> compile(source)).problems().get(0);
  }

  @Test
  void partsOfACellCombineAsItsAnnotationsSay() {
    String source =
        """
        @Combine(value = PRODUCT, atMost = 2)
        @Gate boolean tagged(String completion) { return completion.startsWith("<"); }
        @Range(low = 10, high = 0) int length(String completion) { return completion.length(); }
        @Weight(4) double right(String completion, String answer) {
          return completion.endsWith(answer) ? 1 : 0.25;
        }
        """;
    RewardUnit unit = new RewardCompiler().compile("r", source);
    assertEquals(Map.of(), unit.weights());
    GroupReward reward = unit.load();
    Task task = Task.of("t", "p", "a");
    List<Completion> group = Stream.of("<2345", "<234a", "1234a", "<").map(Completion::of).toList();
    List<Double> values = reward.score(task, group).stream().map(v -> ((Score) v).value()).toList();
    assertEquals(List.of(0.5, 2.0, 0.0, 0.9), values);
  }

  @Test
  void twoWordsOnHowToCombineAreOneTooMany() {
    CompileProblem twice =
        problem(
            """
            @Combine(MIN) double a(String c) { return 1; }
            @Combine(SUM) double b(String c) { return 1; }
            """);
    assertTrue(twice.message().contains("say it once"), twice.message());
    assertEquals(2, twice.line());
    CompileProblem range = problem("@Range(low = 1, high = 1) double a(String c) { return 1; }");
    assertTrue(range.message().contains("1.0 to 1.0"), range.message());
  }

  @Test
  void eachMethodThatIsNotPrivateIsAPart() {
    RewardUnit unit = compile(PARTS);
    assertEquals(Map.of("asked", 0.0, "brief", 0.5, "correct", 1.0), unit.weights());
    Score right = assertInstanceOf(Score.class, score(unit, "= 4"));
    assertEquals(1.5, right.value());
    assertEquals(Map.of("asked", 7.0, "brief", 1.0, "correct", 1.0), right.parts());
    Score wrong = assertInstanceOf(Score.class, score(unit, "it is 5"));
    assertEquals(0, wrong.value());
  }

  @Test
  void partsSurviveTheJar(@TempDir Path folder) throws IOException {
    RewardUnit unit = compile(PARTS);
    unit.writeJar(folder.resolve("r.jar"));
    RewardUnit read = RewardUnit.readJar(folder.resolve("r.jar"));
    assertEquals(unit.weights(), read.weights());
    assertEquals(score(unit, "4"), score(read, "4"));
  }

  @Test
  void aMethodCalledRewardIsTheWholeReward() {
    RewardUnit unit =
        compile(
            """
            double reward(String completion, String answer) { return half(completion, answer); }
            double half(String a, String b) { return a.equals(b) ? 0.5 : 0; }
            """);
    assertEquals(Map.of(), unit.weights());
    assertEquals(Score.of(0.5), score(unit, "4"));
  }

  @Test
  void aMethodCalledRewardMayTakeTheGroup() {
    RewardUnit unit =
        compile(
            """
            List<Verdict> reward(Task task, List<Completion> group) {
              return group.stream().map(c -> (Verdict) Score.of(group.size())).toList();
            }
            """);
    assertEquals(Score.of(1), score(unit, "4"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "boolean reward(String answer, String completion) {"
            + " return answer.equals(\"4\") && completion.equals(\"c\"); }",
        "boolean reward(String prompt, String text) {"
            + " return prompt.equals(\"2+2?\") && text.equals(\"c\"); }",
        "boolean reward(String a, String b, String c) {"
            + " return a.equals(\"c\") && b.equals(\"4\") && c.equals(\"2+2?\"); }",
        "boolean reward(Completion it, String answer, Task t) {"
            + " return it.text().equals(\"c\") && answer.equals(\"4\") && t.id().equals(\"t\"); }",
        "boolean reward(Task answer, String a, String b, String c) { return a.equals(\"c\"); }"
      })
  void textsGoByTheNamesOfTheParameters(String source) {
    assertEquals(Score.of(1), score(compile(source), "c"));
  }

  @Test
  void problemsStandAtTheUsersOwnLines() {
    CompileProblem unknown =
        problem("double a(String c) {\n  return 1;\n}\n\ndouble b(String c) {\n  return lim;\n}");
    assertEquals(List.of(6L, 10L), List.of(unknown.line(), unknown.column()));
    CompileProblem syntax = problem("double a(String c) {\n  int n = 1\n  return n;\n}");
    assertEquals(List.of(2L, 12L), List.of(syntax.line(), syntax.column()));
    assertEquals("';' expected", syntax.message());
    CompileProblem type = problem("double a(String c) {\n  return c;\n}");
    assertEquals(List.of(2L, 10L), List.of(type.line(), type.column()));
  }

  @Test
  void aMethodThatIsNoPartIsNamedAtItsPlace() {
    CompileProblem shape =
        problem("double a(String c) { return 1; }\n\ndouble b(int n) { return n; }");
    assertEquals(List.of(3L, 8L), List.of(shape.line(), shape.column()));
    assertTrue(shape.message().contains("make a method that helps private"), shape.message());
    CompileProblem result = problem("String a(String c) { return c; }");
    assertTrue(result.message().contains("a(..) must return a number"), result.message());
    CompileProblem twice =
        problem("double a(String c) { return 1; }\ndouble a(Task t, Completion c) { return 1; }");
    assertTrue(twice.message().contains("two methods are called a"), twice.message());
    CompileProblem hidden = problem("private double a(String c) { return 1; }");
    assertTrue(hidden.message().contains("every method is private"), hidden.message());
    CompileProblem metrics = problem("@Weight(0) double a(String c) { return 1; }");
    assertTrue(metrics.message().contains("no part with a weight"), metrics.message());
  }

  @Test
  void aPartThatThrowsNamesItselfAndItsLine() {
    RewardUnit unit =
        compile("double a(String c) {\n  throw new IllegalStateException(\"no\");\n}");
    Failure failure = assertInstanceOf(Failure.class, score(unit, "4"));
    assertEquals(
        "part a: the reward threw IllegalStateException: no (a, r.java line 2)", failure.detail());
  }

  @Test
  void recordsAndLambdasLeaveASourceABody() {
    assertEquals(
        Score.of(1),
        score(
            compile(
                "record P(int a) { int twice() { return 2 * a; } }\nreturn new P(2).twice() == 4;"),
            "4"));
  }
}

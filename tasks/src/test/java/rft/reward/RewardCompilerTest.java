package rft.reward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rft.dataset.Task;

final class RewardCompilerTest {
  private static final Task TASK = Task.of("t", "2+2?", "4");
  private static final List<Completion> GROUP = List.of(Completion.of("4"), Completion.of("five"));
  private static final RewardCompiler COMPILER = new RewardCompiler();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return completion.equals(answer);",
        "return completion.equals(answer) ? 1 : 0;",
        "return completion.equals(answer) ? 1.0 : 0.0;",
        "Boolean right = completion.equals(answer); return right;",
        "return Score.of(rollout.text().equals(task.referenceText()) ? 1 : 0);",
        "completion = completion.strip();\nreturn Pattern.matches(\"\\\\d\", completion);",
        "if (prompt.length() != 4) throw new java.io.IOException();\nreturn completion.equals(answer);",
        "import java.time.Duration;\nreturn Duration.ZERO.isZero() && List.of(answer).contains(completion);",
        "record Sum(int a) {}\nreturn completion.equals(\"\" + new Sum(4).a());",
        "return new ObjectMapper().createObjectNode() != null && completion.equals(answer);"
      })
  void aBodyReturnsANumberABooleanOrAVerdict(String body) {
    assertScores(body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        public class Exact implements rft.reward.RewardFunction {
          public rft.reward.Verdict score(rft.dataset.Task t, rft.reward.Completion c) {
            return rft.reward.Score.of(c.text().equals(t.referenceText()) ? 1 : 0);
          }
        }
        """,
        """
        package my.rewards;
        import java.util.*;
        import rft.dataset.*;
        import rft.reward.*;
        public final class Exact implements GroupReward {
          public List<Verdict> score(Task t, List<Completion> g) {
            List<Verdict> v = new ArrayList<>();
            g.forEach(c -> v.add(Score.of(c.text().equals("4") ? 1 : 0)));
            return v;
          }
        }
        """,
        """
        public class Exact {
          public static double reward(String completion, String answer) {
            return completion.equals(answer) ? 1 : 0;
          }
        }
        """,
        "public class Exact { public static boolean reward(String c) { return c.equals(\"4\"); } }",
        """
        public record Exact() {
          public static java.util.List<rft.reward.Verdict> reward(
              rft.dataset.Task t, java.util.List<rft.reward.Completion> g) {
            return java.util.List.of(rft.reward.Score.of(1), rft.reward.Score.of(0));
          }
        }
        """,
        """
        public class Exact {
          public static Integer reward(rft.dataset.Task t, rft.reward.Completion c) {
            return Inner.grade(c.text());
          }
          static class Inner { static int grade(String s) { return "4".equals(s) ? 1 : 0; } }
        }
        class Second {}
        """
      })
  void aUnitImplementsARewardOrHasARewardMethod(String unit) {
    assertScores(unit);
  }

  @Test
  void anUnknownVariableIsNamedAndTheHintSaysSelfContained() {
    CompileProblem problem = problem("int x = 1;\nreturn completion.length() < limit;");
    assertEquals(2, problem.line());
    assertEquals(30, problem.column());
    assertEquals(
        "unknown variable limit; a reward is self-contained and cannot use the variable limit of"
            + " another cell: define it in the reward",
        problem.message());
  }

  @Test
  void anUnknownMethodOfAKnownTypeNamesTheTypeAndTheNearest() {
    assertEquals(
        "unknown method stripp() of java.lang.String; did you mean strip?",
        problem("return completion.stripp().isEmpty();").message());
    assertEquals(
        "unknown method lenght() of java.lang.String; did you mean length?",
        problem("return \"\".lenght();").message());
    assertEquals(
        "unknown variable anwser; did you mean answer?",
        problem("return completion.equals(anwser);").message());
  }

  @Test
  void aMethodThatForgotItsParametersHearsOfThem() {
    String message =
        problem("double exact() { return completion.equals(\"4\") ? 1 : 0; }").message();
    assertTrue(message.startsWith("unknown variable completion; a method takes"), message);
    assertTrue(message.contains("(String completion, String answer"), message);
  }

  @Test
  void placesAreThoseOfTheUsersOwnLines() {
    CompileProblem first = problem("  return lim;");
    assertEquals(List.of(1L, 10L), List.of(first.line(), first.column()));
    CompileProblem imported = problem("\nimport java.util.Lost;\nreturn 1;");
    assertEquals(List.of(2L, 17L), List.of(imported.line(), imported.column()));
    CompileProblem afterImport = problem("import java.time.Duration;\nint a = 1;\nreturn lim;");
    assertEquals(List.of(3L, 8L), List.of(afterImport.line(), afterImport.column()));
    CompileProblem inUnit = problem("package a;\n\npublic class X {\n  int y = z;\n}");
    assertEquals(List.of(4L, 11L), List.of(inUnit.line(), inUnit.column()));
  }

  @Test
  void aSyntaxErrorIsReportedInsideTheUsersText() {
    CompileProblem problem = problem("int x = 1\nreturn x;");
    assertEquals(List.of(1L, 10L), List.of(problem.line(), problem.column()));
    assertEquals("';' expected", problem.message());
    CompileProblem open = problem("if (true) {\n  return 1;\n");
    assertTrue(open.line() <= 3, open.sentence());
  }

  @Test
  void theMessageFitsWhatTheBodyReturns() {
    CompileProblem text = problem("return completion;");
    assertTrue(text.message().contains("String cannot be converted to"), text.message());
    CompileProblem mixed = problem("if (completion.isEmpty()) return false;\nreturn 0.5;");
    assertTrue(mixed.message().startsWith("incompatible types"), mixed.message());
    CompileProblem missing = problem("if (completion.isEmpty()) { return true; }");
    assertTrue(missing.message().startsWith("missing return statement; a reward returns"));
    CompileProblem bare = problem("completion.length() > 3;");
    assertTrue(bare.message().contains("write return ...;"), bare.message());
  }

  @Test
  void everyProblemIsListed() {
    RewardCompileException e =
        assertThrows(
            RewardCompileException.class,
            () -> COMPILER.compile("r", "int a = b;\nint c = d;\nreturn 1;"));
    assertEquals(List.of(1L, 2L), e.problems().stream().map(CompileProblem::line).toList());
    assertTrue(e.getMessage().startsWith("reward r does not compile: line 1, column 9: unknown"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public class X { }|must implement RewardFunction or GroupReward",
        "public class X { public static String reward(String c) { return c; } }|must return",
        "public class X { public static int reward(int c) { return c; } }|must be (String",
        "public class A { } public class B { }|exactly one public class",
        "public class X implements rft.reward.RewardFunction { private X() {} public"
            + " rft.reward.Verdict score(rft.dataset.Task t, rft.reward.Completion c)"
            + " { return null; } }|public constructor without parameters",
        "package rft.reward; public class X { public static int reward(String c) { return 1; }"
            + " }|takes a package of the product",
        "public class X { public static int reward(String c) { return org.junit.Y.z; } }|package"
      })
  void whatIsNoRewardIsACompileProblem(String line) {
    String[] parts = line.split("\\|");
    CompileProblem problem = problem(parts[0]);
    assertTrue(problem.message().contains(parts[1]), problem.message());
  }

  @Test
  void aFailureInARewardNamesTheUsersOwnLine() {
    RewardUnit unit = COMPILER.compile("parse", "int x = 1;\nreturn Integer.parseInt(completion);");
    Failure failure = assertInstanceOf(Failure.class, unit.load().score(TASK, GROUP).get(1));
    assertTrue(failure.detail().endsWith("(reward, parse.java line 2)"), failure.detail());
  }

  @Test
  void aCheckedExceptionIsReportedAsItself() {
    RewardUnit unit =
        COMPILER.compile(
            "io", "if (true) throw new java.io.IOException(\"disk\");\n" + "return 1;");
    Failure failure = assertInstanceOf(Failure.class, unit.load().score(TASK, GROUP).get(0));
    assertTrue(failure.detail().contains("IOException: disk (reward, io.java line 1)"));
  }

  @Test
  void aClassOfTheRewardWinsOverOneOfTheSameNameAround() {
    assertScores(
        "package org.junit.jupiter.api; public class Assertions {"
            + " public static int reward(String c) { return c.equals(\"4\") ? 1 : 0; } }");
  }

  @Test
  void aPublicTypeInsideALocalClassLeavesTheSourceABody() {
    assertScores(
        "class Parser {\n  public static class Sum { int value = 4; }\n}\n"
            + "return completion.equals(\"\" + new Parser.Sum().value);");
  }

  @Test
  void aJavaWithoutCompilerSaysHowToGetOne() {
    String message =
        assertThrows(
                IllegalStateException.class,
                () -> new RewardCompiler(null).compile("r", "return 1;"))
            .getMessage();
    assertTrue(message.contains("install a JDK 17 or later"), message);
  }

  @Test
  void oddNamesStillMakeAClass() {
    assertEquals(
        2, COMPILER.compile("2nd try: größer?", "return 1;").load().score(TASK, GROUP).size());
    assertEquals(
        2, COMPILER.compile("List", "return List.of(1).size();").load().score(TASK, GROUP).size());
  }

  private static void assertScores(String source) {
    assertEquals(
        List.of(Score.of(1), Score.of(0)),
        COMPILER.compile("exact", source).load().score(TASK, GROUP));
  }

  private static CompileProblem problem(String source) {
    RewardCompileException e =
        assertThrows(RewardCompileException.class, () -> COMPILER.compile("r", source));
    return e.problems().get(0);
  }
}

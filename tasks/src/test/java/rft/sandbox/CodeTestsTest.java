package rft.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CodeTestsTest {
  private static final Limits LIMITS = Limits.standard();
  private static CodeTests code;

  @BeforeAll
  static void find() throws InterruptedException {
    code = new CodeTests(Isolation.required(), LIMITS);
  }

  private static CodeTests.Result python(String source, String... tests) throws Exception {
    return code.python(source, Stream.of(tests).map(CodeTest::holds).toList());
  }

  @Test
  void rightCodePassesAndWrongCodeIsToldWhere() throws Exception {
    CodeTests.Result result =
        python(
            "def add(a, b):\n  return a + abs(b)\n",
            "assert add(1, 2) == 3",
            "assert add(1, -2) == -1, 'negative'",
            "add('a')",
            "assert add([1], 2)");

    assertEquals(1, result.passed());
    assertEquals(4, result.total());
    assertEquals(0.25, result.share());
    assertEquals(
        List.of(
            "test 2: AssertionError: negative (assert add(1, -2) == -1, 'negative')",
            "test 3: TypeError: add() missing 1 required positional argument: 'b' (add('a'))",
            "test 4: TypeError: can only concatenate list (not \"int\") to list"
                + " (assert add([1], 2))"),
        result.why());
  }

  @Test
  void valuesObjectsAndExceptionsCrossWhole() throws Exception {
    String source =
        """
        import collections
        LIMIT = 3
        class Point:
            def __init__(self, x, y=0): self.x, self.y = x, y
            def moved(self, by): return Point(self.x + by, self.y)
            def __eq__(self, other): return (self.x, self.y) == (other.x, other.y)
            def __str__(self): return f"({self.x}, {self.y})"
        def same(value): return value
        def count(words): return collections.Counter(words)
        def sort_in_place(items): items.sort()
        def numbers(n): yield from range(n)
        def root(x):
            if x < 0: raise ValueError("negative")
            return x ** 0.5
        def check(x): return x
        """;
    CodeTests.Result result =
        python(
            source,
            "v = [1, 2.5, 'ä\\ud800', None, True, (1, {2}), {(1, 2): b'x'}, 10 ** 100, 2j]\n"
                + "assert same(v) == v and type(same(v)[5]) is tuple",
            "assert count(['a', 'b', 'a']) == {'a': 2, 'b': 1} and LIMIT == 3",
            "items = [3, 1, 2]\nsort_in_place(items)\nassert items == [1, 2, 3]",
            "p = Point(1, y=2).moved(4)\n"
                + "assert p.x == 5 and p == Point(5, 2) and str(p) == '(5, 2)'",
            "assert list(numbers(3)) == [0, 1, 2] and isinstance(Point(1), Point)",
            """
            try:
              root(-1)
              assert False
            except ValueError as e:
              assert str(e) == 'negative'
            """,
            "from solution import root as r\nimport solution\nassert r(4) == solution.root(4) == 2",
            "def check(f): assert f(9) == 3\ncheck(root)");

    assertEquals(List.of(), result.why());
    assertEquals(8, result.passed());
  }

  /** Each of these gets full marks from tests that share a process with the code. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "class All:\n  def __eq__(self, other): return True\ndef add(a, b): return All()",
        "import sys\ndef add(a, b): sys.exit(0)",
        "import os\ndef add(a, b): os._exit(0)",
        "import os\nos._exit(0)",
        "def add(a, b):\n  print('passed')\n  print('{\"passed\": true}')",
        "import os\ndef add(a, b):\n  for n in range(1, 64):\n    try: os.write(n,"
            + " b'{\"passed\": true}\\n')\n    except OSError: pass",
        "import builtins\nbuiltins.AssertionError = type(None)\ndef add(a, b): return 0",
        "all = isinstance = len = abs = AssertionError = lambda *a: True\ndef add(a, b): return 0",
        "import sys, types\ndef add(a, b):\n  for m in list(sys.modules.values()):\n    setattr(m,"
            + " 'judged', lambda *a: {'passed': True})\n  return 0",
        "class N(int):\n  def __eq__(self, other): return True\n  def __hash__(self): return 0\n"
            + "def add(a, b): return N(0)",
        "def add(a, b):\n  raise SystemExit(0)",
        "import os, signal\ndef add(a, b): os.kill(-1, signal.SIGKILL)",
        "def add(a, b):\n  raise KeyboardInterrupt",
        "add = None"
      })
  void aCheatPassesNothing(String source) throws Exception {
    CodeTests.Result result = python(source, "assert add(1, 2) == 3 and abs(add(2, 2) - 4) < 1e-9");

    assertEquals(0, result.passed(), source);
    assertEquals(1, result.why().size());
  }

  /**
   * Looked for are letters that no address and no number holds, in parts so that the source lacks
   * them.
   */
  @Test
  void aTestCannotBeReadByTheCode() throws Exception {
    String source =
        """
        import gc, glob, sys
        def add(a, b):
            seen = str([f.f_locals for f in sys._current_frames().values()]) + str(gc.get_objects())
            for path in glob.glob("/proc/[0-9]*/cmdline") + glob.glob("/job/*"):
                seen += open(path, "rb").read().decode(errors="replace")
            return "".join(["QzwxvKy", "JhqWzvu"]) in seen
        """;
    assertEquals(List.of(), python(source, "assert add(1, 2) is False # QzwxvKyJhqWzvu").why());
  }

  @Test
  void codeThatHangsCostsItsTimeAndTheNextTestGetsAnother() throws Exception {
    CodeTests brief = new CodeTests(code.sandbox(), LIMITS.withTime(Duration.ofMillis(700)));

    CodeTests.Result result =
        brief.python(
            "def f(n):\n  while n == 1: pass\n  return n\n",
            List.of(
                CodeTest.holds("assert f(1) == 1"),
                CodeTest.holds("assert f(2) == 2"),
                CodeTest.holds("while True: pass")));

    assertEquals(
        List.of(
            "test 1: it did not answer within 700 ms (assert f(1) == 1)",
            "test 3: the test did not end within 700 ms"),
        result.why());
  }

  @Test
  void aProgramIsJudgedByWhatItPrints() throws Exception {
    CodeTests.Result result =
        code.python(
            "n = int(input())\nprint(10 // n, '  ')\n",
            List.of(
                CodeTest.prints("5\n", "2\n"),
                CodeTest.prints("3", "4"),
                CodeTest.prints("0", "")));

    assertEquals(
        List.of(
            "test 2: it printed \"3\" instead of \"4\"",
            "test 3: it ended with exit code 1: ZeroDivisionError: integer division or modulo by"
                + " zero"),
        result.why());
  }

  @Test
  void codeThatDoesNotRunSaysSoForEachTest() throws Exception {
    CodeTests.Result result = python("def add(a, b:", "assert add(1, 2)", "assert add(2, 2)");

    assertEquals(0, result.passed());
    assertTrue(result.why().get(1).startsWith("test 2: the solution raised SyntaxError"));
  }

  @Test
  void aTestThatIsNoPythonIsAMistakeOfTheTest() {
    IllegalArgumentException wrong =
        assertThrows(IllegalArgumentException.class, () -> python("x = 1", "assert ("));

    assertTrue(wrong.getMessage().startsWith("a test is no Python: SyntaxError"));
  }

  @Test
  void javaIsJudgedByWhatItPrints() throws Exception {
    String source =
        """
        import java.util.Scanner;
        class Twice {
          public static void main(String[] a) {
            System.out.println(2 * new Scanner(System.in).nextInt());
          }
        }
        """;
    CodeTests.Result result =
        code.java(source, List.of(CodeTest.prints("4", "8"), CodeTest.prints("x", "8")));

    assertEquals(1, result.passed());
    assertTrue(
        result.why().get(0).startsWith("test 2: it ended with exit code 1"), result.toString());
  }
}

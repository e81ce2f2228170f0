package rft.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PythonFunctionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Limits LIMITS = PythonFunction.limits(Duration.ofSeconds(20));

  /** One function for many expressions, so that the tests share an interpreter. */
  private static final String EVALUATE =
      """
      import collections, json, os, sys, threading, time

      def run(expression, argument=None):
          return eval(expression)

      def fail(text):
          raise ValueError(text)

      def deep(n):
          return deep(n + 1)

      def forge(answer):
          for n in range(3, 99):
              try:
                  os.write(n, answer)
              except OSError:
                  pass

      def nested(n):
          value = []
          for _ in range(n):
              value = [value]
          return value
      """;

  private static final PythonFunction FUNCTION =
      new PythonFunction("my_reward.py", EVALUATE, "run", LIMITS);

  @BeforeAll
  static void requireSandbox() throws InterruptedException {
    Isolation.required();
  }

  @AfterAll
  static void close() {
    FUNCTION.close();
  }

  private JsonNode run(String expression, Object... argument)
      throws IOException, InterruptedException {
    List<Object> arguments =
        argument.length == 0 ? List.of(expression) : List.of(expression, argument[0]);
    return FUNCTION.call(arguments.stream().<JsonNode>map(JSON::valueToTree).toList());
  }

  private PythonException failure(String expression) {
    return assertThrows(PythonException.class, () -> run(expression));
  }

  @Test
  void itsValueComesBackAsJson() throws Exception {
    Map<String, Object> argument =
        Map.of("text", "ä \ud83d\ude00 \ud800", "list", List.of(1, 2.5, true));

    assertEquals(JSON.valueToTree(argument), run("argument", argument));
    assertEquals(
        JSON.readTree("{\"a\":[1,2.5,null,true,\"\\ud800\"]}"),
        run("{'a': (1, 2.5, None, True, chr(0xd800))}"));
    assertEquals("{\"2\":1,\"null\":3,\"true\":4}", run("{2: 1, None: 3, True: 4}").toString());
  }

  @Test
  void numbersThatAreNoneArriveAsWhatTheyAre() throws Exception {
    assertTrue(Double.isNaN(run("float('nan')").doubleValue()));
    assertEquals(Double.NEGATIVE_INFINITY, run("[-float('inf')]").get(0).doubleValue());
    assertEquals("1" + "0".repeat(400), run("10 ** 400").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{1, 2}|type set",
        "{(1, 2): 3}|type dict",
        "b'ab'|type bytes",
        "nested(100000)|type list",
        "10 ** 5000|type int",
        "10 ** 2000|beyond what JSON can hold",
        "(i for i in range(3))|type generator"
      })
  void aValueThatJsonCannotHoldIsRefused(String expression, String says) {
    PythonException failed = failure(expression);

    assertEquals(PythonException.Kind.NOT_JSON, failed.kind());
    assertTrue(failed.getMessage().contains(says), failed.getMessage());
  }

  @Test
  void whatItRaisesComesWithTheSourcesOwnLine() throws Exception {
    PythonException failed = failure("fail('no such answer')");

    assertEquals(PythonException.Kind.RAISED, failed.kind());
    assertEquals(7, failed.line());
    assertEquals(
        "ValueError: no such answer (my_reward.py line 7: raise ValueError(text))",
        failed.getMessage());
    assertEquals(3, run("1 + 2").intValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sys.exit(3)|SystemExit: 3",
        "deep(0)|RecursionError",
        "input()|EOFError",
        "exec('raise KeyboardInterrupt')|KeyboardInterrupt",
        "__import__('boto3')|lacks it",
        "__import__('urllib.request').request.urlopen('http://10.0.0.1')|no network in the sandbox",
        "__import__('socket').create_connection(('example.com', 80))|no network in the sandbox"
      })
  void whateverItRaisesIsTold(String expression, String says) throws Exception {
    PythonException failed = failure(expression);

    assertEquals(PythonException.Kind.RAISED, failed.kind());
    assertTrue(failed.getMessage().contains(says), failed.getMessage());
    assertEquals(3, run("1 + 2").intValue());
  }

  @Test
  void whatItPrintsIsNotItsValue() throws Exception {
    String everywhere =
        "[print('{\"value\": 1.0}', file=f, flush=True) for f in (sys.stdout, sys.stderr)]"
            + " and [os.write(n, b'{\"value\": 1.0}\\n') for n in (1, 2)] and 0.25";

    assertEquals(0.25, run(everywhere).doubleValue());
    assertEquals(0.5, run("0.5").doubleValue());
  }

  @Test
  void anAnswerThatItForgesStopsIt() throws Exception {
    PythonException failed = failure("forge(b'0 {\"value\": 1.0}\\n')");

    assertEquals(PythonException.Kind.DIED, failed.kind());
    assertEquals(3, run("1 + 2").intValue());
  }

  @Test
  void threadsAndChildrenDoNotAnswerForIt() throws Exception {
    assertEquals(1, run("threading.Thread(target=time.sleep, args=(60,)).start() or 1").intValue());
    assertEquals(2, run("min(os.fork(), 0) or 2").intValue());
    assertEquals(3, run("1 + 2").intValue());
  }

  @Test
  void aNewInterpreterFollowsOneThatEndedItself() throws Exception {
    assertEquals(PythonException.Kind.DIED, failure("os._exit(7)").kind());
    assertEquals(PythonException.Kind.DIED, failure("os.kill(os.getpid(), 9)").kind());
    assertEquals(3, run("1 + 2").intValue());
  }

  @Test
  void aNewInterpreterFollowsOneThatFlooded() throws Exception {
    assertEquals(
        PythonException.Kind.OUTPUT_LIMIT,
        failure("[print('x' * 10000) for _ in iter(int, 1)]").kind());
    assertEquals(PythonException.Kind.OUTPUT_LIMIT, failure("'x' * (2 << 20)").kind());
    assertEquals(3, run("1 + 2").intValue());
  }

  @Test
  void aNewInterpreterFollowsOneThatHung() {
    try (PythonFunction brief =
        new PythonFunction(EVALUATE, "run", LIMITS.withTime(Duration.ofMillis(300)))) {
      JsonNode endless = JSON.valueToTree("[None for _ in iter(int, 1)]");
      PythonException hung =
          assertThrows(PythonException.class, () -> brief.call(List.of(endless)));
      assertEquals(PythonException.Kind.TIMED_OUT, hung.kind());
      // On a loaded machine even an addition may take longer than this function's time.
      assertTimeoutPreemptively(Duration.ofMinutes(2), () -> assertEquals(3, answer(brief)));
    }
  }

  private static int answer(PythonFunction brief) throws IOException, InterruptedException {
    while (true) {
      try {
        return brief.call(List.of(JSON.valueToTree("1 + 2"))).intValue();
      } catch (PythonException e) {
        assertEquals(PythonException.Kind.TIMED_OUT, e.kind());
      }
    }
  }

  @Test
  void aSourceThatCannotRunSaysWhere() {
    assertEquals(
        "SyntaxError: '(' was never closed (my.py line 2: x = ()",
        started("\nx = (\n").getMessage());
    assertEquals(
        "NameError: name 'y' is not defined (my.py line 1: x = y)", started("x = y").getMessage());
    PythonException missing = started("def grade(sample, item): return 1");
    assertEquals(PythonException.Kind.NO_FUNCTION, missing.kind());
    assertEquals("my.py has no function score; it has grade", missing.getMessage());
  }

  private static PythonException started(String source) {
    try (PythonFunction function = new PythonFunction("my.py", source, "score", LIMITS)) {
      return assertThrows(PythonException.class, function::start);
    }
  }

  @Test
  void aHandlerGetsTheContextThatLambdaGives() throws Exception {
    String source =
        """
        import os
        REGION = os.environ["AWS_REGION"]

        def lambda_handler(event, context):
            return [event, context.function_name, context.aws_request_id,
                    0 < context.get_remaining_time_in_millis() <= 20000, REGION]
        """;
    try (PythonFunction handler =
        PythonFunction.ofLambda("lambda_function.py", source, "lambda_handler", LIMITS)) {
      assertEquals(
          JSON.readTree(
              "[[1],\"reward\",\"00000000-0000-0000-0000-000000000001\",true,\"us-east-1\"]"),
          handler.call(List.of(JSON.readTree("[1]"))));
    }
  }
}

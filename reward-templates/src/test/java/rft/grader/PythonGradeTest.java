package rft.grader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import rft.dataset.Message;
import rft.dataset.ToolCall;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.FinishReason;
import rft.sandbox.Sandboxes;

/** Runs in the sandbox of this machine. */
final class PythonGradeTest {
  @BeforeAll
  static void needsASandbox() throws InterruptedException {
    boolean works;
    try {
      Sandboxes.standard();
      works = true;
    } catch (IOException e) {
      works = false;
    }
    assumeTrue(works, "no sandbox here");
  }

  private static GraderAnswer grade(GraderRuntime runtime, String answer) throws Exception {
    return grade(runtime, Completion.of(answer));
  }

  private static GraderAnswer grade(GraderRuntime runtime, Completion completion) throws Exception {
    ObjectNode item = JsonNodeFactory.instance.objectNode().put("reference_answer", "4");
    return runtime.grade(item, GraderSample.of(completion));
  }

  private static GraderAnswer grade(String source, Completion completion) throws Exception {
    Grader grader = new Grader.Python("p", source, null);
    try (GraderRuntime runtime =
        new GraderRuntime(grader, new GraderServices(name -> null, Map.of()))) {
      return grade(runtime, completion);
    }
  }

  @Test
  void theFunctionSeesTheSampleAndTheRow() throws Exception {
    String source =
        """
        def grade(sample, item):
            print("printing is no verdict: 1.0")
            right = sample["output_text"] == item["reference_answer"]
            whole = set(sample) == {"choices", "output_text", "output_json", "output_tools", "output_audio"}
            chat = sample["choices"][0]["message"]["content"] == sample["output_text"]
            tool = sample["output_tools"][0]["function"]["name"] == "add"
            return 0.5 * right + 0.25 * whole + 0.125 * chat + 0.0625 * tool
        """;
    Completion completion =
        new Completion(
            "4",
            List.of(Message.assistant("4")),
            FinishReason.STOP,
            1,
            List.of(new ToolCall("c", "add", "{}")));
    assertEquals(0.9375, grade(source, completion).reward());
  }

  @Test
  void whatIsNoFloatIsAFailureAndZeroForTheService() throws Exception {
    // The answer is the expression that is returned, so that one interpreter does for all.
    Grader grader =
        new Grader.Python(
            "p", "def grade(sample, item):\n  return eval(sample['output_text'])", null);
    try (GraderRuntime runtime =
        new GraderRuntime(grader, new GraderServices(name -> null, Map.of()))) {
      assertFails(runtime, "1 / 0", Failure.Kind.EXCEPTION, "ZeroDivisionError");
      assertFails(runtime, "None", Failure.Kind.EXCEPTION, "returned None");
      assertFails(runtime, "'good'", Failure.Kind.EXCEPTION, "return a float");
      assertFails(runtime, "True", Failure.Kind.EXCEPTION, "return a float");
      assertFails(runtime, "float('nan')", Failure.Kind.NOT_A_NUMBER, "nan");
      assertFails(runtime, "float('inf')", Failure.Kind.OUT_OF_RANGE, "infinite");
      assertFails(runtime, "item['refernce']", Failure.Kind.EXCEPTION, "KeyError");
      assertEquals(4, grade(runtime, "int(item['reference_answer'])").reward());
    }
  }

  private static void assertFails(
      GraderRuntime runtime, String answer, Failure.Kind kind, String detail) throws Exception {
    GraderAnswer given = grade(runtime, answer);
    assertEquals(0, given.reward());
    GraderAnswer.Trouble error = given.errors().get(0);
    assertEquals(kind, error.kind());
    assertEquals(GraderError.PYTHON_GRADER_RUNTIME, error.error());
    assertTrue(error.detail().contains(detail), error.detail());
    assertEquals(
        error.detail(),
        given.toJson().at("/metadata/errors/python_grader_runtime_error_details").asText());
  }

  @Test
  void aSourceWithoutTheFunctionSaysWhatItHas() throws Exception {
    GraderAnswer answer = grade("def score(sample, item):\n    return 1.0\n", Completion.of("4"));
    String detail = answer.errors().get(0).detail();
    assertTrue(detail.contains("no function grade") && detail.contains("score"), detail);
  }
}

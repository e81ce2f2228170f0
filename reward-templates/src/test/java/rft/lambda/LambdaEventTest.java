package rft.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import rft.dataset.Message;
import rft.dataset.Role;
import rft.dataset.Task;
import rft.dataset.ToolCall;
import rft.reward.Completion;
import rft.reward.FinishReason;

final class LambdaEventTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Each place and type of the reference, envelope, id, role and content that is seen. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        [{"id":"7","messages":[{"role":"user","content":"2+2?"},{"role":"assistant","content":"4"}],
          "metadata":{"reference_answer":"4"}}]\
        """,
        """
        [{"id":"7","messages":[{"role":"user","content":"2+2?"},{"role":"assistant","content":"4"}],
          "reference_answer":"4"}]\
        """,
        """
        [{"id":"7","messages":[{"role":"user","content":"2+2?"},{"role":"assistant","content":"4"}],
          "reference_answer":"4","metadata":{"reference_answer":null}}]\
        """,
        """
        {"trajectories":[{"id":"7","messages":[{"role":"user","content":"2+2?"},
          {"role":"nova_assistant","content":"4"}],"reference_answer":{"text":"4"}}]}\
        """,
        """
        [{"task_id":"7","messages":[{"role":"user","content":[{"type":"text","text":"2+"},
          {"type":"text","text":"2?"}]},{"role":"assistant","content":[{"text":"4"}]}],
          "metadata":{"reference_answer":{"text":"4"}}}]\
        """,
        """
        [{"id":7,"messages":[{"role":"user","content":"2+2?"},{"role":"assistant","content":"4"},
          {"role":"user","content":"thanks"}],"metadata":{"reference_answer":"4"}}]\
        """
      })
  void everyShapeIsTheSameRollout(String json) throws LambdaException {
    LambdaRollout rollout = LambdaEvent.read(json).rollouts().get(0);

    assertEquals("7", rollout.id().asText());
    assertEquals(Task.of("7", "2+2?", "4"), rollout.task());
    assertEquals(Completion.of("4"), rollout.completion());
  }

  @Test
  void aReferenceMayBeAnObject() throws LambdaException {
    Task task =
        LambdaEvent.read(
                """
                [{"id":"1","messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],
                  "metadata":{"reference_answer":{"final_answer":"4","steps":[1,2]}}}]\
                """)
            .rollouts()
            .get(0)
            .task();

    assertEquals("{\"final_answer\":\"4\",\"steps\":[1,2]}", task.reference().toString());
  }

  @Test
  void furtherFieldsOfTheRowComeFromMetadataAndFromBesideIt() throws LambdaException {
    Task task =
        LambdaEvent.read(
                """
                [{"id":"1","task_id":"t","messages":[{"role":"user","content":"q"},
                  {"role":"assistant","content":"a"}],
                  "metadata":{"reference_answer":"4","difficulty_level":"easy"},"domain":"maths"}]\
                """)
            .rollouts()
            .get(0)
            .task();

    assertEquals(
        "{\"task_id\":\"t\",\"domain\":\"maths\",\"difficulty_level\":\"easy\"}",
        task.attributes().toString());
  }

  @Test
  void anElementWithoutIdIsKnownByItsPlace() throws LambdaException {
    String element =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"q\"},"
            + "{\"role\":\"assistant\",\"content\":\"a\"}]}";
    LambdaEvent event = LambdaEvent.read("[" + element + "," + element + "]");

    assertEquals(List.of("row-1", "row-2"), event.ids().stream().map(JsonNode::asText).toList());
    assertTrue(event.rollouts().get(0).task().reference().isNull());
  }

  @Test
  void rolloutsOfOneTaskAreOneGroupWhateverTheirIds() throws LambdaException {
    LambdaEvent event =
        LambdaEvent.read(
            """
            [{"id":"a","messages":[{"role":"user","content":"q"},{"role":"assistant","content":"1"}]},
             {"id":"b","messages":[{"role":"user","content":"r"},{"role":"assistant","content":"1"}]},
             {"id":"c","messages":[{"role":"user","content":"q"},{"role":"assistant","content":"2"}]}]\
            """);

    assertEquals(List.of(List.of(0, 2), List.of(1)), List.copyOf(event.groups()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "7",
        "{\"messages\":[]}",
        "[7]",
        "[{\"id\":\"1\"}]",
        "[{\"id\":\"1\",\"messages\":[]}]",
        "[{\"id\":\"1\",\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}]",
        "[{\"id\":\"1\",\"messages\":[{\"role\":\"assistant\",\"content\":\"a\"}]}]",
        "[{\"id\":\"1\",\"messages\":[{\"role\":\"robot\",\"content\":\"a\"}]}]",
        "[{\"id\":\"1\",\"messages\":[{\"role\":\"user\",\"content\":7}]}]",
        "[{\"id\":\"1\",\"messages\":[{\"role\":\"user\",\"content\":[{\"image\":\"x\"}]}]}]"
      })
  void whatIsNoEventIsRefused(String json) {
    assertThrows(LambdaException.class, () -> LambdaEvent.read(json));
  }

  @Test
  void whatIsWrongIsNamedByItsPlace() {
    LambdaException refused =
        assertThrows(
            LambdaException.class,
            () ->
                LambdaEvent.read(
                    """
                    [{"id":"1","messages":[{"role":"user","content":"q"},{"role":"robot","content":"a"}]}]\
                    """));

    assertEquals(
        "message 2 of element 1 of the event has the role \"robot\": use system, user, assistant or"
            + " tool",
        refused.getMessage());
  }

  @ParameterizedTest
  @EnumSource(EventShape.class)
  void whatIsWrittenIsReadBackWhole(EventShape shape) throws Exception {
    Task task =
        new Task(
            "t#1",
            List.of(
                Message.system("s"), Message.user("q"), Message.assistant("a"), Message.user("r")),
            JSON.readTree("{\"text\":\"4\"}"),
            (ObjectNode) JSON.readTree("{\"domain\":\"maths\",\"level\":0.1}"));
    ToolCall call = new ToolCall("c", "add", "{\"a\":1}");
    Completion turns =
        new Completion(
            "done",
            List.of(
                new Message(Role.ASSISTANT, "", List.of(call)),
                new Message(Role.TOOL, "4"),
                Message.assistant("<think>x</think>done")),
            FinishReason.LENGTH,
            17,
            List.of(call));
    LambdaEvent event = LambdaEvent.of(task, List.of(Completion.of("a"), turns));

    assertEquals(event, LambdaEvent.read(event.toJson(shape)));
  }

  @Test
  void theStandardEventHasTheReferenceInBothPlaces() throws Exception {
    Task task = Task.of("t", "q", "4");

    JsonNode element =
        JSON.readTree(LambdaEvent.of(task, List.of(Completion.of("a"))).toJson(EventShape.STANDARD))
            .get(0);

    assertEquals("t#0", element.path("id").asText());
    assertEquals("4", element.path("metadata").path("reference_answer").asText());
    assertEquals("4", element.path("reference_answer").asText());
    assertEquals("assistant", element.path("messages").path(1).path("role").asText());
  }

  @Test
  void aSourceThatNamesTrajectoriesGetsThem() {
    assertEquals(EventShape.TRAJECTORIES, EventShape.readBy("event['trajectories']"));
    assertEquals(EventShape.STANDARD, EventShape.readBy("for sample in event:"));
  }
}

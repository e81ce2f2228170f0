package rft.grader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import rft.dataset.Message;
import rft.dataset.Task;
import rft.dataset.ToolCall;
import rft.reward.Completion;
import rft.reward.FinishReason;

final class GraderSampleTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void aSampleHasTheShapesOfChatCompletions() throws Exception {
    Completion completion =
        new Completion(
            "{\"a\": 1}",
            List.of(Message.assistant("{\"a\": 1}")),
            FinishReason.LENGTH,
            5,
            List.of(new ToolCall("c1", "add", "{\"x\":1}")));
    String tool =
        "[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"add\","
            + "\"arguments\":\"{\\\"x\\\":1}\"}}]";
    assertEquals(
        JSON.readTree(
            "{\"output_text\":\"{\\\"a\\\": 1}\",\"output_json\":{\"a\":1},\"output_tools\":"
                + tool
                + ",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
                + "\"{\\\"a\\\": 1}\",\"tool_calls\":"
                + tool
                + "},\"finish_reason\":\"length\"}]}"),
        GraderSample.of(completion));
  }

  @Test
  void onlyAWholeJsonValueIsJson() {
    for (String text : List.of("", "hello", "{\"a\": 1", "{\"a\": 1} and more", "NaN", "{a: 1}")) {
      assertFalse(GraderSample.of(Completion.of(text)).has("output_json"), text);
    }
    assertEquals("[1]", GraderSample.of(Completion.of(" [1]\n")).path("output_json").toString());
    assertEquals("42", GraderSample.of(Completion.of("42")).path("output_json").toString());
  }

  @Test
  void anItemIsTheRowWithoutMessagesAndTools() throws Exception {
    ObjectNode attributes =
        (ObjectNode) JSON.readTree("{\"level\": 3, \"tools\": [], \"answers\": [\"a\"]}");
    Task task = new Task("r1", List.of(Message.user("q")), JSON.readTree("{\"x\": 4}"), attributes);
    assertEquals(
        JSON.readTree(
            "{\"id\":\"r1\",\"reference_answer\":{\"x\":4},\"level\":3,\"answers\":[\"a\"]}"),
        GraderSample.item(task));
  }
}

package rft.bedrock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static rft.bedrock.LoggedCalls.converse;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.dataset.Task;

/** The same records, wrapped as Amazon CloudWatch gives them. */
final class CloudWatchLogsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String GREETING = "Permissions are correctly set for Amazon Bedrock logs.";
  private static final String TIME = "2024-05-01T12:00:00.000Z ";

  @TempDir Path folder;

  /** Returns what {@code aws logs filter-log-events} writes. */
  private static ObjectNode events(String... messages) {
    ObjectNode all = JSON.createObjectNode().put("nextToken", "t");
    all.putArray("searchedLogStreams");
    ArrayNode events = all.putArray("events");
    for (String message : messages) {
      events
          .addObject()
          .put("logStreamName", "aws/bedrock/modelinvocations")
          .put("timestamp", 1714564800000L)
          .put("message", message)
          .put("eventId", "3");
    }
    return all;
  }

  private InvocationLogs.Imported read(String name, String text) throws IOException {
    Path log = Files.writeString(folder.resolve(name), text);
    InvocationLogs.Choice prompts =
        new InvocationLogs.Choice(new Selection(List.of(), List.of(), ""), false, false);
    return InvocationLogs.read(List.of(log), prompts, records -> {});
  }

  private static List<String> ids(InvocationLogs.Imported imported) {
    return imported.tasks().stream().map(Task::id).toList();
  }

  private static List<String> places(InvocationLogs.Imported imported, Omission kind) {
    return imported.leftOut().stream()
        .filter(entry -> entry.kind() == kind)
        .flatMap(entry -> entry.places().stream())
        .toList();
  }

  private String place(String rest) {
    return folder.resolve("log.json") + rest;
  }

  @Test
  void eventsAreReadOneByOneAndTheGreetingIsNoCall() throws IOException {
    String cut = converse("r2", "b").substring(0, 90);
    ObjectNode events = events(GREETING, converse("r1", "a"), cut, converse("r3", "c"));
    InvocationLogs.Imported imported = read("log.json", events.toPrettyString());
    assertEquals(List.of("r1", "r3"), ids(imported));
    assertEquals(4, imported.records());
    assertEquals(
        List.of(place(":4 (a message in words)")), places(imported, Omission.OTHER_SCHEMA));
    assertEquals(
        List.of(place(":14 (the row ends in the middle of a JSON value)")),
        places(imported, Omission.UNREADABLE));
  }

  @Test
  void eventsInOneLineAreToldApartByTheirNumber() throws IOException {
    ObjectNode events = events(GREETING, converse("r1", "a"), "{");
    for (String text : List.of(events.toString(), "[" + events + "]", listFirst(events))) {
      InvocationLogs.Imported imported = read("log.json", text);
      assertEquals(List.of("r1"), ids(imported), text);
      assertEquals(
          List.of(place(":1 number 3 (the row ends in the middle of a JSON value)")),
          places(imported, Omission.UNREADABLE),
          text);
    }
  }

  private static String listFirst(ObjectNode events) {
    return JSON.createObjectNode().<ObjectNode>set("events", events.path("events")).toString();
  }

  @Test
  void anAnswerWithoutEventsHasNoRecord() throws IOException {
    assertEquals(0, read("log.json", events().toPrettyString()).records());
  }

  @Test
  void linesOfAnExportBeginWithTheirTime() throws IOException {
    InvocationLogs.Imported imported =
        read(
            "log.json",
            TIME
                + converse("r1", "a")
                + TIME
                + GREETING
                + "\n2024-05-01T12:00:00 "
                + converse("r0", "0")
                + "2024-05-01T12:00:00.000000+00:00 aws/bedrock/modelinvocations "
                + converse("r2", "b")
                + TIME
                + "{\"schemaType\":");
    assertEquals(List.of("r1", "r0", "r2"), ids(imported));
    assertEquals(
        List.of(place(":2 (a message in words)")), places(imported, Omission.OTHER_SCHEMA));
    assertEquals(
        List.of(place(":5 (the row ends in the middle of a JSON value)")),
        places(imported, Omission.UNREADABLE));
  }

  @Test
  void aDeliveryStreamPutsNothingBetweenItsObjects() throws IOException {
    ObjectNode greeting = JSON.createObjectNode().put("messageType", "CONTROL_MESSAGE");
    greeting.putArray("logEvents").addObject().put("message", "CWL CONTROL MESSAGE: Checking");
    ObjectNode data = JSON.createObjectNode().put("messageType", "DATA_MESSAGE");
    data.put("logGroup", "bedrock").set("logEvents", events(converse("r1", "a")).path("events"));
    InvocationLogs.Imported imported = read("log.json", greeting.toString() + data + data);
    assertEquals(List.of("r1"), ids(imported));
    assertEquals(3, imported.records());
    assertEquals(
        List.of(place(":1 (a message in words)")), places(imported, Omission.OTHER_SCHEMA));
    String records = converse("r1", "a").strip() + converse("r2", "b").strip();
    assertEquals(List.of("r1", "r2"), ids(read("log.json", records)));
    imported = read("log.json", records + "{\n" + converse("r3", "c"));
    assertEquals(List.of("r1", "r2", "r3"), ids(imported));
    assertEquals(
        List.of(place(":1 number 3 (the row ends in the middle of a JSON value)")),
        places(imported, Omission.UNREADABLE));
  }

  @Test
  void anExportIsFoundInItsFolder() throws IOException {
    Path stream = Files.createDirectories(folder.resolve("export/aws-bedrock-modelinvocations"));
    Files.writeString(stream.resolve("000000.gz"), TIME + converse("r1", "a"));
    Files.writeString(folder.resolve("export/aws-logs-write-test"), "Permission Check Successful");
    InvocationLogs.Choice prompts =
        new InvocationLogs.Choice(new Selection(List.of(), List.of(), ""), false, false);
    assertEquals(List.of("r1"), ids(InvocationLogs.read(List.of(folder), prompts, records -> {})));
  }

  @Test
  void resultsOfAQueryAreTakenFromTheirMessageField() throws IOException {
    ObjectNode all = JSON.createObjectNode().put("queryLanguage", "CWLI");
    ArrayNode results = all.putArray("results");
    for (String id : List.of("r1", "r2")) {
      ArrayNode row = results.addArray();
      row.addObject().put("field", "@timestamp").put("value", "2024-05-01 12:00:00.000");
      row.addObject().put("field", "@message").put("value", converse(id, "ask " + id));
    }
    all.put("status", "Complete");
    assertEquals(List.of("r1", "r2"), ids(read("log.json", all.toPrettyString())));
    ArrayNode table = JSON.createArrayNode();
    table.addObject().set("@message", JSON.readTree(converse("r3", "c")));
    assertEquals(List.of("r3"), ids(read("log.json", table.toString())));
  }
}

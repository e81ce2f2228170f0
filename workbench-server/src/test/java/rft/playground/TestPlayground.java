package rft.playground;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import rft.command.Installation;
import rft.run.RunHome;

/** A server with a base model, a run tuned from it and fake processes that serve them. */
final class TestPlayground implements AutoCloseable {
  static final Path ROOT = Path.of(System.getProperty("rft.root", "..")).toAbsolutePath();
  private static final Path DATASET = ROOT.resolve("datasets/samples/addition.jsonl").normalize();

  final FakeModels models = new FakeModels();
  final String run;
  private final RunHome home;
  private PlaygroundClient page;

  TestPlayground(Path root) throws IOException {
    home = new RunHome(root.resolve("home"));
    Path model = root.resolve("base");
    Files.createDirectories(model);
    Files.writeString(model.resolve("config.json"), "{}");
    run = TunedRun.in(home, model, DATASET);
    page = open(Duration.ofMinutes(10));
  }

  private PlaygroundClient open(Duration idle) throws IOException {
    return PlaygroundClient.of(
        home, master -> new Playground(home, new Installation(ROOT), models, idle, master));
  }

  PlaygroundClient page() {
    return page;
  }

  /** Starts the workbench again, and leaves the processes of the models alone. */
  void restart(Duration idle) throws IOException {
    page.vanish();
    page = open(idle);
  }

  /** Returns both models as columns. */
  String both() {
    return "{\"base\": \"base\"}, {\"run\": \"" + run + "\"}";
  }

  static String chat(String columns, String more) {
    return """
    {"columns": [%s], "prompt": "What is 2 + 2?", "n": 1, "seed": 7, "temperature": 1,
     "topP": 1, "maxTokens": 20 %s}\
    """
        .formatted(columns, more);
  }

  List<JsonNode> chatWithBase() throws IOException, InterruptedException {
    return page.events("/api/playground/chat", chat("{\"base\": \"base\"}", ""));
  }

  static List<JsonNode> with(List<JsonNode> events, String field) {
    return events.stream().filter(event -> event.hasNonNull(field)).toList();
  }

  static String text(List<JsonNode> events, int column) {
    StringBuilder text = new StringBuilder();
    for (JsonNode event : events) {
      if (event.has("text") && event.path("column").asInt() == column) {
        text.append(event.path("text").asText());
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    page.close();
    models.close();
  }
}

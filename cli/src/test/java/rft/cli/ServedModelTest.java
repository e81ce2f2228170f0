package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A model behind an address, in a process of its own: found by its note, asked, and ended. */
@DisabledOnOs(OS.WINDOWS)
final class ServedModelTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LONG =
      "{\"model\": \"base\", \"n\": 64, \"ignore_eos\": true, \"stream\": true, \"logprobs\": true,"
          + " \"top_k\": 400, \"messages\": [{\"role\": \"user\", \"content\": \"3 plus 4?\"}]}";

  @TempDir Path home;

  @Test
  void ctrlCEndsItWithWhatItServed() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:+UseSerialGC",
            "-Drft.root=" + System.getProperty("rft.root", ".."),
            "-cp",
            System.getProperty("java.class.path"),
            "rft.cli.Main",
            "serve",
            "--threads=1",
            "--json");
    builder.environment().put("RFT_HOME", home.toString());
    try (Background server = new Background(builder)) {
      server.awaitErr("answers at http://127.0.0.1:");
      Path note = home.resolve("serving").resolve(server.pid() + ".json");
      JsonNode found = JSON.readTree(note.toFile());
      Path token = Path.of(found.get("token_file").textValue());
      HttpRequest ask =
          HttpRequest.newBuilder(URI.create(found.get("url").textValue() + "/v1/chat/completions"))
              .header("Authorization", "Bearer " + Files.readString(token).strip())
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(LONG))
              .build();
      HttpResponse<java.util.stream.Stream<String>> answer =
          HttpClient.newHttpClient().send(ask, HttpResponse.BodyHandlers.ofLines());
      assertEquals(200, answer.statusCode());
      server.interrupt();
      String last = answer.body().filter(line -> !line.isEmpty()).reduce((a, b) -> b).orElse("");
      assertTrue(last.equals("data: [DONE]") || last.contains("shutting_down"), last);
      Launch.Outcome outcome = server.await();
      JsonNode served = JSON.readTree(outcome.out());
      assertEquals("tiny-chat", served.get("model").textValue());
      assertTrue(served.get("tokens").intValue() > 0, outcome.out());
      assertFalse(Files.exists(note) || Files.exists(token));
      assertTrue(
          outcome.err().contains("Stopping: answers that are being drawn have 5 seconds."),
          outcome.err());
      assertFalse(outcome.err().contains("saved"), outcome.err());
      assertFalse(outcome.err().contains("\tat "), outcome.err());
    }
  }
}

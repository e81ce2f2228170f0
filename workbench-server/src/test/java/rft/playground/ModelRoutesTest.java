package rft.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRoutesTest {
  @TempDir Path root;
  private TestPlayground site;

  @BeforeEach
  void start() throws IOException {
    site = new TestPlayground(root);
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void theListMarksTheBestCheckpointByValidation() throws Exception {
    JsonNode tuned = site.page().get("/api/playground/models").at("/tuned/0");

    assertEquals(site.run, tuned.path("run").asText());
    assertEquals("base", tuned.path("base").asText());
    assertEquals(10, tuned.path("best").asInt());
    assertEquals(0.25, tuned.at("/checkpoints/1/validation").asDouble());
  }

  @Test
  void theModelPageComparesBeforeAndAfter() throws Exception {
    JsonNode model = site.page().get("/api/models/" + site.run);

    assertEquals(0.25, model.at("/measures/0/before").asDouble());
    assertEquals(0.75, model.at("/measures/0/best").asDouble());
    String card = model.path("card").asText();
    assertTrue(card.contains("number-match") && card.contains("library_name: peft"), card);
    assertEquals("HF", model.at("/forms/0/format").asText());
    assertEquals("Q8_0", model.at("/forms/1/types/1").asText());
  }

  @Test
  void aRowOfTheRunsOwnValidationIsAPromptToBeginWith() throws Exception {
    JsonNode row = site.page().get("/api/models/" + site.run + "/example");

    assertTrue(row.path("prompt").asText().matches("(?s).*[0-9].*"), row.toString());
    assertFalse(row.path("reference").asText().isEmpty(), row.toString());
  }

  @Test
  void aCheckpointComesAsAZipOfWhatOtherToolsLoad() throws Exception {
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient()
            .send(
                site.page()
                    .request(
                        "/api/models/" + site.run + "/files?step=20", site.page().token.reveal())
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());

    try (var zip = new ZipInputStream(new ByteArrayInputStream(response.body()))) {
      StringBuilder names = new StringBuilder();
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.append(entry.getName()).append(' ');
      }
      String folder = site.run + "-step-000020/";
      assertEquals(
          folder
              + "adapter_config.json "
              + folder
              + "adapter_model.safetensors "
              + folder
              + "README.md ",
          names.toString());
    }
    assertFalse(response.headers().firstValue("Content-Disposition").isEmpty());
  }
}

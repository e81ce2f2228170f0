package rft.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.demo.Replay;
import rft.run.RunHome;
import rft.web.ServerAddress;

/** What the whole workbench says at addresses of programs: never a page. */
final class WorkbenchAddressesTest {
  @TempDir Path folder;

  private static String ask(Workbench workbench, String method, String path)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(workbench.url() + path))
                    .header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString("{}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertTrue(answer.body().contains("\"param\":null"), answer.body());
    return answer.statusCode() + " " + answer.headers().firstValue("Allow").orElse("");
  }

  @Test
  void programsHearWhichAddressesAndMethodsThereAre() throws Exception {
    try (Workbench workbench = Workbench.start(new RunHome(folder), ServerAddress.loopback(0))) {
      assertEquals("404 ", ask(workbench, "POST", "/v1/embeddings"));
      assertEquals("404 ", ask(workbench, "GET", "/v1/none/of/these"));
      assertEquals("405 POST", ask(workbench, "GET", "/v1/chat/completions"));
      assertEquals("405 GET", ask(workbench, "DELETE", "/v1/models/base"));
      assertEquals("401 ", ask(workbench, "GET", "/v1/models"));
    }
  }

  @Test
  void aReplayHasNoModels() throws Exception {
    RunHome home = new RunHome(folder);
    try (Replay replay = Replay.start(RecordedRuns.FOLDER, home, 5);
        Workbench workbench = Workbench.demo(home, ServerAddress.loopback(0), replay)) {
      assertEquals("404 ", ask(workbench, "GET", "/v1/models"));
    }
  }
}

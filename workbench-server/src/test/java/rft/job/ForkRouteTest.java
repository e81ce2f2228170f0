package rft.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.run.RunEvent;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunHome;
import rft.run.RunInputs;
import rft.run.RunWriter;
import rft.run.TrainOptions;
import rft.web.ServerAddress;
import rft.workbench.Workbench;

/** What is wrong with a fork is said at once, not by a job that fails. */
final class ForkRouteTest {
  @TempDir private Path home;

  @Test
  void aForkThatLeavesNothingToTrainIsRefused() throws Exception {
    RunFolder run = finished(new RunHome(home));
    int last = TrainOptions.standard(inputs()).loop().steps();
    try (Workbench workbench = Workbench.start(new RunHome(home), ServerAddress.loopback(0))) {
      String same = "{\"step\": %d}".formatted(last);
      String few = "{\"step\": %d, \"options\": {\"--steps\": \"3\"}}".formatted(last);
      String shape =
          "{\"step\": %d, \"options\": {\"--steps\": \"999\", \"--rank\": \"2\"}}".formatted(last);

      assertRefused(fork(workbench, run, "{}"), "the step is missing");
      assertRefused(fork(workbench, run, same), "nothing is left to train from step " + last);
      assertRefused(fork(workbench, run, few), "the run has 3 steps in all");
      assertRefused(fork(workbench, run, shape), "cannot change in a fork");
    }
    try (var jobs = Files.list(home.resolve("jobs"))) {
      assertEquals(List.of(), jobs.filter(Files::isDirectory).toList());
    }
  }

  private static void assertRefused(HttpResponse<String> answer, String why) {
    assertEquals(400, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains(why), answer.body());
  }

  private HttpResponse<String> fork(Workbench workbench, RunFolder run, String body)
      throws IOException, InterruptedException {
    String token = Files.readString(home.resolve("workbench.token")).strip();
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(workbench.url() + "/api/runs/" + run.id() + "/fork"))
                .header("Authorization", "Bearer " + token)
                .header("X-RFT", "1")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static RunInputs inputs() {
    return RunInputs.onCpu("models/tiny-chat", "data/addition.jsonl", "number-match");
  }

  private static RunFolder finished(RunHome home) throws IOException {
    RunFolder folder = home.create("addition");
    TrainOptions options = TrainOptions.standard(inputs());
    RunHeader header =
        new RunHeader(
            folder.id(),
            "addition",
            Instant.parse("2026-11-24T21:30:12Z"),
            "0.1.0",
            options,
            new RunHeader.DatasetInfo("ab".repeat(32), Map.of("train", 800, "validation", 100)),
            new RunHeader.RewardInfo("number-match", "cd".repeat(32)),
            null,
            new RunHeader.ModelInfo("models/tiny-chat", 900_000, "ef".repeat(32)),
            null,
            new RunHeader.Machine("17.0.15", "Linux 6.1 amd64", 2, "PyTorch 2.7.1"));
    int last = options.loop().steps();
    try (RunWriter writer = RunWriter.create(folder, header)) {
      writer.event(RunEvent.Kind.STARTED, 0, "");
      writer.writeStep(last, Map.of(), List.of());
      writer
          .checkpoints()
          .write(last, place -> Files.writeString(place.resolve("adapter_config.json"), "{}"));
      writer.event(RunEvent.Kind.FINISHED, last, "");
    }
    return folder;
  }
}

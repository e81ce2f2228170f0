package rft.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.run.RunFolder;
import rft.run.RunHome;
import rft.run.RunWriter;

class RunsApiTest {
  @TempDir Path root;
  private RunHome home;
  private LivePage page;

  @BeforeEach
  void start() throws IOException {
    home = new RunHome(root);
    page = LivePage.open(home);
  }

  @AfterEach
  void stop() throws IOException {
    page.close();
  }

  @Test
  void theListTellsWhatARunReached() throws Exception {
    RunFolder run = WrittenRun.finished(home, 4);

    JsonNode line = page.json("/api/runs").at("/runs/0");

    assertEquals(run.id(), line.get("id").asText());
    assertEquals("finished", line.get("status").asText());
    assertEquals("addition", line.get("task").asText());
    assertEquals("exact", line.get("reward").asText());
    assertEquals(4, line.get("step").asInt());
    assertEquals(0.4, line.get("rewardMean").asDouble());
    assertEquals(0.1, line.get("rewardFirst").asDouble());
    assertEquals(0.45, line.get("validation").asDouble());
    assertEquals(0.25, line.get("validationFirst").asDouble());
    assertEquals(List.of("0.1", "0.2", "0.3", "0.4"), texts(line.get("spark")));
    assertTrue(line.get("owner").isNull());
    assertTrue(line.get("problem").isNull());
  }

  @Test
  void aDamagedRunDoesNotBreakTheList() throws Exception {
    RunFolder damaged = WrittenRun.finished(home, 2);
    Files.writeString(damaged.databaseFile(), "no database at all, but long enough to be read");
    RunFolder cut = WrittenRun.finished(home, 2);
    Files.writeString(cut.headerFile(), "{");
    RunFolder whole = WrittenRun.finished(home, 2);

    JsonNode runs = page.json("/api/runs").get("runs");

    assertEquals(3, runs.size());
    for (JsonNode line : runs) {
      boolean isWhole = line.get("id").asText().equals(whole.id());
      assertEquals(isWhole ? "finished" : "damaged", line.get("status").asText());
      assertEquals(isWhole, line.get("problem").isNull());
    }
    for (RunFolder one : List.of(damaged, cut)) {
      assertEquals("damaged", page.json("/api/runs/" + one.id()).get("status").asText());
    }
    assertEquals(
        "data/addition.jsonl",
        page.json("/api/runs/" + damaged.id()).at("/setup/dataset").asText());
  }

  @Test
  void theListNoticesANewRunAndAChangedOne() throws Exception {
    RunFolder first = WrittenRun.finished(home, 2);
    long before = page.json("/api/runs").get("sequence").asLong();
    WrittenRun.finished(home, 3);
    try (RunWriter writer = RunWriter.resume(first)) {
      writer.truncateAfter(2);
      WrittenRun.write(writer, 3, 5);
    }
    JsonNode list =
        page.jsonOnce(
            "/api/runs",
            now -> now.get("runs").size() == 2 && now.toString().contains("\"step\":5"));

    assertEquals(2, list.get("runs").size());
    assertTrue(list.get("sequence").asLong() > before);
    JsonNode changed =
        StreamSupport.stream(list.get("runs").spliterator(), false)
            .filter(line -> line.get("id").asText().equals(first.id()))
            .findFirst()
            .orElseThrow();
    assertEquals(5, changed.get("step").asInt());
  }

  @Test
  void aRunPageHoldsEverythingButSeries() throws Exception {
    RunFolder run = WrittenRun.finished(home, 4);

    JsonNode shown = page.json("/api/runs/" + run.id());

    assertEquals("0.4.2", shown.get("sequence").asText());
    assertEquals(1, shown.at("/setup/options/seed").asInt());
    JsonNode rate = shown.at("/setup/options").get("optimizer.learningRate");
    assertEquals(1e-5, rate.asDouble());
    assertEquals(2e-3, shown.at("/setup/standard").get("optimizer.learningRate").asDouble());
    assertEquals("ab".repeat(32), shown.at("/setup/datasetSha256").asText());
    assertEquals("started", shown.at("/events/0/kind").asText());
    assertEquals("finished", shown.at("/events/1/kind").asText());
    assertEquals(0.25, shown.at("/last").get("train/loss").asDouble());
    assertEquals(
        List.of("reward/mean", "train/loss", "validation/accuracy"), texts(shown.get("series")));
    assertEquals(List.of("1", "2", "3", "4"), texts(shown.get("rolloutSteps")));
    assertTrue(shown.at("/rewards/0/problem").asText().contains("cannot be read"));
  }

  @Test
  void notANumberIsAGapWithAMark() throws Exception {
    RunFolder run = WrittenRun.finished(home, 4);

    JsonNode loss =
        page.json("/api/runs/" + run.id() + "/series?keys=train/loss,no/such").at("/series");

    assertEquals(List.of("1", "2", "3", "4"), texts(loss.at("/train~1loss/x")));
    assertTrue(loss.at("/train~1loss/y/1").isNull());
    assertEquals(List.of("2"), texts(loss.at("/train~1loss/marks")));
    assertTrue(loss.at("/train~1loss/min").isNull(), "every point is one step");
    assertEquals(0, loss.at("/no~1such/x").size());
  }

  @Test
  void thinningKeepsSpikes() throws Exception {
    RunFolder run = WrittenRun.finished(home, 100);

    JsonNode loss =
        page.json("/api/runs/" + run.id() + "/series?keys=train/loss&points=10")
            .at("/series/train~1loss");

    assertTrue(loss.get("x").size() <= 11, loss.get("x").toString());
    assertEquals(1, loss.at("/max/0").asDouble(), "the spike of step 1");
    assertEquals(List.of("2"), texts(loss.get("marks")));
  }

  @Test
  void aWrongQuestionIsToldSo() throws Exception {
    RunFolder run = WrittenRun.finished(home, 1);

    assertEquals(404, page.get("/api/runs/no-such-run").statusCode());
    assertEquals(404, page.get("/api/runs/No.Run").statusCode());
    assertEquals(400, page.get("/api/runs/" + run.id() + "/series").statusCode());
    assertEquals(400, page.get("/api/runs/" + run.id() + "/series?keys=a&points=0").statusCode());
  }

  @Test
  void exportsComeAsFiles() throws Exception {
    RunFolder run = WrittenRun.finished(home, 3);

    for (String name : List.of("metrics.csv", "rollouts.jsonl", "report")) {
      HttpResponse<String> file = page.get("/api/runs/" + run.id() + "/" + name);
      assertEquals(200, file.statusCode(), name);
      assertTrue(
          file.headers().firstValue("Content-Disposition").orElse("").startsWith("attachment"));
      assertEquals("nosniff", file.headers().firstValue("X-Content-Type-Options").orElse(""));
    }
    assertEquals(5, page.get("/api/runs/" + run.id() + "/metrics.csv").body().lines().count());
    assertEquals(6, page.get("/api/runs/" + run.id() + "/rollouts.jsonl").body().lines().count());
  }

  @Test
  void exportsAreWholeForAClientThatTakesGzip() throws Exception {
    RunFolder run = WrittenRun.finished(home, 300);

    for (String name : List.of("metrics.csv", "rollouts.jsonl", "report")) {
      String path = "/api/runs/" + run.id() + "/" + name;
      assertEquals(page.get(path).body(), page.unzipped(path), name);
    }
  }

  @Test
  void runsThatDifferInTheirSeedAloneAreOneGroup() throws Exception {
    RunFolder one = WrittenRun.finished(home, 4, 1);
    RunFolder two = WrittenRun.finished(home, 6, 2);

    JsonNode both = page.json("/api/compare?runs=" + one.id() + "," + two.id());

    assertEquals("seed", both.at("/options/0/name").asText());
    assertEquals(List.of("1", "2"), texts(both.at("/options/0/values")));
    assertEquals(1, both.get("options").size());
    assertEquals(1, both.get("groups").size());
    JsonNode band = both.at("/groups/0/series/reward~1mean");
    assertEquals(List.of("1", "2", "3", "4", "5", "6"), texts(band.get("x")));
    assertEquals(0.1, band.at("/mean/0").asDouble());
    assertEquals(0.1, band.at("/low/0").asDouble());
    assertEquals(List.of("2", "2", "2", "2", "1", "1"), texts(band.get("n")));
    assertTrue(band.at("/low/5").isNull());
  }

  @Test
  void everyMetricIsExplained() throws Exception {
    JsonNode metrics = page.json("/api/metrics");

    assertEquals("reward/mean", metrics.at("/0/key").asText());
    assertEquals("higher", metrics.at("/0/better").asText());
  }

  private static List<String> texts(JsonNode array) throws IOException {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}

package rft.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.run.RunFolder;
import rft.run.RunHome;
import rft.run.RunWriter;

class RunMarksTest {
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
  void tagsStayOverARestart() throws Exception {
    RunFolder run = WrittenRun.finished(home, 2);

    assertEquals(200, tag(run, "\"good\", \"a b\", \"good\""));
    assertEquals("[\"a b\",\"good\"]", tags());

    page.close();
    page = LivePage.open(home);
    assertEquals("[\"a b\",\"good\"]", tags());
    assertEquals("[\"a b\",\"good\"]", page.json("/api/runs/" + run.id()).get("tags").toString());
    assertEquals(200, tag(run, ""));
    assertEquals("[]", tags());
  }

  @Test
  void whatIsNoTagIsRefused() throws Exception {
    RunFolder run = WrittenRun.finished(home, 2);

    for (String wrong : List.of("\"\"", "\"a,b\"", "\"" + "x".repeat(41) + "\"", "\"\\u202e\"")) {
      assertEquals(400, tag(run, wrong), wrong);
    }
    assertEquals(404, page.change("POST", "/api/runs/no-run/tags", "{\"tags\":[]}").statusCode());
    assertEquals("[]", tags());
  }

  @Test
  void aDeletedRunCanBeRestored() throws Exception {
    RunFolder run = WrittenRun.finished(home, 2);
    tag(run, "\"kept\"");

    assertEquals(200, page.change("DELETE", "/api/runs/" + run.id(), "{}").statusCode());
    assertEquals(0, page.json("/api/runs").get("runs").size());
    HttpResponse<String> gone = page.get("/api/runs/" + run.id());
    assertEquals(404, gone.statusCode());
    assertTrue(gone.body().contains("was deleted: the page Runs"), gone.body());
    assertTrue(Files.isDirectory(root.resolve("trash").resolve(run.id())));
    JsonNode trash = page.json("/api/trash").get("runs");
    assertEquals(1, trash.size());
    assertEquals(run.id(), trash.at("/0/id").asText());
    assertEquals("addition", trash.at("/0/name").asText());

    assertEquals(200, restore(run));
    assertEquals("finished", page.json("/api/runs").at("/runs/0/status").asText());
    assertEquals("[\"kept\"]", tags());
    assertEquals(0, page.json("/api/trash").get("runs").size());
    assertEquals(404, restore(run), "it is no longer in the trash");
  }

  @Test
  void aRunThatIsTrainedIsNotDeleted() throws Exception {
    RunFolder run = home.create("busy");
    try (RunWriter writer = RunWriter.create(run, WrittenRun.header(run, 1))) {
      WrittenRun.write(writer, 0, 1);

      var answer = page.change("DELETE", "/api/runs/" + run.id(), "{}");

      assertEquals(409, answer.statusCode());
      assertTrue(answer.body().contains("being trained"), answer.body());
      assertTrue(Files.isDirectory(run.path()));
    }
  }

  @Test
  void theTrashIsEmptiedAfterThirtyDays() throws Exception {
    RunFolder run = WrittenRun.finished(home, 2);
    page.change("DELETE", "/api/runs/" + run.id(), "{}");
    page.close();
    Path trashed = root.resolve("trash").resolve(run.id());

    page = LivePage.open(home, Clock.offset(Clock.systemUTC(), Duration.ofDays(29)));
    assertTrue(Files.isDirectory(trashed));
    page.close();
    page = LivePage.open(home, Clock.offset(Clock.systemUTC(), Duration.ofDays(31)));
    assertFalse(Files.exists(trashed));
  }

  @Test
  void manyDeletionsWithThePageOpenGiveNoErrorAndLeakNoFile() throws Exception {
    int count = 20;
    List<RunFolder> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      runs.add(WrittenRun.finished(home, 1));
    }
    String topics = "runs,run:" + runs.get(0).id() + ",run:" + runs.get(1).id();
    try (NewsReader reader = new NewsReader(page, topics, null).read()) {
      reader.await("here");
      List<Integer> failures = new ArrayList<>();
      Thread looker = new Thread(() -> lookAt(runs, failures));
      looker.start();
      for (RunFolder run : runs) {
        assertEquals(200, page.change("DELETE", "/api/runs/" + run.id(), "{}").statusCode());
      }
      looker.join();
      assertEquals(List.of(), failures);
      assertEquals(0, page.json("/api/runs").get("runs").size());
      reader.await("gone");
      reader.await("gone");
    }
    assertNull(OpenFiles.below(root.resolve("runs")));
    assertNull(OpenFiles.below(root.resolve("trash")));
  }

  /** Asks as a page does that knows the runs still; only "not found" is an answer to a deletion. */
  private void lookAt(List<RunFolder> runs, List<Integer> failures) {
    try {
      for (RunFolder run : runs) {
        for (String path :
            List.of(
                "/api/runs",
                "/api/runs/" + run.id(),
                "/api/runs/" + run.id() + "/series?keys=train/loss")) {
          int status = page.get(path).statusCode();
          if (status != 200 && status != 404) {
            failures.add(status);
          }
        }
      }
    } catch (IOException | InterruptedException e) {
      failures.add(-1);
    }
  }

  private int tag(RunFolder run, String tags) throws Exception {
    return page.change("POST", "/api/runs/" + run.id() + "/tags", "{\"tags\":[" + tags + "]}")
        .statusCode();
  }

  private int restore(RunFolder run) throws Exception {
    return page.change("POST", "/api/runs/" + run.id() + "/restore", "{}").statusCode();
  }

  private String tags() throws Exception {
    JsonNode line = page.json("/api/runs").at("/runs/0");
    return line.get("tags").toString();
  }
}

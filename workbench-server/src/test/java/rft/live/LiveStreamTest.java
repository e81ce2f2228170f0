package rft.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.run.RunEvent;
import rft.run.RunFolder;
import rft.run.RunHome;
import rft.run.RunWriter;

class LiveStreamTest {
  @TempDir Path root;
  private RunHome home;
  private LivePage page;
  private RunFolder run;
  private RunWriter writer;

  @BeforeEach
  void start() throws IOException {
    home = new RunHome(root);
    page = LivePage.open(home);
    run = home.create("addition");
    writer = RunWriter.create(run, WrittenRun.header(run, 1));
    writer.event(RunEvent.Kind.STARTED, 0, "");
  }

  @AfterEach
  void stop() throws IOException {
    writer.close();
    page.close();
  }

  private String topic() {
    return "run:" + run.id();
  }

  @Test
  void whatIsWrittenComesAfterTheStateThatWasLoaded() throws Exception {
    WrittenRun.write(writer, 0, 3);
    String sequence = page.json("/api/runs/" + run.id()).get("sequence").asText();
    WrittenRun.write(writer, 4, 4);

    try (NewsReader reader = new NewsReader(page, topic(), topic() + "@" + sequence).read()) {
      assertEquals(List.of(4), steps(reader.await("metrics").data()));
      assertEquals("running", reader.await("run").data().at("/run/status").asText());
      reader.await("here");
      WrittenRun.write(writer, 5, 5);
      writer.event(RunEvent.Kind.CHECKPOINT, 5, "step 5");
      assertEquals(5, reader.await("rollouts").data().at("/steps/0/step").asInt());
      JsonNode metrics = reader.await("metrics").data();
      assertEquals(List.of(5), steps(metrics));
      assertEquals(0.5, metrics.at("/steps/0/values").get("reward/mean").asDouble());
      assertEquals("checkpoint", reader.await("event").data().at("/event/kind").asText());
    }
  }

  @Test
  void aReconnectLosesAndRepeatsNothing() throws Exception {
    int steps = 120;
    Thread trainer = new Thread(() -> writeSlowly(steps));
    trainer.start();
    List<Integer> heard = new ArrayList<>();
    List<Long> events = new ArrayList<>();
    Random random = new Random(1);
    String last = topic() + "@0.-1.0";
    int connections = 0;
    while (heard.size() < steps && connections < 500) {
      connections++;
      try (NewsReader reader = new NewsReader(page, topic(), last).read()) {
        int patience = 1 + random.nextInt(6);
        for (int i = 0; i < patience; i++) {
          NewsReader.Heard one = reader.next(500);
          if (one == null) {
            break;
          }
          assertFalse(one.event().equals("resync"), "nothing was dropped");
          if (one.event().equals("metrics")) {
            heard.addAll(steps(one.data()));
          } else if (one.event().equals("event")) {
            events.add(one.data().at("/event/sequence").asLong());
          }
          last = one.id();
        }
      }
    }
    trainer.join();

    assertEquals(IntStream.rangeClosed(1, steps).boxed().toList(), heard);
    assertEquals(events.stream().distinct().sorted().toList(), events);
    assertTrue(connections > 3, connections + " connections");
  }

  private void writeSlowly(int steps) {
    try {
      for (int step = 1; step <= steps; step++) {
        WrittenRun.write(writer, step, step);
        if (step % 10 == 0) {
          writer.event(RunEvent.Kind.WARNING, step, "slow");
        }
        Thread.sleep(4);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aResumeFromAnEarlierStepAsksToLoadAgain() throws Exception {
    WrittenRun.write(writer, 0, 5);
    try (NewsReader reader = new NewsReader(page, topic(), null).read()) {
      reader.await("here");
      writer.truncateAfter(3);
      assertEquals(topic(), reader.await("resync").data().get("topic").asText());
      WrittenRun.write(writer, 4, 4);
      assertEquals(List.of(4), steps(reader.await("metrics").data()));
    }
  }

  @Test
  void whoMissedTooMuchOrComesFromElsewhereLoadsAgain() throws Exception {
    WrittenRun.write(writer, 1, 3);
    for (String position : List.of("0.17.5", "1.2.1", "nonsense", "0.2.99")) {
      try (NewsReader reader = new NewsReader(page, topic(), topic() + "@" + position).read()) {
        assertEquals("resync", reader.next(10_000).event(), position);
      }
    }
    try (NewsReader reader = new NewsReader(page, "runs", "runs@17").read()) {
      assertEquals("resync", reader.next(10_000).event());
    }
  }

  @Test
  void theListTellsNewChangedAndRemovedRuns() throws Exception {
    String sequence = page.json("/api/runs").get("sequence").asText();
    RunFolder other = WrittenRun.finished(home, 2);
    try (NewsReader reader = new NewsReader(page, "runs", "runs@" + sequence).read()) {
      NewsReader.Heard news = reader.await("runs");
      assertEquals(other.id(), news.data().at("/changed/0/id").asText());
      WrittenRun.write(writer, 1, 1);
      assertEquals(run.id(), reader.await("runs").data().at("/changed/0/id").asText());
      home.discard(other);
      assertEquals(other.id(), reader.await("runs").data().at("/removed/0").asText());
    }
  }

  @Test
  void oneStreamCarriesSeveralTopicsAndResumesAllOfThem() throws Exception {
    String last;
    try (NewsReader reader = new NewsReader(page, "runs," + topic(), null).read()) {
      reader.await(
          one -> one.id() != null && one.id().contains("runs@") && one.id().contains("run:"));
      last = reader.lastId();
    }
    WrittenRun.write(writer, 1, 1);
    try (NewsReader reader = new NewsReader(page, "runs," + topic(), last).read()) {
      List<String> kinds = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        NewsReader.Heard one = reader.next(2_000);
        if (one != null) {
          kinds.add(one.event());
        }
      }
      assertTrue(kinds.containsAll(List.of("metrics", "runs", "run", "here")), kinds.toString());
      assertFalse(kinds.contains("resync"), kinds.toString());
    }
  }

  @Test
  void aReaderThatStandsStillDelaysNobodyAndIsToldToLoadAgain() throws Exception {
    List<NewsReader> healthy = new ArrayList<>();
    // One whose request came after the news would miss none.
    try (NewsReader still = new NewsReader(page, topic(), null).readTo("here")) {
      for (int i = 0; i < 10; i++) {
        healthy.add(new NewsReader(page, topic(), null).read());
        healthy.get(i).await("here");
      }
      // For one who stands still a full queue may be on its way, and another wait: 512 events, and
      // what the sockets hold. Only what is beyond is dropped.
      String text = "x".repeat(20_000);
      for (int i = 1; i <= 1000; i++) {
        writer.event(RunEvent.Kind.WARNING, 0, text);
      }
      writer.event(RunEvent.Kind.WARNING, 0, "last");
      for (NewsReader one : healthy) {
        one.await(
            news ->
                news.data().at("/event/detail").asText().equals("last")
                    || news.event().equals("resync"));
      }
      still.read();
      still.await("resync");
    } finally {
      for (NewsReader one : healthy) {
        one.close();
      }
    }
  }

  @Test
  void aDeletedRunIsGoneAndNothingOfItStaysOpen() throws Exception {
    RunFolder doomed = WrittenRun.finished(home, 2);
    try (NewsReader reader = new NewsReader(page, "run:" + doomed.id(), null).read()) {
      reader.await("here");
      home.discard(doomed);
      reader.await("gone");
    }
    assertNull(OpenFiles.below(doomed.path()));
  }

  @Test
  void aTopicThatNobodyKnowsIsRefused() throws Exception {
    assertEquals(400, page.get("/api/stream?topics=weather").statusCode());
    assertEquals(400, page.get("/api/stream").statusCode());
    assertEquals(400, page.get("/api/stream?topics=run:../x").statusCode());
  }

  private static List<Integer> steps(JsonNode metrics) {
    List<Integer> steps = new ArrayList<>();
    metrics.get("steps").forEach(step -> steps.add(step.get("step").asInt()));
    return steps;
  }
}

package rft.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.run.RunFolder;
import rft.run.RunHome;
import rft.run.RunWriter;

/** A trainer in a process of its own that is killed while pages watch. */
class KilledTrainerTest {
  @TempDir Path root;

  /** Writes a run step by step, and says each step once it is written. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    RunFolder folder = new RunHome(Path.of(arguments[0])).create("killed");
    try (RunWriter writer = RunWriter.create(folder, WrittenRun.header(folder, 1))) {
      System.out.println(folder.id());
      for (int step = 0; step < 10_000; step++) {
        WrittenRun.write(writer, step, step);
        System.out.println(step);
        Thread.sleep(20);
      }
    }
  }

  @Test
  void itsRunIsCrashedAndWholeUpToTheLastStepItWrote() throws Exception {
    RunHome home = new RunHome(root);
    try (LivePage page = LivePage.open(home)) {
      Process trainer = start();
      try (BufferedReader said = trainer.inputReader()) {
        String id = said.readLine();
        try (NewsReader reader = new NewsReader(page, "runs,run:" + id, null).read()) {
          assertEquals("running", reader.await("run").data().at("/run/status").asText());
          page.jsonOnce(
              "/api/runs", list -> list.at("/runs/0/owner/pid").asLong() == trainer.pid());
          reader.await("metrics");
          trainer.toHandle().destroyForcibly();
          assertTrue(trainer.waitFor(30, TimeUnit.SECONDS));
          int last = said.lines().mapToInt(Integer::parseInt).max().orElseThrow();
          reader.await(
              news ->
                  news.event().equals("run")
                      && news.data().at("/run/status").asText().equals("crashed"));

          JsonNode run = page.json("/api/runs/" + id);
          assertEquals("crashed", run.get("status").asText());
          assertTrue(run.get("owner").isNull());
          // It may have been killed between the write and the word.
          int written = run.get("step").asInt();
          assertTrue(written == last || written == last + 1, written + " after " + last);
          assertEquals(
              written,
              page.json("/api/runs/" + id + "/series?keys=train/loss")
                  .at("/series/train~1loss/x")
                  .size());
          page.jsonOnce("/api/runs", list -> list.at("/runs/0/status").asText().equals("crashed"));
        }
      } finally {
        trainer.toHandle().destroyForcibly();
      }
    }
  }

  private Process start() throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                KilledTrainerTest.class.getName(),
                root.toString()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}

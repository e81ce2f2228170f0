package rft.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rft.command.Progress;
import rft.run.RunHome;

@Timeout(60)
final class NotebookProgressTest {
  @TempDir private Path home;
  private final RecordingOutput output = new RecordingOutput();

  private NotebookProgress progress() {
    return new NotebookProgress(output, () -> false, new RunHome(home));
  }

  private static Progress.Step step(String run, int step) {
    return new Progress.Step(run, step, 40, StoredRun.metrics(step, 1));
  }

  private void awaitShown(String text) throws InterruptedException {
    while (output.sent().stream().noneMatch(sent -> sent.text().contains(text))) {
      Thread.sleep(5);
    }
  }

  @Test
  void aTrainingIsOneDisplayWhoseLastUpdateSaysHowItEnded() throws Exception {
    String run = StoredRun.write(home, 40, 1).id();
    try (NotebookProgress progress = progress()) {
      progress.runStarted(run, 40);
      progress.stepFinished(step(run, 0));
      awaitShown("step 0 of 40");
      for (int i = 1; i <= 40; i++) {
        progress.stepFinished(step(run, i));
      }
      awaitShown("step 40 of 40");
    }
    List<RecordingOutput.Sent> sent = output.sent();
    assertEquals(1, sent.stream().map(each -> each.bundle().getDisplayId()).distinct().count());
    assertEquals(1, sent.stream().filter(each -> !each.again()).count());
    assertFalse(sent.get(0).again());
    for (RecordingOutput.Sent each : sent) {
      assertTrue(each.html().contains(run) && each.text().contains(run));
      assertTrue(each.html().length() + each.text().length() < 50_000);
    }
    assertTrue(output.last().text().contains("finished at step 40"), output.last().text());
    assertTrue(output.last().html().contains("finished"));
  }

  @Test
  void fiveUpdatesASecondAreTheMost() throws Exception {
    long start = System.nanoTime();
    try (NotebookProgress progress = progress()) {
      progress.runStarted("run-1", 40);
      for (int i = 0; i <= 40; i++) {
        progress.stepFinished(step("run-1", i));
        Thread.sleep(20);
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    int updates = output.sent().size();
    assertTrue(updates <= 2 + 5 * seconds, updates + " updates in " + seconds + " s");
    assertTrue(updates >= 2);
  }

  @Test
  void aRunWhoseStoreIsGoneKeepsItsLastPicture() {
    try (NotebookProgress progress = progress()) {
      progress.runStarted("run-1", 40);
      progress.stepFinished(step("run-1", 7));
    }
    String text = output.last().text();
    assertTrue(text.contains("ended after step 7; its store cannot be read"), text);
    assertTrue(text.contains("Speed: latest 2,345 tokens/s"), text);
  }

  @Test
  void anotherVerbShowsALine() {
    try (NotebookProgress progress = progress()) {
      progress.say("measuring the base model <b>");
      progress.report(
          new Progress.Update(
              "evaluate", 40, 200, List.of(new Progress.Reading("speed", 812.4, "tok/s"))));
    }
    String text = output.last().text();
    assertTrue(
        text.matches("(?s)evaluate 40 of 200 in \\d.*, speed 812.4 tok/s\nmeasuring.*"), text);
    assertTrue(output.last().html().contains("measuring the base model &lt;b&gt;"));
  }

  @Test
  void aVerbThatReportsNothingShowsNothing() {
    progress().close();
    assertEquals(List.of(), output.sent());
  }

  @Test
  void nothingIsShownAfterTheEnd() throws Exception {
    NotebookProgress progress = progress();
    progress.say("one");
    progress.close();
    int sent = output.sent().size();
    progress.say("two");
    progress.close();
    Thread.sleep(300);
    assertEquals(sent, output.sent().size());
  }

  @Test
  void theWishToStopIsPassedOn() {
    AtomicBoolean stop = new AtomicBoolean();
    try (NotebookProgress progress = new NotebookProgress(output, stop::get, new RunHome(home))) {
      assertFalse(progress.stopRequested());
      stop.set(true);
      assertTrue(progress.stopRequested());
    }
  }

  @Test
  void severalSeedsEndAsABandWithTheirSpread() throws Exception {
    String one = StoredRun.write(home, 10, 1).id();
    String two = StoredRun.write(home, 10, 3).id();
    try (NotebookProgress progress = progress()) {
      progress.runStarted(one, 10);
      progress.stepFinished(step(one, 0));
      progress.runStarted(two, 10);
      progress.stepFinished(step(two, 0));
      awaitShown("run 2; before it " + one + " 35.0 %");
    }
    String text = output.last().text();
    assertTrue(text.startsWith("2 seeds  the band reaches from the lowest to the highest"), text);
    assertTrue(text.contains("Validation accuracy: all seeds 0.35 to 0.55, mean 45.0 %"), text);
    assertTrue(
        text.contains(
            "validation accuracy at step 10 over 2 seeds: 45.0 %, std 14.1 %, from 35.0 % to 55.0 %"),
        text);
    assertTrue(output.last().html().contains("fill-opacity=\"0.22\""), "the band is drawn");
  }
}

package rft.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.live.WrittenRun;
import rft.run.RunFolder;
import rft.run.RunHome;
import rft.run.RunWriter;
import rft.web.ServerAddress;

/** The pages of a run and of runs side by side, in a browser, over a real server. */
@Tag("slow")
class RunPageTest {
  @TempDir Path folder;

  @Test
  void everyActionWorksAndWhatTheTrainerWritesIsShownWithinASecond() throws Exception {
    RunHome home = new RunHome(folder.resolve("home"));
    RunFolder first = CourseOfARun.finished(home, "course", 1);
    RunFolder second = CourseOfARun.finished(home, "course", 2);
    RunFolder other = CourseOfARun.finished(home, "other", 3);
    RunFolder live = home.create("live");
    try (RunWriter trainer = RunWriter.create(live, CourseOfARun.header(live, 4));
        Workbench workbench = Workbench.start(home, ServerAddress.loopback(0))) {
      CourseOfARun.begin(trainer, 10);
      Path wish = folder.resolve("next-step");
      BrowserScript browser =
          BrowserScript.start(
              "run_in_browser.py",
              workbench.link(),
              wish.toString(),
              String.join(",", List.of(first.id(), second.id(), other.id(), live.id())));
      writeOnWish(browser, trainer, wish);
      browser.succeeds();
    }
  }

  /** Writes the next step as soon as the browser's script asks for it with a file. */
  private static void writeOnWish(BrowserScript browser, RunWriter trainer, Path wish)
      throws IOException, InterruptedException {
    int step = 10;
    while (browser.isRunning()) {
      if (Files.deleteIfExists(wish)) {
        step++;
        trainer.writeStep(step, CourseOfARun.metrics(step, 4), WrittenRun.rollouts(step));
      }
      Thread.sleep(5);
    }
  }
}

package rft.workbench;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.live.RolloutFixture;
import rft.run.RunFolder;
import rft.run.RunHome;
import rft.run.RunWriter;
import rft.web.ServerAddress;

/** The page of rollouts in a browser, over a real server. */
@Tag("slow")
final class RolloutsPageTest {
  @TempDir Path folder;

  @Test
  void everyKeySliderAndLinkDoesWhatItSaysAndHostileTextDoesNothing() throws Exception {
    RunHome home = new RunHome(folder.resolve("home"));
    RunFolder run = RolloutFixture.write(home, 3);
    RunFolder hostile = RolloutFixture.writeHostile(home);
    RunFolder live = home.create("live");
    Path wish = folder.resolve("next-step");
    try (RunWriter trainer = RunWriter.create(live, RolloutFixture.header(live));
        Workbench workbench = Workbench.start(home, ServerAddress.loopback(0))) {
      BrowserScript browser =
          BrowserScript.start(
              "rollouts_in_browser.py",
              workbench.link(),
              run.id(),
              hostile.id(),
              live.id(),
              wish.toString());
      writeOnWish(browser, trainer, wish);
      browser.succeeds();
    }
  }

  /** Writes the next step as soon as the browser's script asks for it with a file. */
  private static void writeOnWish(BrowserScript browser, RunWriter trainer, Path wish)
      throws Exception {
    for (int step = 1; browser.isRunning(); ) {
      if (Files.deleteIfExists(wish)) {
        RolloutFixture.writeStep(trainer, step++);
      }
      Thread.sleep(5);
    }
  }
}

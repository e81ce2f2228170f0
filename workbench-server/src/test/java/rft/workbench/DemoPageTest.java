package rft.workbench;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.demo.Replay;
import rft.run.RunHome;
import rft.web.ServerAddress;

/** The demo in a browser: the replay is steered, and each stop of the tour shows what it names. */
@Tag("slow")
class DemoPageTest {
  @TempDir Path folder;

  @Test
  void theTourPointsAtWhatItSpeaksOf() throws Exception {
    RunHome home = new RunHome(folder);
    try (Replay replay = Replay.start(RecordedRuns.FOLDER, home, 5);
        Workbench workbench = Workbench.demo(home, ServerAddress.loopback(0), replay)) {
      BrowserScript.start("demo_in_browser.py", workbench.link()).succeeds();
    }
  }
}

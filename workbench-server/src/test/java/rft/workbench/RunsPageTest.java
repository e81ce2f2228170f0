package rft.workbench;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.run.RunHome;
import rft.web.ServerAddress;

/** The list of runs in a browser: order, filters, tags, deletion with undo, keys, files. */
@Tag("slow")
class RunsPageTest {
  @TempDir Path folder;

  @Test
  void everyActionOfTheListAndTheFilesOfARunWork() throws Exception {
    RecordedRuns.copyTo(folder);
    try (Workbench workbench = Workbench.start(new RunHome(folder), ServerAddress.loopback(0))) {
      BrowserScript.start("runs_in_browser.py", workbench.link()).succeeds();
    }
  }
}

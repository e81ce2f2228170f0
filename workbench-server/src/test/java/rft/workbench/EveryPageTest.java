package rft.workbench;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.run.RunHome;
import rft.web.ServerAddress;

/** Every page on the recorded runs: no error, no overflow, nothing serious for axe-core. */
@Tag("slow")
class EveryPageTest {
  @TempDir Path folder;

  @Test
  void everyPageOpensInDarkAndLightWideAndNarrow() throws Exception {
    RecordedRuns.copyTo(folder);
    try (Workbench workbench = Workbench.start(new RunHome(folder), ServerAddress.loopback(0))) {
      BrowserScript.start(
              "pages_in_browser.py",
              workbench.link(),
              "page",
              "/",
              "/runs/demo-learns",
              "/runs/demo-hacks/rollouts?step=20&overlay=entropy",
              "/compare?runs=demo-learns,demo-hacks,demo-collapses",
              "/playground?run=demo-learns",
              "/new",
              "/jobs",
              "/models/demo-learns",
              "/datasets",
              "/rewards?reward=number-match",
              "/deployments")
          .succeeds();
    }
  }
}

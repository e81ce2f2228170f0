package rft.workbench;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.run.RunHome;
import rft.web.ServerAddress;

/** The way into the page in a browser, where requests fail or are slow. */
@Tag("slow")
class SignInTest {
  @TempDir Path folder;

  @Test
  void aLinkOpensThePageAlsoWhereTheFirstRequestsFail() throws Exception {
    RecordedRuns.copyTo(folder);
    try (Workbench workbench = Workbench.start(new RunHome(folder), ServerAddress.loopback(0))) {
      BrowserScript.start(
              "sign_in_in_browser.py",
              workbench.link(),
              workbench.link(),
              workbench.link(),
              workbench.link())
          .succeeds();
    }
  }
}

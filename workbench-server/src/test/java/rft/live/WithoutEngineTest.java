package rft.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.run.RunFolder;
import rft.run.RunHome;

/** The workbench runs without the tensor engine and the native tokenizer on its class path. */
final class WithoutEngineTest {
  @TempDir Path folder;

  @Test
  void rolloutsAreReadAndCutIntoTokensWithoutThem() throws Exception {
    RunFolder run = RolloutFixture.write(new RunHome(folder), 2);
    try (URLClassLoader loader =
        new URLClassLoader(withoutEngine(), ClassLoader.getPlatformClassLoader())) {
      assertThrows(
          ClassNotFoundException.class,
          () -> loader.loadClass("ai.djl.huggingface.tokenizers.HuggingFaceTokenizer"));
      Method read =
          loader
              .loadClass("rft.live.WithoutEngineTest")
              .getDeclaredMethod("read", Path.class, String.class);
      read.setAccessible(true);
      assertEquals("12 tokens <|end|>", read.invoke(null, folder, run.id()));
    }
  }

  /** Called by reflection, where there is no engine. */
  static String read(Path home, String run) throws Exception {
    try (LivePage page = LivePage.open(new RunHome(home))) {
      String address = "/api/runs/" + run;
      int rollouts = 0;
      for (var group : page.json(address + "/groups?step=2&weights=right:2").get("groups")) {
        String place = "?step=2&position=" + group.get("position");
        rollouts += page.json(address + "/group" + place).get("rollouts").size();
      }
      var tokens = page.json(address + "/tokens?step=2&position=0&rollout=1");
      assertTrue(page.json(address + "/search?q=how").get("hits").size() > 0);
      return rollouts + " tokens " + tokens.get("marks").get(3).asText();
    }
  }

  private static URL[] withoutEngine() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      String name = Path.of(entry).getFileName().toString();
      if (!name.matches("(api|tokenizers|pytorch.*)-\\d.*\\.jar") && !entry.contains("ai/djl")) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    return urls.toArray(URL[]::new);
  }
}

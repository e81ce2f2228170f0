package rft.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** OpenAI's own client for Python finds here all that it knows. */
final class PythonClientTest {
  private static final String PYTHON = System.getenv().getOrDefault("RFT_PYTHON", "python3");
  private static final String HOW =
      "needs Python with the modules of kernel/src/test/python/requirements.txt: python3 -m venv V"
          + " && V/bin/pip install -r kernel/src/test/python/requirements.txt, then set"
          + " RFT_PYTHON=V/bin/python";

  private static void requireClient() throws IOException, InterruptedException {
    boolean found;
    try {
      found = new ProcessBuilder(PYTHON, "-c", "import openai").start().waitFor() == 0;
    } catch (IOException none) {
      found = false;
    }
    if (!found && System.getenv().getOrDefault("RFT_REQUIRE_PYTHON", "").equals("1")) {
      fail(HOW);
    }
    Assumptions.assumeTrue(found, HOW);
  }

  @Test
  void openAisPythonClientIsServed() throws Exception {
    requireClient();
    try (TestServer server =
        TestServer.start("--adapter=" + new RandomAdapter("shaken").folder())) {
      Path script =
          Path.of(System.getProperty("rft.root", ".."), "serving/src/test/python/client.py");
      ProcessBuilder builder = new ProcessBuilder(PYTHON, script.toString());
      builder.environment().put("OPENAI_BASE_URL", server.url() + "/v1");
      builder.environment().put("OPENAI_API_KEY", server.token());
      Process client = builder.redirectErrorStream(true).start();
      String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      client.waitFor(60, TimeUnit.SECONDS);
      assertEquals(0, client.exitValue(), said);
      assertEquals("all well", said.strip());
    }
  }
}

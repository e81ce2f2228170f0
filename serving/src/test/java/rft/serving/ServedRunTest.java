package rft.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rft.serving.TestServer.said;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.command.Progress;
import rft.command.Run;
import rft.command.Train;
import rft.run.RunHome;

/** Runs become models of a server, while it runs. */
final class ServedRunTest {
  private static String lora;
  private static String full;

  @BeforeAll
  static void train() throws Exception {
    lora = run("--lr=0.03");
    full = run("--full", "--lr=0.002");
  }

  /** Returns a run of two steps, each with a checkpoint. */
  private static String run(String... options) throws Exception {
    Train train = new Train();
    List<String> all =
        new java.util.ArrayList<>(
            List.of(
                "--model=" + System.getProperty("rft.root", "..") + "/models/tiny-chat",
                "--data=addition",
                "--reward=number-match",
                "--steps=2",
                "--tasks-per-step=4",
                "--group-size=4",
                "--max-new-tokens=24",
                "--checkpoint-every=1",
                "--validation-tasks=2",
                "--validation-samples=1",
                "--threads=1"));
    all.addAll(List.of(options));
    new CommandLine(train).parseArgs(all.toArray(String[]::new));
    return train.run(Progress.SILENT).runs().get(0).id();
  }

  private static String ask(String model) {
    return "\"model\": \"%s\", \"temperature\": 0, \"n\": 1, \"logprobs\": true".formatted(model);
  }

  @Test
  void everyCheckpointOfARunIsAModelBesideItsBase() throws Exception {
    // One place for two runs and their checkpoints: weights are exchanged all the time.
    try (TestServer server = TestServer.start("--keep=1")) {
      List<String> ids = server.get("/v1/models").get("data").findValuesAsText("id");
      JsonNode base = server.chat(ask("base"));
      for (String run : List.of(lora, full)) {
        for (int step :
            new Run(run).header().options().adapter().full() ? List.of(2) : List.of(1, 2)) {
          String id = "ft:tiny-chat:" + run + ":ckpt-step-" + step;
          assertTrue(ids.contains(id), ids.toString());
          JsonNode tuned = server.chat(ask(id));
          assertNotEquals(firstLogProb(base), firstLogProb(tuned), 1e-4, id);
          assertEquals(run, server.get("/v1/models/" + id).get("run").textValue());
        }
        String best = "ft:tiny-chat:" + run;
        int step = server.get("/v1/models/" + best).get("step").intValue();
        assertEquals(
            said(server.chat(ask(best + ":ckpt-step-" + step))), said(server.chat(ask(best))));
      }
      assertEquals(firstLogProb(base), firstLogProb(server.chat(ask("base"))), 1e-5);
    }
  }

  private static double firstLogProb(JsonNode answer) {
    return answer.at("/choices/0/logprobs/content/0/logprob").doubleValue();
  }

  @Test
  void onlyWhatIsChosenIsServed() throws Exception {
    try (TestServer server = TestServer.start("--adapter=" + lora + "@1")) {
      assertEquals(
          List.of("base", "tiny-chat", "ft:tiny-chat:" + lora + ":ckpt-step-1"),
          server.get("/v1/models").get("data").findValuesAsText("id"));
      String other = TestServer.chatBody("\"model\": \"ft:tiny-chat:" + full + "\"");
      assertEquals(404, server.send("/v1/chat/completions", other).statusCode());
    }
    CommandException none =
        assertThrows(
            CommandException.class,
            () -> {
              try {
                TestServer.start("--adapter=" + lora + "@7").close();
              } catch (java.util.concurrent.ExecutionException e) {
                throw e.getCause();
              }
            });
    assertEquals(ExitCode.NOT_FOUND, none.exitCode());
    assertTrue(String.valueOf(none.getMessage()).contains("no checkpoint of step 7"));
  }

  @Test
  void aServerIsFoundByItsNoteUntilItEnds() throws Exception {
    Path folder = RunHome.standard().root().resolve("serving");
    Path note = folder.resolve(ProcessHandle.current().pid() + ".json");
    TestServer server = TestServer.start();
    JsonNode found = TestServer.JSON.readTree(Files.readString(note));
    assertEquals(server.url(), found.get("url").textValue());
    assertEquals(
        server.token(), Files.readString(Path.of(found.get("token_file").textValue())).strip());
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(note)));
    }
    server.chat("\"max_tokens\": 2, \"ignore_eos\": true");
    Serve.Served served = server.end();
    assertFalse(Files.exists(note));
    assertEquals(1, served.requests());
    assertEquals(2, served.tokens());
  }
}

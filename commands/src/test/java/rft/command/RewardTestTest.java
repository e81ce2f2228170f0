package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import rft.dataset.Dataset;
import rft.dataset.Task;
import rft.lab.Expectation;
import rft.lab.RewardExample;
import rft.lab.RewardExamples;

final class RewardTestTest {
  @TempDir private Path folder;
  private Path reward;
  private Path examples;

  @BeforeEach
  void write() throws IOException {
    reward = folder.resolve("ends.java");
    examples = folder.resolve("ends.examples.jsonl");
    Files.writeString(reward, "return completion.endsWith(answer);");
    Workspace.current()
        .put("ds", Dataset.of("ds", List.of(Task.of("a", "1+1?", "2"), Task.of("b", "2?", "3"))));
  }

  @AfterEach
  void forget() {
    Workspace.current().clear();
  }

  private static RewardTest.Report report(String... arguments) throws IOException {
    RewardTest verb = new RewardTest();
    new CommandLine(verb).parseArgs(arguments);
    return verb.run(Progress.SILENT);
  }

  private RewardTest.Report added(String completion, String... expected) throws IOException {
    return report(
        Stream.concat(
                Stream.of(
                    reward.toString(),
                    "--add",
                    "--data=ds",
                    "--task=a",
                    "--completion",
                    completion),
                Stream.of(expected))
            .toArray(String[]::new));
  }

  @Test
  void anExampleThatFailsIsShownAndFailsTheGate() throws IOException {
    Files.writeString(
        examples,
        """
        {"prompt":"1+1?","reference_answer":"2","completion":"it is 2","reward":1}
        {"prompt":"1+1?","reference_answer":"2","completion":"1 or 2","max":0,"why":"two answers"}
        """);
    RewardTest.Report report = report(reward.toString());
    assertEquals(3, report.exitCode().number());
    assertEquals(List.of("example-2"), report.failures().stream().map(RewardTest.Row::id).toList());
    String text = report.text().orElseThrow();
    assertTrue(text.contains("expected    at most 0\n  got         1\n"), text);
    assertTrue(text.contains("completion  1 or 2\n  why         two answers"), text);
    assertTrue(text.endsWith("1 of 2 examples pass"), text);
    Files.writeString(
        reward, "return completion.endsWith(answer) && !completion.contains(\"or\");");
    RewardTest.Report repaired = report(reward.toString());
    assertEquals(ExitCode.OK, repaired.exitCode());
    assertEquals(Optional.empty(), repaired.problem());
  }

  @Test
  void aCounterExampleIsAddedBesideTheRewardAndReplayedFromThenOn() throws IOException {
    RewardTest.Report added = added("1 or 2", "--max=0", "--why=two answers");
    assertEquals(examples.toString(), added.added());
    assertEquals(ExitCode.OK, added.exitCode());
    assertTrue(added.text().orElseThrow().endsWith("; the reward fails it now"));
    RewardExample stored = RewardExamples.read(examples).get(0);
    assertEquals(Expectation.atMost(0), stored.expected());
    assertEquals("two answers", stored.why());
    assertEquals("2", stored.task().referenceText());
    assertTrue(added("2", "--min=1", "--max=1").text().orElseThrow().endsWith("passes it"));
    assertEquals(1, report(reward.toString()).failures().size());
    String twice =
        assertThrows(CommandException.class, () -> added("1 or 2", "--max=0")).getMessage();
    assertTrue(twice.contains("already"), twice);
  }

  @Test
  void examplesOfANamedRewardAreThoseOfItsNameInTheHomeUnlessAFileIsGiven() throws IOException {
    Workspace.current().put("mine", rft.Rft.reward("mine", "return completion.equals(answer);"));
    String missing = assertThrows(CommandException.class, () -> report("mine")).getMessage();
    assertTrue(missing.contains("mine.examples.jsonl"), missing);
    Files.writeString(examples, "{\"prompt\":\"?\",\"completion\":\"x\",\"reward\":0}");
    assertEquals(1, report("mine", "--examples=" + examples).rows().size());
    String old = System.getProperty("rft.home");
    System.setProperty("rft.home", folder.toString());
    try {
      Files.createDirectories(folder.resolve("rewards"));
      Files.copy(examples, folder.resolve("rewards/mine.examples.jsonl"));
      RewardTest.Report report = report("mine");
      assertEquals(
          folder.resolve("rewards/mine.examples.jsonl").toString(), report.rows().get(0).from());
      assertNull(report.added());
    } finally {
      if (old == null) {
        System.clearProperty("rft.home");
      } else {
        System.setProperty("rft.home", old);
      }
    }
  }

  @Test
  void aReadyRewardHasExamplesOfItsOwn() throws IOException {
    RewardTest.Report report = report("exact-match");
    assertEquals(ExitCode.OK, report.exitCode());
    assertTrue(report.rows().size() >= 6, report.rows().toString());
    assertEquals("exact-match", report.rows().get(0).from());
  }

  @Test
  void aLineThatIsNoExampleIsNamed() throws IOException {
    Files.writeString(examples, "\n{\"prompt\":\"?\"}\n");
    String message =
        assertThrows(IllegalArgumentException.class, () -> report(reward.toString())).getMessage();
    assertTrue(message.startsWith(examples + ":2: the example has no completion"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--max=0 | give --add, too",
        "--add --data=ds --task=a --max=0 | --completion TEXT",
        "--add --data=ds --task=a --completion=x | say what is expected",
        "--add --data=ds --task=a --completion=x --max=0 --abstain | say what is expected",
        "--add --data=ds --task=A --completion=x --max=0 | no task A in ds; did you mean a?",
        "--add --data=ds --task=a --completion=x --min=1 --max=0 | min must not exceed max",
        "--reward-seconds=0 | must be more than 0",
        "--examples=none.jsonl | no file of examples none.jsonl"
      })
  void aCallThatMakesNoSenseSaysWhatWould(String arguments, String expected) {
    String call = reward + " " + arguments;
    String message =
        assertThrows(RuntimeException.class, () -> report(call.split(" "))).getMessage();
    assertTrue(message.contains(expected), message);
  }
}

package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import rft.run.ShellWord;

final class DataImportTest {
  private static final String CALL =
      """
      {"schemaType":"ModelInvocationLog","requestId":"r","modelId":"m","operation":"Converse",\
      "input":{"inputBodyJson":{"messages":[{"role":"user","content":[{"text":"hi"}]}]}},\
      "output":{"outputBodyJson":{"output":{"message":{"content":[{"text":"hello"}]}},"stopReason":"end_turn"}}}
      """;

  @TempDir Path folder;
  private Path log = Path.of("");
  private Path out = Path.of("");

  @BeforeEach
  void writeLog() throws IOException {
    log = Files.writeString(folder.resolve("log.json"), CALL);
    out = folder.resolve("out.jsonl");
  }

  @Test
  void theDatasetPassesItsCheck() throws IOException {
    DataImport.Report report = run("--with-answers");
    assertEquals(ExitCode.OK, report.exitCode());
    DataCheck.Report check = new DataCheck(List.of(out)).run(Progress.SILENT);
    assertEquals(ExitCode.OK, check.exitCode());
    assertEquals(0, check.files().get(0).rowsWithoutReference());
    String text = report.text().orElse("");
    assertTrue(text.startsWith("1 row, 1 with a reference answer, from 1 record in 1 file"), text);
    assertTrue(text.endsWith("next: rft data check " + ShellWord.of(out.toString())), text);
  }

  @Test
  void theNextCommandCanBePastedWhateverThePathIs() throws IOException {
    out = folder.resolve("it's mine.jsonl");
    String text = run().text().orElse("");
    assertTrue(text.endsWith("it'\\''s mine.jsonl'"), text);
    assertTrue(text.contains("next: rft data check '" + folder), text);
  }

  @Test
  void anUnreadableLineFailsThoughTheRowsAreWritten() throws IOException {
    Files.writeString(log, CALL + "{\"schemaType\":");
    DataImport.Report report = run();
    assertEquals(ExitCode.FAILED, report.exitCode());
    assertTrue(report.problem().isPresent());
    assertEquals(1, Files.readAllLines(out).size());
    String text = report.text().orElse("");
    assertTrue(text.contains(log + ":2 (the row ends in the middle"), text);
  }

  @Test
  void aLogWithoutAUsableCallWritesNothingAndSaysWhy() throws IOException {
    DataImport.Report report = run("--model-id=other");
    assertEquals(ExitCode.FAILED, report.exitCode());
    String text = report.text().orElse("");
    assertTrue(text.contains("calls of a model that --model-id keeps out"), text);
    assertFalse(text.contains("--where"), text);
    assertFalse(Files.exists(out));
  }

  @Test
  void aFileThatIsThereStaysUnlessForcedAndALogAlways() throws IOException {
    run();
    refused(ExitCode.USAGE, "--force", log, out);
    run("--force");
    refused(ExitCode.USAGE, "is one of the logs", folder, log, "--force");
    assertEquals(CALL, Files.readString(log));
  }

  @Test
  void wrongNamesAndPairsAreRefused() throws IOException {
    refused(ExitCode.NOT_FOUND, "no file", folder.resolve("none.json"), out);
    Path empty = Files.createDirectories(folder.resolve("empty"));
    refused(ExitCode.FAILED, "no .json", empty, out);
    DataImport verb = verb(log, out, "--where=project");
    assertThrows(IllegalArgumentException.class, () -> verb.run(Progress.SILENT));
    assertFalse(Files.exists(out));
  }

  @Test
  void aStopLeavesNothing() throws IOException {
    DataImport verb = verb(log, out);
    Progress stopped =
        new Progress() {
          @Override
          public void report(Update update) {}

          @Override
          public void say(String sentence) {}

          @Override
          public boolean stopRequested() {
            return true;
          }
        };
    CommandException e = assertThrows(CommandException.class, () -> verb.run(stopped));
    assertEquals(ExitCode.INTERRUPTED, e.exitCode());
    assertFalse(Files.exists(out));
  }

  private DataImport.Report run(String... options) throws IOException {
    return verb(log, out, options).run(Progress.SILENT);
  }

  private static void refused(
      ExitCode code, String message, Path log, Path out, String... options) {
    DataImport verb = verb(log, out, options);
    CommandException e = assertThrows(CommandException.class, () -> verb.run(Progress.SILENT));
    assertEquals(code, e.exitCode());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private static DataImport verb(Path log, Path out, String... options) {
    DataImport verb = new DataImport();
    new CommandLine(verb)
        .parseArgs(
            Stream.concat(Stream.of(log.toString(), "--out=" + out), Stream.of(options))
                .toArray(String[]::new));
    return verb;
  }
}

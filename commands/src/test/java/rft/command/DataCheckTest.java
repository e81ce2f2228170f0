package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataCheckTest {
  private static final String GOOD =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"2+2?\"}],\"reference_answer\":\"4\"}\n";

  @TempDir Path folder;

  @Test
  void aCleanFileIsOkAndItsSplitsAddUp() throws IOException {
    DataCheck.Report report = check(GOOD + GOOD.replace("4", "5"));
    DataCheck.FileReport file = report.files().get(0);
    assertEquals(ExitCode.OK, report.exitCode());
    assertEquals(2, file.goodRows());
    SplitSizes splits = file.splits();
    assertEquals(2, splits.train() + splits.validation() + splits.test());
  }

  @Test
  void oneBadRowFailsTheCheckAndKeepsTheGoodOnes() throws IOException {
    DataCheck.Report report = check(GOOD + "{}\n" + GOOD);
    assertEquals(ExitCode.FAILED, report.exitCode());
    assertEquals(2, report.files().get(0).goodRows());
    assertEquals(2, report.files().get(0).problems().get(0).line());
  }

  @Test
  void anEmptyFileFailsTheCheck() throws IOException {
    assertEquals(ExitCode.FAILED, check("\n").exitCode());
  }

  @Test
  void aFileThatIsNotThereNamesTheNearest() throws IOException {
    Files.writeString(folder.resolve("addition.jsonl"), GOOD);
    DataCheck verb = new DataCheck(List.of(folder.resolve("adition.jsonl")));
    CommandException e = assertThrows(CommandException.class, () -> verb.run(Progress.SILENT));
    assertEquals(ExitCode.NOT_FOUND, e.exitCode());
    assertTrue(e.getMessage().endsWith("did you mean addition.jsonl?"), e.getMessage());
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    DataCheck verb = new DataCheck(List.of(folder.resolve("no/such.jsonl")));
    CommandException e = assertThrows(CommandException.class, () -> verb.run(Progress.SILENT));
    assertTrue(e.getMessage().contains("the folder " + folder.resolve("no")), e.getMessage());
  }

  @Test
  void aFolderIsNoDataset() {
    DataCheck verb = new DataCheck(List.of(folder));
    CommandException e = assertThrows(CommandException.class, () -> verb.run(Progress.SILENT));
    assertEquals(ExitCode.USAGE, e.exitCode());
  }

  private DataCheck.Report check(String text) throws IOException {
    Path file = folder.resolve("data.jsonl");
    Files.writeString(file, text);
    return new DataCheck(List.of(file)).run(Progress.SILENT);
  }
}

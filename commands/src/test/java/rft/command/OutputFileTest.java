package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.run.NoSuchRunException;

final class OutputFileTest {
  @TempDir Path folder;

  private static String refusal(Path path) {
    return assertThrows(CommandException.class, () -> new OutputFile("--csv", path).require(false))
        .getMessage();
  }

  @Test
  void aFileInAFolderThatExistsIsFine() {
    new OutputFile("--csv", folder.resolve("new.csv")).require(false);
  }

  @Test
  void aFolderIsNoFile() {
    assertEquals("--csv (" + folder + ") is a folder; name a file in it", refusal(folder));
  }

  @Test
  void aFolderThatIsMissingIsNamed() {
    Path missing = folder.resolve("missing");
    assertEquals(
        "--csv (%s): the folder %s does not exist; make it first"
            .formatted(missing.resolve("m.csv"), missing),
        refusal(missing.resolve("m.csv")));
  }

  @Test
  void anExportedRunReplacesAFileOnlyIfForced() throws Exception {
    Path file = Files.writeString(folder.resolve("mine.csv"), "mine");
    for (String option : List.of("--csv=" + file, "--jsonl=" + file)) {
      CommandException e =
          assertThrows(
              CommandException.class, () -> SmallRun.run(new RunsExport(), "none", option));
      assertEquals(file + " is already there; add --force to replace it", e.getMessage());
      assertEquals("mine", Files.readString(file));
    }
    assertThrows(
        NoSuchRunException.class,
        () -> SmallRun.run(new RunsExport(), "none", "--csv=" + file, "--force"));
  }

  @Test
  void aSampleDatasetReplacesAFileOnlyIfForced() throws Exception {
    Path file = Files.writeString(folder.resolve("mine.jsonl"), "mine");
    String[] make = {"--task=dates", "--rows=20", "--out=" + file};
    CommandException e =
        assertThrows(CommandException.class, () -> SmallRun.run(new DataMake(), make));
    assertEquals(ExitCode.USAGE, e.exitCode());
    assertEquals(file + " is already there; add --force to replace it", e.getMessage());
    assertEquals("mine", Files.readString(file));
    String[] forced = {make[0], make[1], make[2], "--force"};
    assertEquals(20, SmallRun.run(new DataMake(), forced).rows());
    assertEquals(20, Files.readAllLines(file).size());
  }
}

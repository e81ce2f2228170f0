package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.dataset.DatasetReader;
import rft.dataset.DatasetWriter;
import rft.dataset.Splitter;
import rft.dataset.Task;

final class DataSplitTest {
  private static final int ROWS = 200;

  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void writeRows() throws IOException {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      tasks.add(Task.of("t" + i, "what is " + i, String.valueOf(i)));
    }
    file = folder.resolve("train.jsonl");
    DatasetWriter.write(file, tasks);
  }

  @Test
  void everyRowLandsInExactlyOneFile() throws IOException {
    DataSplit.Parts parts = split("out", false).run(Progress.SILENT);
    assertEquals(ExitCode.OK, parts.exitCode());
    Set<String> ids = new HashSet<>();
    long rows = 0;
    for (DataSplit.Part part : parts.written()) {
      List<Task> tasks = DatasetReader.read(Path.of(part.file())).tasks();
      assertEquals(part.rows(), tasks.size());
      assertTrue(part.rows() > 0, part.file());
      tasks.forEach(task -> ids.add(task.id()));
      rows += tasks.size();
    }
    assertEquals(ROWS, rows);
    assertEquals(ROWS, ids.size());
  }

  @Test
  void badRowsAreLeftOutAndTheExitCodeTells() throws IOException {
    Files.writeString(file, Files.readString(file) + "{}\n");
    DataSplit.Parts parts = split("out", false).run(Progress.SILENT);
    assertEquals(ExitCode.FAILED, parts.exitCode());
    assertEquals(ROWS + 1, parts.problems().get(0).line());
    assertEquals(ROWS, parts.written().stream().mapToLong(DataSplit.Part::rows).sum());
  }

  @Test
  void filesThatAreThereStayUnlessForced() throws IOException {
    split("out", false).run(Progress.SILENT);
    DataSplit again = split("out", false);
    CommandException e = assertThrows(CommandException.class, () -> again.run(Progress.SILENT));
    assertTrue(e.getMessage().contains("--force"), e.getMessage());
    split("out", true).run(Progress.SILENT);
  }

  @Test
  void theDatasetItselfIsNeverReplaced() throws IOException {
    byte[] before = Files.readAllBytes(file);
    DataSplit verb = split("", true);
    assertThrows(CommandException.class, () -> verb.run(Progress.SILENT));
    assertEquals(ROWS, DatasetReader.read(file).tasks().size());
    assertEquals(before.length, Files.size(file));
  }

  @Test
  void aFileWithoutAGoodRowMakesNoFolder() throws IOException {
    Files.writeString(file, "{}\n");
    DataSplit verb = split("out", false);
    assertThrows(CommandException.class, () -> verb.run(Progress.SILENT));
    assertFalse(Files.exists(folder.resolve("out")));
  }

  private DataSplit split(String out, boolean force) {
    return new DataSplit(file, folder.resolve(out), Splitter.standard(), force);
  }
}

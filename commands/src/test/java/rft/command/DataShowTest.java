package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.dataset.DatasetWriter;
import rft.dataset.Split;
import rft.dataset.Task;

final class DataShowTest {
  private static final int ROWS = 100;

  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void writeRows() throws IOException {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      tasks.add(Task.of("t" + i, "what is " + i, String.valueOf(i)));
    }
    file = folder.resolve("data.jsonl");
    DatasetWriter.write(file, tasks);
  }

  @Test
  void theFirstRowsComeInFileOrder() throws IOException {
    DataShow.Page page = new DataShow(file, null, 3).run(Progress.SILENT);
    assertEquals(List.of("t0", "t1", "t2"), page.rows().stream().map(DataShow.Row::id).toList());
    assertEquals(ROWS, page.matching());
  }

  @Test
  void aSplitShowsItsOwnRowsAndCountsThemAll() throws IOException {
    long all = 0;
    for (Split split : Split.values()) {
      DataShow.Page page = new DataShow(file, split, 5).run(Progress.SILENT);
      assertTrue(page.rows().stream().allMatch(row -> row.split() == split));
      all += page.matching();
    }
    assertEquals(ROWS, all);
  }

  @Test
  void badRowsAreCountedNotShown() throws IOException {
    Files.writeString(file, "{}\n" + Files.readString(file));
    assertEquals(1, new DataShow(file, null, 3).run(Progress.SILENT).problems());
  }

  @Test
  void aLimitBelowOneIsRefused() {
    DataShow verb = new DataShow(file, null, 0);
    assertThrows(IllegalArgumentException.class, () -> verb.run(Progress.SILENT));
  }
}

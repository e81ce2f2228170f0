package rft.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rft.dataset.Dataset;
import rft.dataset.DatasetReader;
import rft.dataset.Split;
import rft.dataset.Splitter;
import rft.dataset.Task;

final class SampleDatasetsTest {
  private static final Path BUNDLED = Path.of(System.getProperty("rft.root"), "datasets/samples");

  @TempDir Path folder;

  static Stream<SampleKind> kinds() {
    return SampleKind.all();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theBundledFileIsWhatTheGeneratorWrites(SampleKind kind) throws IOException {
    Path file = folder.resolve(kind.taskName() + ".jsonl");
    SampleDatasets.write(file, kind, SampleDatasets.SEED, kind.bundledRows());
    byte[] bundled = Files.readAllBytes(BUNDLED.resolve(kind.taskName() + ".jsonl"));
    assertArrayEquals(Files.readAllBytes(file), bundled);
    assertTrue(bundled.length < 1 << 20, "bytes: " + bundled.length);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theReadmeGivesSizesSplitsRewardAndAnExample(SampleKind kind) throws IOException {
    Path file = BUNDLED.resolve(kind.taskName() + ".jsonl");
    List<Task> tasks = DatasetReader.read(file).tasks();
    Map<Split, List<Task>> parts = Splitter.standard().split(tasks);
    String line =
        String.format(
            Locale.ROOT,
            "| [%1$s](%1$s.jsonl) | %2$d | %3$d | %4$d | %5$d | %6$d | `%7$s` |",
            kind.taskName(),
            tasks.size(),
            parts.get(Split.TRAIN).size(),
            parts.get(Split.VALIDATION).size(),
            parts.get(Split.TEST).size(),
            Files.size(file),
            kind.rewardName());
    List<String> readme = Files.readAllLines(BUNDLED.resolve("README.md"));
    assertTrue(readme.contains(line), line);
    assertTrue(readme.contains(Files.readAllLines(file).get(0)), kind.taskName());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyRowIsReadBackAndNoTwoAreAlike(SampleKind kind) throws IOException {
    List<Task> rows = SampleDatasets.rows(kind, 9, 300);
    Path file = folder.resolve("rows.jsonl");
    SampleDatasets.write(file, kind, 9, 300);
    Dataset read = DatasetReader.read(file);
    assertEquals(rows, read.tasks());
    assertEquals(List.of(), read.problems());
    assertEquals(300, rows.stream().map(kind::identity).distinct().count());
  }

  @Test
  void moreRowsThanContentsAreRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> SampleDatasets.rows(SampleTask.SORTING, 1, 7_800))
            .getMessage();
    assertTrue(message.contains("sorting has hardly more than 7"), message);
    assertTrue(message.contains("ask for fewer"), message);
  }

  @Test
  void aRowIsFoundAgainByTheNumberInItsId() {
    Task row = SampleDatasets.rows(SampleTask.SORTING, 4, 2_000).get(1_999);
    long index = Long.parseLong(row.id().substring("sorting-".length()));
    assertTrue(index > 1_999);
    assertEquals(row, SampleTask.SORTING.task(4, index));
  }
}

package rft.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesBlocksTest {
  @TempDir Path root;

  @Test
  void blocksOfALongSeriesSayWhatItsValuesSay() throws IOException {
    RunFolder folder = new RunHome(root).create(null);
    try (RunWriter writer = RunWriter.create(folder, SampleRun.header(folder));
        RunReader reader = RunReader.open(folder)) {
      for (int step = 1; step <= 100; step++) {
        writer.writeStep(step, Map.of("a", odd(step) ? Double.NaN : Math.sin(step)), List.of());
      }
      assertBlocks(reader, 100);
      writer.truncateAfter(41);
      assertBlocks(reader, 41);
      writer.writeStep(42, Map.of("a", 7.0), List.of());
      assertBlocks(reader, 42);
    }
  }

  private static boolean odd(int step) {
    return step == 3 || (step >= 64 && step < 80);
  }

  private static void assertBlocks(RunReader reader, int last) throws IOException {
    for (int width : List.of(16, 32)) {
      List<SeriesBucket> expected = new ArrayList<>();
      for (Point point : reader.metric("a")) {
        SeriesBucket one = SeriesBucket.of(point);
        int end = expected.size() - 1;
        if (end >= 0 && expected.get(end).step() / width == point.step() / width) {
          expected.set(end, expected.get(end).and(one));
        } else {
          expected.add(one);
        }
      }
      assertEquals(expected, reader.thinned("a", 0, last, width));
    }
  }

  @Test
  void aRunOfTheFirstSchemaIsReadAsItIsAndGetsBlocksWhenItIsResumed() throws IOException {
    RunFolder folder = SampleRun.written(root, 40);
    List<SeriesBucket> blocks;
    try (RunReader reader = RunReader.open(folder)) {
      blocks = reader.thinned(Metric.LOSS.key(), 0, 40, 16);
      assertEquals(3, blocks.size());
    }
    try (SqliteFile database = SqliteFile.openForWriting(folder.databaseFile(), RunSchema.TABLES)) {
      database.execute("DROP TABLE block");
      database.execute("PRAGMA user_version = 1");
    }
    try (RunReader reader = RunReader.open(folder)) {
      assertEquals(blocks, reader.thinned(Metric.LOSS.key(), 0, 40, 16));
    }
    RunWriter.resume(folder).close();
    try (RunReader reader = RunReader.open(folder)) {
      assertEquals(blocks, reader.thinned(Metric.LOSS.key(), 0, 40, 16));
    }
    try (SqliteFile database = SqliteFile.openForReading(folder.databaseFile(), RunSchema.TABLES)) {
      assertEquals(2, SqliteSchema.version(database));
      assertTrue(database.integer("SELECT count(*) FROM block") > 0);
    }
  }
}

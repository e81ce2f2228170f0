package rft.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;
import rft.command.SampleRollouts;
import rft.command.Sweep;
import rft.dataset.Dataset;
import rft.dataset.Task;
import rft.loop.Trainer;
import rft.reward.Failure;
import rft.reward.Score;
import rft.run.Point;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

final class TablesTest {
  private static final Map<String, List<Point>> METRICS =
      Map.of(
          "reward/mean", List.of(new Point(1, 0.5), new Point(2, 0.75)),
          "validation/accuracy", List.of(new Point(0, 0.25), new Point(2, 0.5)));

  @Test
  void metricsAreARowForEachStepWithGapsWhereNothingWasMeasured() {
    Table table = Tables.metrics("run-1", METRICS);
    assertEquals(3, table.rowCount());
    assertEquals(ColumnType.INTEGER, table.column("step").type());
    assertEquals(ColumnType.DOUBLE, table.column("reward/mean").type());
    assertTrue(table.column("reward/mean").isMissing(0));
    assertEquals(0.75, table.doubleColumn("reward/mean").get(2));
    assertTrue(table.column("validation/accuracy").isMissing(1));
  }

  @Test
  void storedRolloutsHaveTheirPartsAsColumns() {
    Table table = Tables.table(StoredRun.rollouts("#### 7"));
    assertEquals(3, table.rowCount());
    assertEquals(0.5, table.doubleColumn("part/right").get(1));
    assertEquals(-1.0, table.doubleColumn("advantage").get(0));
    assertEquals("#### 7", table.stringColumn("completion").get(2));
  }

  @Test
  void aRewardThatFailedIsMissingAndSaysWhy() {
    var sampled =
        List.of(
            new SampleRollouts.Sampled("a", 1, "stop", -1, Score.of(1)),
            new SampleRollouts.Sampled(
                "b", 2, "length", -2, new Failure(Failure.Kind.TIMEOUT, "5 s")));
    var group = new SampleRollouts.Group("t1", "p", "r", sampled);
    Table table = Tables.table(new SampleRollouts.Report(List.of(group), List.of()));
    assertTrue(table.column("reward").isMissing(1));
    assertEquals("timeout", table.stringColumn("outcome").get(1));
    assertEquals("timeout, 5 s", table.stringColumn("why").get(1));
  }

  @Test
  void aSweepIsARowForEachRunAsTableAndAsView() {
    Sweep sweep =
        new Sweep(
            List.of("lr"),
            List.of(
                new Sweep.Row(
                    Map.of("lr", "1e-3"),
                    7,
                    "run-1",
                    Trainer.Ending.FINISHED,
                    0.5,
                    0.75,
                    20,
                    40,
                    9),
                new Sweep.Row(
                    Map.of("lr", "1"),
                    7,
                    "run-2",
                    Trainer.Ending.DIVERGED,
                    null,
                    null,
                    null,
                    3,
                    1)));
    Table table = Tables.table(sweep);
    assertEquals("1e-3", table.stringColumn("lr").get(0));
    assertEquals(0.75, table.doubleColumn("best_accuracy").get(0));
    assertTrue(table.column("best_accuracy").isMissing(1));
    assertEquals(
        """
        lr    seed  ending    steps  accuracy  best  of step  run
        1e-3     7  finished     40       0.5  0.75       20  run-1
        1        7  diverged      3                           run-2""",
        Views.text(sweep));
  }

  @Test
  void aDatasetIsARowForEachTask() {
    Table table =
        Tables.table(
            new Dataset(
                "d.jsonl",
                List.of(Task.of("t1", "2 + 2?", "4")),
                List.of(),
                "ab".repeat(32),
                1,
                0));
    assertEquals("4", table.stringColumn("reference").get(0));
    assertEquals("2 + 2?", table.stringColumn("prompt").get(0));
  }

  @Test
  void aTableShowsFiftyRowsAndCountsTheRest() {
    Table table =
        Table.create(
            "many",
            IntColumn.create("n", IntStream.range(0, 120).toArray()),
            StringColumn.create("s", IntStream.range(0, 120).mapToObj(i -> "<" + i)));
    String text = Views.text(table);
    assertTrue(text.startsWith("many  120 rows, 2 columns\n"), text);
    assertTrue(text.endsWith("50 of 120 rows; 70 left out"), text);
    String html = String.valueOf(Views.bundle(table).getData(MIMEType.TEXT_HTML));
    assertTrue(html.contains("&lt;49") && !html.contains("&lt;50"));
    assertTrue(Views.text(table.column("n")).contains("120 values, INTEGER"));
  }

  @Test
  void aPlotShowsAsSvgAndPngWithItsSeriesInText() {
    DisplayData bundle = Views.bundle(Plots.plot("run-1", METRICS));
    assertTrue(String.valueOf(bundle.getData(MIMEType.IMAGE_SVG)).contains("<svg"));
    assertTrue(String.valueOf(bundle.getData(MIMEType.IMAGE_PNG)).startsWith("iVBORw0KGgo"));
    assertEquals(
        "chart \"run-1\" of reward/mean, validation/accuracy", bundle.getData(MIMEType.TEXT_PLAIN));
  }

  @Test
  void aMetricThatTheRunLacksNamesTheNearest() {
    Exception problem =
        assertThrows(
            IllegalArgumentException.class, () -> Plots.plot("run-1", METRICS, "reward/maen"));
    assertEquals(
        "run run-1 has no metric reward/maen: the nearest is reward/mean", problem.getMessage());
  }

  @Test
  void aHistogramCountsEveryFiniteValue() {
    var chart = Plots.histogram(List.of(0, 0.5, 1, 1, Double.NaN));
    double sum =
        chart.getSeriesMap().get("count").getYData().stream()
            .mapToDouble(n -> n.doubleValue())
            .sum();
    assertEquals(4, sum);
    assertEquals(1, Plots.histogram(List.of(2)).getSeriesMap().size());
  }
}

package rft.display;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import rft.command.RewardTry;
import rft.command.Run;
import rft.command.SampleRollouts;
import rft.command.Sweep;
import rft.dataset.Dataset;
import rft.run.StoredRollout;
import tech.tablesaw.api.Table;

/**
 * What every cell can call without an import: shows values, updates them, and makes tables and
 * plots. Outside of a cell values are printed as text.
 */
public final class Cells {
  private Cells() {}

  /**
   * Shows a value.
   *
   * @return the id to update it by
   */
  public static String display(@Nullable Object value) {
    return display(value, new String[0]);
  }

  /**
   * Shows a value in these forms.
   *
   * @param types MIME types, for example {@code text/html}
   * @return the id to update it by
   */
  public static String display(@Nullable Object value, String... types) {
    DisplayData bundle = new DisplayData(Views.bundle(value, types));
    if (!bundle.hasDisplayId()) {
      bundle.setDisplayId(UUID.randomUUID().toString());
    }
    show(bundle, false);
    return bundle.getDisplayId();
  }

  /** Replaces what was shown under this id. */
  public static void updateDisplay(String id, @Nullable Object value) {
    updateDisplay(id, value, new String[0]);
  }

  /** Replaces what was shown under this id, in these forms. */
  public static void updateDisplay(String id, @Nullable Object value, String... types) {
    DisplayData bundle = new DisplayData(Views.bundle(value, types));
    bundle.setDisplayId(id);
    show(bundle, true);
  }

  private static void show(DisplayData bundle, boolean again) {
    Optional<CellOutput> output = CellOutput.current();
    if (output.isEmpty()) {
      System.out.println(Views.text(bundle));
    } else if (again) {
      output.get().update(bundle);
    } else {
      output.get().display(bundle);
    }
  }

  /** Returns the value in every form that suits it. */
  public static DisplayData render(@Nullable Object value) {
    return Views.bundle(value);
  }

  /** Returns the value in these forms, and always as text. */
  public static DisplayData render(@Nullable Object value, String... types) {
    return Views.bundle(value, types);
  }

  /**
   * Removes what the cell has shown so far.
   *
   * @param wait whether to do so only when something new is shown
   */
  public static void clearOutput(boolean wait) {
    CellOutput.current().ifPresent(output -> output.clear(wait));
  }

  /** Removes what the cell has shown so far. */
  public static void clearOutput() {
    clearOutput(false);
  }

  /** Prints as {@code String.format} writes, with decimal points in every country. */
  public static void printf(String format, @Nullable Object... values) {
    System.out.print(String.format(Locale.ROOT, format, values));
  }

  /** Returns the metrics of a run, a row for each step. */
  public static Table table(Run run) throws IOException {
    return Tables.table(run);
  }

  /** Returns the rollouts of a step of a run. */
  public static Table table(Run run, int step) throws IOException {
    return Tables.table(run, step);
  }

  /** Returns the tasks of a dataset. */
  public static Table table(Dataset dataset) {
    return Tables.table(dataset);
  }

  /** Returns sampled completions with their rewards. */
  public static Table table(SampleRollouts.Report rollouts) {
    return Tables.table(rollouts);
  }

  /** Returns what a reward made of completions. */
  public static Table table(RewardTry.Report trial) {
    return Tables.table(trial);
  }

  /** Returns the runs of a sweep. */
  public static Table table(Sweep sweep) {
    return Tables.table(sweep);
  }

  /** Returns stored rollouts. */
  public static Table table(List<StoredRollout> rollouts) {
    return Tables.table(rollouts);
  }

  /** Returns a chart of these metrics of a run; of reward and validation if none is named. */
  public static XYChart plot(Run run, String... metrics) throws IOException {
    return Plots.plot(run, metrics);
  }

  /** Returns a chart of one metric of several runs. */
  public static XYChart plot(List<Run> runs, String metric) throws IOException {
    return Plots.plot(runs, metric);
  }

  /** Returns how often values lie where. */
  public static CategoryChart histogram(Collection<? extends Number> values) {
    return Plots.histogram(values);
  }

  /** Returns how often the rewards of sampled completions lie where. */
  public static CategoryChart histogram(SampleRollouts.Report rollouts) {
    return Plots.histogram(rollouts);
  }

  /** Returns how often the rewards of a step lie where. */
  public static CategoryChart histogram(Run run, int step) throws IOException {
    return Plots.histogram(run, step);
  }
}

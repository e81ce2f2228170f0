package rft.display;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rft.command.RewardTry;
import rft.command.Run;
import rft.command.SampleRollouts;
import rft.command.Sweep;
import rft.dataset.Dataset;
import rft.dataset.Splitter;
import rft.dataset.Task;
import rft.reward.Score;
import rft.reward.Verdict;
import rft.run.Point;
import rft.run.StoredRollout;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Makes tables with typed columns of what runs, datasets and rollouts hold. */
public final class Tables {
  private Tables() {}

  /** Returns the metrics of a run: a row for each step, a column for each metric. */
  public static Table table(Run run) throws IOException {
    return metrics(run.id(), run.metrics());
  }

  static Table metrics(String name, Map<String, List<Point>> metrics) {
    TreeSet<Integer> steps = new TreeSet<>();
    metrics.values().forEach(points -> points.forEach(point -> steps.add(point.step())));
    Map<Integer, Integer> rows = new TreeMap<>();
    IntColumn step = IntColumn.create("step");
    for (int each : steps) {
      rows.put(each, rows.size());
      step.append(each);
    }
    Table table = Table.create(name, step);
    metrics.forEach(
        (key, points) -> {
          // A new column of this size is all missing.
          DoubleColumn column = DoubleColumn.create(key, steps.size());
          for (Point point : points) {
            int row = rows.getOrDefault(point.step(), 0);
            double value = point.value();
            column.set(row, value);
          }
          table.addColumns(column);
        });
    return table;
  }

  /** Returns the rollouts of a step of a run; without rows for a step that has none. */
  public static Table table(Run run, int step) throws IOException {
    return table(run.rollouts(step)).setName(run.id() + ", step " + step);
  }

  /** Returns stored rollouts, with a column for each part of their rewards. */
  public static Table table(List<StoredRollout> rollouts) {
    IntColumn step = IntColumn.create("step");
    Rows rows = new Rows("rollouts");
    DoubleColumn advantage = DoubleColumn.create("advantage");
    StringColumn prompt = StringColumn.create("prompt");
    for (StoredRollout each : rollouts) {
      step.append(each.step());
      advantage.append(each.advantage());
      prompt.append(each.prompt());
      rows.add(
          each.taskId(),
          each.index(),
          each.trace().length(),
          each.finishReason(),
          each.verdict(),
          each.text());
    }
    Table table = rows.table();
    table.insertColumn(0, step);
    table.insertColumn(table.columnIndex("reward") + 1, advantage);
    table.insertColumn(table.columnIndex("completion"), prompt);
    return table;
  }

  /** Returns sampled completions, with a column for each part of their rewards. */
  public static Table table(SampleRollouts.Report report) {
    Rows rows = new Rows("rollouts");
    StringColumn reference = StringColumn.create("reference");
    DoubleColumn logProb = DoubleColumn.create("log_prob");
    for (SampleRollouts.Group group : report.groups()) {
      int index = 0;
      for (SampleRollouts.Sampled each : group.completions()) {
        reference.append(group.reference());
        logProb.append(each.logProb());
        rows.add(
            group.taskId(),
            index++,
            each.tokens(),
            each.finishReason(),
            each.verdict(),
            each.text());
      }
    }
    Table table = rows.table();
    table.insertColumn(table.columnIndex("reward") + 1, logProb);
    table.insertColumn(table.columnIndex("completion"), reference);
    return table;
  }

  /** Returns what a reward made of completions, with a column for each of its parts. */
  public static Table table(RewardTry.Report report) {
    Rows rows = new Rows(report.reward());
    StringColumn origin = StringColumn.create("origin");
    StringColumn reference = StringColumn.create("reference");
    DoubleColumn before = DoubleColumn.create("before");
    for (RewardTry.Row each : report.rows()) {
      origin.append(each.origin().name().toLowerCase(Locale.ROOT));
      reference.append(each.reference());
      Verdict stored = each.before();
      Rows.append(before, stored == null ? OptionalDouble.empty() : stored.reward());
      rows.add(each.taskId(), each.verdict(), each.completion());
    }
    Table table = rows.table();
    table.insertColumn(0, origin);
    table.insertColumn(table.columnIndex("reward") + 1, before);
    table.insertColumn(table.columnIndex("completion"), reference);
    return table;
  }

  /** Returns the runs of a sweep, with a column for each option that varies. */
  public static Table table(Sweep sweep) {
    Table table = Table.create("sweep");
    for (String option : sweep.options()) {
      List<String> values =
          sweep.rows().stream().map(row -> row.values().getOrDefault(option, "")).toList();
      table.addColumns(StringColumn.create(option, values));
    }
    LongColumn seed = LongColumn.create("seed");
    StringColumn run = StringColumn.create("run");
    StringColumn ending = StringColumn.create("ending");
    IntColumn steps = IntColumn.create("steps");
    DoubleColumn last = DoubleColumn.create("final_accuracy");
    DoubleColumn best = DoubleColumn.create("best_accuracy");
    DoubleColumn seconds = DoubleColumn.create("seconds");
    for (Sweep.Row row : sweep.rows()) {
      seed.append(row.seed());
      run.append(row.run());
      ending.append(row.ending().name().toLowerCase(Locale.ROOT));
      steps.append(row.steps());
      Rows.append(last, Rows.value(row.finalAccuracy()));
      Rows.append(best, Rows.value(row.bestAccuracy()));
      seconds.append(row.seconds());
    }
    return table.addColumns(seed, run, ending, steps, last, best, seconds);
  }

  /** Returns the tasks of a dataset. */
  public static Table table(Dataset dataset) {
    StringColumn id = StringColumn.create("task");
    StringColumn split = StringColumn.create("split");
    StringColumn prompt = StringColumn.create("prompt");
    StringColumn reference = StringColumn.create("reference");
    IntColumn messages = IntColumn.create("messages");
    Splitter splitter = Splitter.standard();
    for (Task task : dataset.tasks()) {
      id.append(task.id());
      split.append(splitter.splitOf(task).jsonName());
      messages.append(task.messages().size());
      prompt.append(task.promptText());
      reference.append(task.referenceText());
    }
    return Table.create(dataset.name(), id, split, messages, prompt, reference);
  }

  /** The columns that every table of completions has. */
  private static final class Rows {
    private final String name;
    private final StringColumn task = StringColumn.create("task");
    private final IntColumn index = IntColumn.create("index");
    private final DoubleColumn reward = DoubleColumn.create("reward");
    private final IntColumn tokens = IntColumn.create("tokens");
    private final StringColumn finish = StringColumn.create("finish");
    private final StringColumn outcome = StringColumn.create("outcome");
    private final StringColumn completion = StringColumn.create("completion");
    private final StringColumn why = StringColumn.create("why");
    private final List<Map<String, Double>> parts = new ArrayList<>();

    Rows(String name) {
      this.name = name;
    }

    void add(String taskId, int number, int length, String ending, Verdict verdict, String text) {
      index.append(number);
      tokens.append(length);
      finish.append(ending);
      add(taskId, verdict, text);
    }

    /** Adds a completion of which no more is known; a table has only such, or none. */
    void add(String taskId, Verdict verdict, String text) {
      task.append(taskId);
      append(reward, verdict.reward());
      String said =
          verdict.fold(
              score -> "score",
              abstain -> "abstain",
              failure -> failure.kind().name().toLowerCase(Locale.ROOT));
      outcome.append(said);
      completion.append(text);
      why.append(RewardViews.remark(verdict));
      parts.add(verdict instanceof Score score ? score.parts() : Map.of());
    }

    Table table() {
      Table table = Table.create(name, task);
      table.addColumns(
          index.isEmpty()
              ? new Column<?>[] {reward, outcome}
              : new Column<?>[] {index, reward, tokens, finish, outcome});
      Map<String, DoubleColumn> columns = new LinkedHashMap<>();
      for (Map<String, Double> each : parts) {
        each.keySet().forEach(part -> columns.computeIfAbsent(part, Rows::column));
      }
      for (Map<String, Double> each : parts) {
        columns.forEach((part, column) -> append(column, value(each.get(part))));
      }
      columns.values().forEach(table::addColumns);
      return table.addColumns(completion, why);
    }

    private static DoubleColumn column(String part) {
      return DoubleColumn.create("part/" + part);
    }

    static OptionalDouble value(@Nullable Double value) {
      return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    static void append(DoubleColumn column, OptionalDouble value) {
      value.ifPresentOrElse(column::append, column::appendMissing);
    }
  }
}

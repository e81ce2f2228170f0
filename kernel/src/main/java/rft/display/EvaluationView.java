package rft.display;

import java.nio.file.Path;
import java.util.Locale;
import rft.command.Evaluate;
import rft.command.PassAt;
import rft.command.Slice;
import rft.loop.Evaluation;
import rft.run.NumberText;

/** Shows how a model does: pass@k with intervals, and its accuracy per kind of task. */
final class EvaluationView {
  private static final int WIDTH = 200;

  private EvaluationView() {}

  static Shown of(Evaluate.Report report) {
    Sheet numbers = new Sheet("", "", "95 % interval");
    for (PassAt pass : report.passAt()) {
      row(numbers, "pass@" + pass.k(), pass.chance());
    }
    row(numbers, "greedy", report.result().greedy());
    Double mean = report.result().meanReward();
    Page page =
        new Page()
            .heading(
                name(report),
                report.dataset()
                    + " "
                    + report.split()
                    + ", "
                    + NumberText.counted(report.result().tasks(), "task")
                    + " x "
                    + NumberText.counted(report.result().samples(), "sample")
                    + ", checked by "
                    + report.reward())
            .add(numbers)
            .note("mean reward " + (mean == null ? "none" : NumberText.of(mean)));
    report.problem().ifPresent(page::trouble);
    if (!report.slices().isEmpty()) {
      Sheet slices = new Sheet("attribute", "value", "tasks", "pass@1", "95 % interval");
      for (Slice slice : report.slices()) {
        slices.row(
            slice.attribute(),
            slice.value(),
            slice.tasks(),
            bar(slice.accuracy()),
            range(slice.accuracy()));
      }
      page.add(slices);
    }
    return page.shown();
  }

  /** Returns what is tuned, or the base model's name; its folder differs between machines. */
  private static String name(Evaluate.Report report) {
    String tuned = report.tuned();
    return tuned == null ? String.valueOf(Path.of(report.model()).getFileName()) : tuned;
  }

  private static void row(Sheet sheet, String name, Evaluation.Estimate estimate) {
    sheet.row(name, bar(estimate), range(estimate));
  }

  /** Returns the value as a bar with its number; as text the number alone. */
  private static Shown bar(Evaluation.Estimate estimate) {
    String mean = String.format(Locale.ROOT, "%.3f", estimate.mean());
    return new Shown(Bars.interval(estimate, WIDTH) + " " + mean, mean);
  }

  private static String range(Evaluation.Estimate estimate) {
    return String.format(Locale.ROOT, "%.3f to %.3f", estimate.low(), estimate.high());
  }
}

package rft.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import rft.command.Contrast;
import rft.command.Evaluate;
import rft.command.EvaluationSummary;
import rft.command.PassAt;
import rft.command.Quickstart;
import rft.command.SampleRollouts;
import rft.command.Slice;
import rft.command.Spread;
import rft.command.Sweep;
import rft.command.Train;
import rft.command.TrainedRun;
import rft.loop.Evaluation.Estimate;
import rft.loop.Trainer;
import rft.reward.Verdict;
import rft.run.NumberText;

/** Prints the results of the verbs that sample, measure and train. */
final class TrainingViews {
  private TrainingViews() {}

  static void quickstart(Quickstart.Report report, Terminal terminal) {
    terminal.line("");
    terminal.print(
        Line.of(Style.BOLD, report.task())
            .plus(
                " on "
                    + report.tuned().tasks()
                    + " test prompts the model was never trained on (95 % intervals)"));
    Table table = new Table("lrr").heading("", "before", "after");
    table.row(
        "sampled, pass@1", estimate(report.base().accuracy()), estimate(report.tuned().accuracy()));
    table.row(
        "any of "
            + NumberText.counted(report.base().samples(), "sample")
            + ", pass@"
            + report.base().samples(),
        estimate(report.base().passAtSamples()),
        estimate(report.tuned().passAtSamples()));
    table.row("greedy", estimate(report.base().greedy()), estimate(report.tuned().greedy()));
    table.print(terminal);
    boolean gained = report.gain().low() > 0;
    terminal.print(
        Line.of(gained ? Style.GREEN : Style.PLAIN, signedPercent(report.relativeGain()))
            .plus(
                " relative, %+.1f points (%+.1f to %+.1f), with the weights of step %d of %d, best on the validation split"
                    .formatted(
                        100 * report.gain().mean(),
                        100 * report.gain().low(),
                        100 * report.gain().high(),
                        report.bestStep(),
                        report.steps())));
    for (Contrast contrast : report.examples()) {
      contrast(contrast, terminal);
    }
    terminal.line("");
    terminal.line(
        "Trained in %.0f s, %.0f s in all. The run: %s"
            .formatted(report.trainSeconds(), report.seconds(), report.folder()));
    terminal.line("Next:");
    report.next().forEach(command -> terminal.line("  " + command));
  }

  private static void contrast(Contrast contrast, Terminal terminal) {
    terminal.line("");
    Style style =
        switch (contrast.outcome()) {
          case GAINED -> Style.GREEN;
          case LOST -> Style.RED;
          case UNCHANGED -> Style.FAINT;
        };
    terminal.print(
        Line.of(style, contrast.outcome().name().toLowerCase(Locale.ROOT))
            .plus("  " + contrast.prompt() + "  ")
            .plus(Style.FAINT, "(" + contrast.reference() + ")"));
    terminal.print(Line.of(Style.FAINT, "  before  ").plus(contrast.before()));
    terminal.print(Line.of(Style.FAINT, "  after   ").plus(contrast.after()));
  }

  static void train(Train.Report report, Terminal terminal) {
    for (TrainedRun run : report.runs()) {
      // What went wrong follows on standard error.
      String ending = run.problem().isEmpty() ? run.reason() : "step " + run.steps();
      terminal.print(Line.of(Style.BOLD, run.id()).plus("  " + ending));
      Double before = run.validationBefore();
      Double best = run.validationBest();
      if (before != null && best != null) {
        terminal.line(
            "  validation accuracy %.3f before, %.3f at its best (step %d)"
                .formatted(before, best, run.bestStep()));
      }
      terminal.line("  %.0f s; %s".formatted(run.trainSeconds(), run.folder()));
      terminal.line("  next: " + run.next());
    }
    if (report.sweep() != null) {
      sweep(report.sweep(), terminal);
    }
    Spread spread = report.spread();
    if (spread != null) {
      terminal.line(
          "best validation accuracy over %s: %.3f, std %.3f, from %.3f to %.3f"
              .formatted(
                  NumberText.counted(report.runs().size(), "seed"),
                  spread.mean(),
                  spread.std(),
                  spread.lowest(),
                  spread.highest()));
    }
  }

  private static void sweep(Sweep sweep, Terminal terminal) {
    Table table = new Table("l".repeat(sweep.options().size()) + "rrrrrl");
    List<String> heading = new ArrayList<>(sweep.options());
    heading.addAll(List.of("seed", "final", "best", "at step", "seconds", "run"));
    table.heading(heading.toArray(String[]::new));
    for (Sweep.Row row : sweep.rows()) {
      List<String> cells = new ArrayList<>();
      sweep.options().forEach(option -> cells.add(row.values().getOrDefault(option, "")));
      cells.add(String.valueOf(row.seed()));
      cells.add(row.finalAccuracy() == null ? "-" : "%.3f".formatted(row.finalAccuracy()));
      cells.add(row.bestAccuracy() == null ? "-" : "%.3f".formatted(row.bestAccuracy()));
      cells.add(row.bestStep() == null ? "-" : row.bestStep() + " of " + row.steps());
      cells.add("%.0f".formatted(row.seconds()));
      cells.add(row.run() + (row.ending() == Trainer.Ending.FINISHED ? "" : " " + row.ending()));
      table.row(cells.toArray(String[]::new));
    }
    table.print(terminal);
  }

  static void evaluate(Evaluate.Report report, Terminal terminal) {
    EvaluationSummary result = report.result();
    terminal.print(
        Line.of(Style.BOLD, report.dataset())
            .plus(
                " "
                    + report.split()
                    + ", "
                    + NumberText.counted(result.tasks(), "task")
                    + " x "
                    + NumberText.counted(result.samples(), "sample")
                    + ", checked by "
                    + report.reward()));
    Table table = new Table("lr");
    for (PassAt pass : report.passAt()) {
      table.row("pass@" + pass.k() + (pass.k() == 1 ? " (sampled)" : ""), estimate(pass.chance()));
    }
    table.row("greedy", estimate(result.greedy()));
    Double mean = result.meanReward();
    table.row("mean reward", mean == null ? "none" : "%.3f".formatted(mean));
    table.print(terminal);
    if (!report.slices().isEmpty()) {
      Table slices = new Table("llrr").heading("attribute", "value", "tasks", "pass@1");
      for (Slice slice : report.slices()) {
        slices.row(
            slice.attribute(),
            slice.value(),
            String.valueOf(slice.tasks()),
            estimate(slice.accuracy()));
      }
      slices.print(terminal);
    }
  }

  static void rollouts(SampleRollouts.Report report, Terminal terminal) {
    for (SampleRollouts.Group group : report.groups()) {
      terminal.print(
          Line.of(Style.BOLD, group.taskId())
              .plus(Style.FAINT, "  reference " + group.reference()));
      terminal.block("  ", group.prompt());
      Table table = new Table("rrrl").heading("reward", "tokens", "log-prob", "completion");
      for (SampleRollouts.Sampled sampled : group.completions()) {
        table.row(
            reward(sampled.verdict()),
            String.valueOf(sampled.tokens()),
            "%.1f".formatted(sampled.logProb()),
            sampled.text() + (sampled.finishReason().equals("length") ? " [cut]" : ""));
      }
      table.print(terminal);
      group.completions().stream()
          .flatMap(sampled -> why(sampled.verdict()))
          .distinct()
          .forEach(why -> terminal.print(Line.of(Style.RED, why)));
    }
    report
        .tooLong()
        .forEach(
            task ->
                terminal.print(
                    Line.of(
                        Style.RED,
                        "%s left out: its prompt has %s, the context leaves room for %d"
                            .formatted(
                                task.taskId(),
                                NumberText.counted(task.tokens(), "token"),
                                task.limit()))));
  }

  private static String reward(Verdict verdict) {
    return verdict.fold(
        score -> "%.2f".formatted(score.value()), abstain -> "abstain", failure -> "failed");
  }

  /** Returns why there is no reward, or nothing where there is one. */
  private static Stream<String> why(Verdict verdict) {
    return verdict.fold(
        score -> Stream.empty(),
        abstain -> Stream.of("abstain: " + abstain.reason()),
        failure -> Stream.of("failed: " + failure.detail()));
  }

  private static String estimate(Estimate estimate) {
    return "%.3f (%.3f to %.3f)".formatted(estimate.mean(), estimate.low(), estimate.high());
  }

  private static String signedPercent(double share) {
    return Double.isFinite(share)
        ? "%+.0f %%".formatted(100 * share)
        : "no ratio (nothing was right before),";
  }
}

package rft.display;

import java.util.Locale;
import rft.command.Contrast;
import rft.command.EvaluationSummary;
import rft.command.Quickstart;
import rft.loop.Evaluation.Estimate;

/** Shows what a training changed, with its intervals. */
final class QuickstartView {
  private QuickstartView() {}

  static Shown of(Quickstart.Report report) {
    EvaluationSummary base = report.base();
    EvaluationSummary tuned = report.tuned();
    Page page =
        new Page()
            .heading(
                report.task(),
                tuned.tasks() + " test prompts the model was never trained on, 95 % intervals")
            .add(
                new Sheet("", "before", "after")
                    .row("sampled, pass@1", estimate(base.accuracy()), estimate(tuned.accuracy()))
                    .row(
                        "pass@" + base.samples(),
                        estimate(base.passAtSamples()),
                        estimate(tuned.passAtSamples()))
                    .row("greedy", estimate(base.greedy()), estimate(tuned.greedy())))
            .say(
                "%+.1f points (%+.1f to %+.1f), with the weights of step %d of %d"
                    .formatted(
                        100 * report.gain().mean(),
                        100 * report.gain().low(),
                        100 * report.gain().high(),
                        report.bestStep(),
                        report.steps()));
    Sheet examples = new Sheet("", "prompt", "reference", "before", "after");
    for (Contrast contrast : report.examples()) {
      Tone tone =
          switch (contrast.outcome()) {
            case GAINED -> Tone.GOOD;
            case LOST -> Tone.BAD;
            case UNCHANGED -> Tone.NEUTRAL;
          };
      examples.row(
          tone.word(contrast.outcome().name().toLowerCase(Locale.ROOT)),
          contrast.prompt(),
          contrast.reference(),
          contrast.before(),
          contrast.after());
    }
    page.add(examples).note(RunChart.seconds(report.seconds()) + " in all; " + report.folder());
    report.next().forEach(next -> page.note("next: " + next));
    return page.shown();
  }

  private static String estimate(Estimate estimate) {
    return "%.3f (%.3f to %.3f)".formatted(estimate.mean(), estimate.low(), estimate.high());
  }
}

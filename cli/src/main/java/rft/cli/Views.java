package rft.cli;

import rft.command.DataCheck;
import rft.command.DataMake;
import rft.command.DataShow;
import rft.command.DataSplit;
import rft.command.Doctor;
import rft.command.Evaluate;
import rft.command.ModelList;
import rft.command.ModelPretrain;
import rft.command.ModelShow;
import rft.command.ProductVersion;
import rft.command.Quickstart;
import rft.command.Result;
import rft.command.RunRequest;
import rft.command.RunsExport;
import rft.command.RunsList;
import rft.command.RunsShow;
import rft.command.SampleRollouts;
import rft.command.Train;
import rft.run.NumberText;

/** Prints each kind of result for a person. */
final class Views {
  private Views() {}

  /**
   * @throws IllegalArgumentException if nobody wrote a view for this kind of result, and it has no
   *     text of its own
   */
  static void show(Result result, Terminal terminal) {
    if (result instanceof DataCheck.Report report) {
      DataViews.check(report, terminal);
    } else if (result instanceof DataShow.Page page) {
      DataViews.show(page, terminal);
    } else if (result instanceof DataSplit.Parts parts) {
      DataViews.split(parts, terminal);
    } else if (result instanceof Doctor.Report report) {
      MachineViews.doctor(report, terminal);
    } else if (result instanceof ProductVersion.Report report) {
      MachineViews.version(report, terminal);
    } else if (result instanceof DataMake.Made made) {
      terminal.line(NumberText.counted(made.rows(), "row") + " written to " + made.file());
    } else if (result instanceof Quickstart.Report report) {
      TrainingViews.quickstart(report, terminal);
    } else if (result instanceof Train.Report report) {
      TrainingViews.train(report, terminal);
    } else if (result instanceof Evaluate.Report report) {
      TrainingViews.evaluate(report, terminal);
    } else if (result instanceof SampleRollouts.Report report) {
      TrainingViews.rollouts(report, terminal);
    } else if (result instanceof RunsList.Runs runs) {
      RunViews.list(runs, terminal);
    } else if (result instanceof RunsShow.Page page) {
      RunViews.show(page, terminal);
    } else if (result instanceof RunsExport.Written written) {
      RunViews.exported(written, terminal);
    } else if (result instanceof RunRequest request) {
      RunViews.asked(request, terminal);
    } else if (result instanceof ModelShow.Card card) {
      ModelViews.show(card, terminal);
    } else if (result instanceof ModelList.Models models) {
      ModelViews.list(models, terminal);
    } else if (result instanceof ModelPretrain.Report report) {
      ModelViews.pretrain(report, terminal);
    } else {
      String text =
          result
              .text()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "no view prints a " + result.getClass().getName() + "; use --json"));
      text.lines().forEach(terminal::line);
    }
  }
}

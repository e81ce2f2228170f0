package rft.cli;

import rft.command.DataCheck;
import rft.command.DataShow;
import rft.command.DataSplit;
import rft.command.Doctor;
import rft.command.ProductVersion;
import rft.command.Result;

/** Prints each kind of result for a person. */
final class Views {
  private Views() {}

  /**
   * @throws IllegalArgumentException if nobody wrote a view for this kind of result
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
    } else {
      throw new IllegalArgumentException(
          "no view prints a " + result.getClass().getName() + "; use --json");
    }
  }
}

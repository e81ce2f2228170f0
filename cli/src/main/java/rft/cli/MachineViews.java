package rft.cli;

import java.util.List;
import rft.command.Doctor;
import rft.command.Finding;
import rft.command.ProductVersion;

/** Prints what is known of the machine. */
final class MachineViews {
  private MachineViews() {}

  static void doctor(Doctor.Report report, Terminal terminal) {
    Table table = new Table("lll");
    for (Finding finding : report.findings()) {
      table.row(List.of(status(finding), Line.of(finding.subject()), Line.of(finding.found())));
      if (!finding.fix().isEmpty()) {
        table.row(List.of(Line.of(""), Line.of(""), Line.of(Style.FAINT, "-> " + finding.fix())));
      }
    }
    table.print(terminal);
  }

  private static Line status(Finding finding) {
    return switch (finding.status()) {
      case OK -> Line.of(Style.GREEN, "ok");
      case WARN -> Line.of(Style.YELLOW, "warn");
      case FAIL -> Line.of(Style.RED, "FAIL");
    };
  }

  static void version(ProductVersion.Report report, Terminal terminal) {
    terminal.line("rft " + report.version());
    terminal.line("Java " + report.java());
    terminal.line(report.system());
  }
}

package rft.display;

import rft.command.Doctor;
import rft.command.Finding;
import rft.command.WorkbenchOpened;

/** Shows what is known of the machine and of what runs on it. */
final class MachineViews {
  private MachineViews() {}

  static Shown doctor(Doctor.Report report) {
    Sheet sheet = new Sheet("", "what", "found", "how to fix it");
    for (Finding finding : report.findings()) {
      Shown status =
          switch (finding.status()) {
            case OK -> Tone.GOOD.word("ok");
            case WARN -> Tone.WARNING.word("warn");
            case FAIL -> Tone.BAD.word("FAIL");
          };
      sheet.row(status, finding.subject(), finding.found(), finding.fix());
    }
    return sheet.shown();
  }

  static Shown workbench(WorkbenchOpened opened) {
    Page page = new Page();
    return opened.link().isEmpty()
        ? page.say(opened.text().orElse("")).shown()
        : page.link(opened.link(), "Open the workbench")
            .note("at " + opened.url() + "; %workbench --stop ends it, trainings go on")
            .shown();
  }
}

package rft.command;

import java.util.List;
import rft.bedrock.InvocationLogs;
import rft.run.NumberText;
import rft.run.PrintableText;
import rft.run.ShellWord;

/** What an import of logs wrote and left out, in plain text. */
final class ImportText {
  private ImportText() {}

  static String of(DataImport.Report report) {
    StringBuilder text = new StringBuilder();
    text.append(NumberText.counted(report.rows(), "row"));
    if (report.withReference() > 0) {
      text.append(", ").append(report.withReference()).append(" with a reference answer,");
    }
    text.append(" from ")
        .append(NumberText.counted(report.records(), "record"))
        .append(" in ")
        .append(NumberText.counted(report.files(), "file"));
    text.append(report.rows() == 0 ? "; nothing is written" : " written to " + report.file());
    section(text, "left out", report.leftOut());
    section(text, "rows without their logged answer", report.withoutAnswer());
    if (report.rows() > 0) {
      text.append("\nnext: rft data check ").append(ShellWord.of(report.file()));
    }
    return text.toString();
  }

  private static void section(
      StringBuilder text, String title, List<InvocationLogs.LeftOut> entries) {
    if (entries.isEmpty()) {
      return;
    }
    text.append('\n').append(title).append(':');
    for (InvocationLogs.LeftOut entry : entries) {
      text.append("\n  %,5d  %s".formatted(entry.count(), entry.kind().text()));
      for (String place : entry.places()) {
        text.append("\n           ").append(PrintableText.line(place));
      }
      if (entry.count() > entry.places().size()) {
        text.append("\n           ..");
      }
    }
  }
}

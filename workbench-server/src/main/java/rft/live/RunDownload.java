package rft.live;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import rft.run.Report;
import rft.run.RunExport;
import rft.run.RunFolder;
import rft.run.RunReader;

/** Files of a run to take away. They are made whole before the first byte is sent. */
final class RunDownload {
  private RunDownload() {}

  /** Sends the report; of a run that has none yet, one of how it stands now. */
  static void report(Context context, RunFolder run) throws IOException {
    String html;
    if (Files.isRegularFile(run.reportFile())) {
      html = Files.readString(run.reportFile());
    } else {
      try (RunReader reader = RunReader.open(run)) {
        html = Report.html(reader, List.of());
      }
    }
    attach(context, run.id() + "-report.html", "text/html; charset=utf-8");
    context.result(html);
  }

  static void csv(Context context, RunFolder run) throws IOException {
    send(context, run, "metrics.csv", "text/csv; charset=utf-8", RunDownload::csv);
  }

  private static RunExport.Summary csv(RunReader reader, Path file) throws IOException {
    return reader.atOneMoment(run -> RunExport.csv(run, file));
  }

  static void jsonl(Context context, RunFolder run) throws IOException {
    send(context, run, "rollouts.jsonl", "application/x-ndjson; charset=utf-8", RunExport::jsonl);
  }

  private interface Export {
    RunExport.Summary write(RunReader run, Path file) throws IOException;
  }

  private static void send(Context context, RunFolder run, String name, String type, Export export)
      throws IOException {
    Path file = Files.createTempFile("rft-export-", ".part");
    try {
      RunExport.Summary summary;
      try (RunReader reader = RunReader.open(run)) {
        summary = export.write(reader, file);
      }
      // What is missing must be seen where the file is kept.
      String mark = summary.problems().isEmpty() ? "" : "incomplete-";
      attach(context, run.id() + "-" + mark + name, type);
      // Without a length: a client that takes gzip gets fewer bytes than the file has.
      Files.copy(file, context.outputStream());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void attach(Context context, String name, String type) {
    context.contentType(type);
    context.header("Content-Disposition", "attachment; filename=\"" + name + "\"");
    context.header("X-Content-Type-Options", "nosniff");
  }
}

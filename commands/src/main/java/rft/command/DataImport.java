package rft.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.bedrock.InvocationLogs;
import rft.bedrock.Omission;
import rft.bedrock.Selection;
import rft.dataset.DatasetWriter;

/** Writes a dataset of the prompts that invocation logs of Amazon Bedrock hold. */
@Command(
    name = "data import",
    description = {
      "Make a dataset of invocation logs of Amazon Bedrock.",
      "Reads .json, .jsonl and .json.gz files, in folders too. Only prompts are",
      "written, unless --with-answers is given. What is left out is counted."
    },
    footer = "  rft data import logs/AWSLogs --out prompts.jsonl --where project=Support")
public final class DataImport implements Verb<DataImport.Report> {
  private static final int RECORDS_PER_REPORT = 200;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE-OR-FOLDER",
      description = "Logs, as Bedrock writes them to S3 or CloudWatch gives them.")
  private List<Path> logs = new ArrayList<>();

  @Option(names = "--out", required = true, paramLabel = "D", description = "The dataset to write.")
  private Path out = Path.of("");

  @Option(
      names = "--with-answers",
      description = "Take the logged answers as reference answers, where they are whole.")
  private boolean withAnswers;

  @Option(
      names = "--where",
      paramLabel = "KEY=VALUE",
      description = "Only calls with this request metadata; several must all hold.")
  private List<String> where = new ArrayList<>();

  @Option(
      names = "--where-not",
      paramLabel = "KEY=VALUE",
      description = "Only calls without it; several must all hold.")
  private List<String> whereNot = new ArrayList<>();

  @Option(
      names = "--model-id",
      paramLabel = "TEXT",
      description = "Only calls of models whose id contains this.")
  private String model = "";

  @Option(names = "--keep-duplicates", description = "Write a prompt as often as it was asked.")
  private boolean keepDuplicates;

  @Option(names = "--force", description = "Replace a file that is already there.")
  private boolean force;

  /** For picocli, which sets the options. */
  public DataImport() {}

  /**
   * What was written, and what was not.
   *
   * @param file the dataset; not written if there is no row
   * @param rows its rows
   * @param withReference rows with a reference answer
   * @param records records that were read, usable or not
   * @param files log files that were read
   * @param leftOut records that are no rows, by reason
   * @param withoutAnswer rows without the answer that was logged, by reason
   */
  public record Report(
      String file,
      int rows,
      int withReference,
      long records,
      int files,
      List<InvocationLogs.LeftOut> leftOut,
      List<InvocationLogs.LeftOut> withoutAnswer)
      implements Result {
    public Report {
      leftOut = List.copyOf(leftOut);
      withoutAnswer = List.copyOf(withoutAnswer);
    }

    /** Returns {@code FAILED} if nothing was written or a part of the logs could not be read. */
    @Override
    public ExitCode exitCode() {
      return rows > 0 && unreadable() == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    @Override
    public Optional<String> problem() {
      if (rows == 0) {
        return Optional.of("the logs have no usable call; " + file + " is not written");
      }
      return unreadable() == 0
          ? Optional.empty()
          : Optional.of("a part of the logs cannot be read; the rest is in " + file);
    }

    @Override
    public Optional<String> text() {
      return Optional.of(ImportText.of(this));
    }

    private long unreadable() {
      return leftOut.stream()
          .filter(entry -> entry.kind() == Omission.UNREADABLE)
          .mapToLong(InvocationLogs.LeftOut::count)
          .sum();
    }
  }

  @Override
  public Report run(Progress progress) throws IOException {
    Selection selection =
        new Selection(tags("--where", where), tags("--where-not", whereNot), model);
    for (Path log : logs) {
      requireThere(log);
    }
    new OutputFile("--out", out).require(force);
    InvocationLogs.Imported imported =
        InvocationLogs.read(
            logs,
            new InvocationLogs.Choice(selection, withAnswers, keepDuplicates),
            record -> tell(progress, record));
    if (imported.files().isEmpty()) {
      throw new CommandException(
          ExitCode.FAILED,
          "no .json, .jsonl or .json.gz file below "
              + logs.get(0)
              + "; those below a folder data are bodies, not logs");
    }
    requireNoLog(imported.files());
    if (!imported.tasks().isEmpty()) {
      DatasetWriter.write(out, imported.tasks());
    }
    long references = imported.tasks().stream().filter(t -> !t.reference().isNull()).count();
    return new Report(
        out.toString(),
        imported.tasks().size(),
        (int) references,
        imported.records(),
        imported.files().size(),
        imported.leftOut(),
        imported.withoutAnswer());
  }

  private static List<Selection.Tag> tags(String option, List<String> texts) {
    return texts.stream().map(text -> Selection.Tag.of(option, text)).toList();
  }

  private static void tell(Progress progress, long record) {
    if (progress.stopRequested()) {
      throw new CommandException(ExitCode.INTERRUPTED, "stopped; nothing was written");
    }
    if (record % RECORDS_PER_REPORT == 0) {
      progress.report(new Progress.Update("import", record, 0, List.of()));
    }
  }

  private static void requireThere(Path log) throws IOException {
    if (Files.isDirectory(log)) {
      return;
    }
    new DatasetFile(log).requireFile();
  }

  private void requireNoLog(List<Path> files) throws IOException {
    for (Path file : files) {
      if (Files.exists(out) && Files.isSameFile(file, out)) {
        throw new CommandException(
            ExitCode.USAGE, out + " is one of the logs; choose another file with --out");
      }
    }
  }
}

package rft.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import rft.dataset.DatasetReader;
import rft.dataset.RowProblem;
import rft.dataset.Splitter;

/** Reads datasets to their ends and reports every bad row. */
@Command(
    name = "data check",
    description = "Say what is wrong with a dataset, row by row.",
    footer = "  rft data check datasets/samples/addition.jsonl")
public final class DataCheck implements Verb<DataCheck.Report> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      completionCandidates = Names.Datasets.class,
      description = "A dataset: one JSON object with messages and reference_answer per line.")
  private List<Path> files = new ArrayList<>();

  /** For picocli, which sets the options. */
  public DataCheck() {}

  public DataCheck(List<Path> files) {
    this.files = List.copyOf(files);
  }

  /**
   * What the files hold.
   *
   * @param files one report a file, in the order asked for
   */
  public record Report(List<FileReport> files) implements Result {
    public Report {
      files = List.copyOf(files);
    }

    /** Returns {@code FAILED} if a file has a bad row or no good one. */
    @Override
    public ExitCode exitCode() {
      boolean clean = files.stream().allMatch(f -> f.problems().isEmpty() && f.goodRows() > 0);
      return clean ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  /**
   * What one file holds.
   *
   * @param file its name as given
   * @param rows rows, good and bad; blank lines are none
   * @param goodRows rows that can be used
   * @param rowsWithoutReference good rows without a reference answer
   * @param splits the good rows by the standard split
   * @param sha256 of the bytes, 64 hexadecimal characters
   * @param problems one for each bad row, in file order
   */
  public record FileReport(
      String file,
      long rows,
      long goodRows,
      long rowsWithoutReference,
      SplitSizes splits,
      String sha256,
      List<RowProblem> problems) {
    public FileReport {
      problems = List.copyOf(problems);
    }
  }

  @Override
  public Report run(Progress progress) throws IOException {
    List<FileReport> reports = new ArrayList<>();
    for (Path file : files) {
      reports.add(check(file));
    }
    return new Report(reports);
  }

  private static FileReport check(Path file) throws IOException {
    Splitter splitter = Splitter.standard();
    List<RowProblem> problems = new ArrayList<>();
    Tally tally = new Tally();
    DatasetReader.Totals totals =
        new DatasetFile(file)
            .read(task -> tally.splits = tally.splits.plus(splitter.splitOf(task)), problems::add);
    return new FileReport(
        file.toString(),
        totals.rows(),
        totals.rows() - problems.size(),
        totals.rowsWithoutReference(),
        tally.splits,
        totals.sha256(),
        problems);
  }

  /** Counts rows as they stream by. */
  private static final class Tally {
    private SplitSizes splits = SplitSizes.NONE;
  }
}

package rft.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.dataset.DatasetWriter;
import rft.dataset.RowProblem;
import rft.dataset.Split;
import rft.dataset.Splitter;
import rft.dataset.Task;
import rft.run.ShellWord;

/** Writes the three splits of a dataset as three files. */
@Command(
    name = "data split",
    description = {
      "Divide a dataset into train, validation and test files.",
      "A row's place depends on its content alone: the same question in other words",
      "lands in the same file, and new rows move no old one."
    },
    footer = "  rft data split datasets/samples/addition.jsonl --out addition")
public final class DataSplit implements Verb<DataSplit.Parts> {
  @Parameters(
      arity = "1",
      paramLabel = "FILE",
      completionCandidates = Names.Datasets.class,
      description = "A dataset.")
  private Path file = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder to write to; made if absent.")
  private Path out = Path.of("");

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      description = "Share to choose settings by (default ${DEFAULT-VALUE}).")
  private double validation = Splitter.standard().validationShare();

  @Option(
      names = "--test",
      paramLabel = "SHARE",
      description = "Share to report on (default ${DEFAULT-VALUE}).")
  private double test = Splitter.standard().testShare();

  @Option(names = "--force", description = "Replace files that are already there.")
  private boolean force;

  /** For picocli, which sets the options. */
  public DataSplit() {}

  /**
   * @param splitter the shares
   * @param force whether to replace files that are already there
   */
  public DataSplit(Path file, Path out, Splitter splitter, boolean force) {
    this.file = file;
    this.out = out;
    this.validation = splitter.validationShare();
    this.test = splitter.testShare();
    this.force = force;
  }

  /**
   * What was written.
   *
   * @param file the dataset's name as given
   * @param written the three files
   * @param problems one for each bad row, which is in no file
   */
  public record Parts(String file, List<Part> written, List<RowProblem> problems)
      implements Result {
    public Parts {
      written = List.copyOf(written);
      problems = List.copyOf(problems);
    }

    /** Returns {@code FAILED} if a row was left out, though the good ones were written. */
    @Override
    public ExitCode exitCode() {
      return problems.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  /** One file written and its number of rows. */
  public record Part(Split split, String file, long rows) {}

  @Override
  public Parts run(Progress progress) throws IOException {
    Splitter splitter = new Splitter(validation, test);
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw new CommandException(ExitCode.USAGE, "--out (" + out + ") is a file; name a folder");
    }
    Map<Split, Path> targets = targets();
    List<Task> tasks = new ArrayList<>();
    List<RowProblem> problems = new ArrayList<>();
    new DatasetFile(file).read(tasks::add, problems::add);
    if (tasks.isEmpty()) {
      throw new CommandException(
          ExitCode.FAILED,
          file
              + " has no usable row; see why with: rft data check "
              + ShellWord.of(file.toString()));
    }
    Files.createDirectories(out);
    List<Part> written = new ArrayList<>();
    for (Map.Entry<Split, List<Task>> part : splitter.split(tasks).entrySet()) {
      Path target = targets.getOrDefault(part.getKey(), out);
      DatasetWriter.write(target, part.getValue());
      written.add(new Part(part.getKey(), target.toString(), part.getValue().size()));
    }
    return new Parts(file.toString(), written, problems);
  }

  private Map<Split, Path> targets() throws IOException {
    Map<Split, Path> targets = new LinkedHashMap<>();
    for (Split split : Split.values()) {
      Path target = out.resolve(split.jsonName() + ".jsonl");
      if (Files.exists(target)) {
        requireReplaceable(target);
      }
      targets.put(split, target);
    }
    return targets;
  }

  private void requireReplaceable(Path target) throws IOException {
    if (Files.exists(file) && Files.isSameFile(target, file)) {
      throw new CommandException(
          ExitCode.USAGE, target + " is the dataset itself; choose another folder with --out");
    }
    new OutputFile("--out", target).requireReplaceable(force);
  }
}

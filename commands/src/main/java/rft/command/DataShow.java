package rft.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.dataset.Message;
import rft.dataset.Split;
import rft.dataset.Splitter;
import rft.dataset.Task;

/** Shows the first rows of a dataset or of one of its splits. */
@Command(
    name = "data show",
    description = "Show the rows of a dataset.",
    footer = "  rft data show datasets/samples/addition.jsonl --split test --limit 5")
public final class DataShow implements Verb<DataShow.Page> {
  private static final int DEFAULT_LIMIT = 10;

  @Parameters(
      arity = "1",
      paramLabel = "FILE",
      completionCandidates = Names.Datasets.class,
      description = "A dataset.")
  private Path file = Path.of("");

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      completionCandidates = Names.Splits.class,
      converter = SplitName.class,
      description = "Only rows of this split: train, validation or test.")
  private @Nullable Split split;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many rows to show (default ${DEFAULT-VALUE}).")
  private int limit = DEFAULT_LIMIT;

  /** For picocli, which sets the options. */
  public DataShow() {}

  /**
   * @param split the split to show; null shows rows of all
   * @param limit how many rows to show at most
   */
  public DataShow(Path file, @Nullable Split split, int limit) {
    this.file = file;
    this.split = split;
    this.limit = limit;
  }

  /**
   * The first rows of a file.
   *
   * @param file its name as given
   * @param matching rows of the split asked for, shown or not
   * @param problems bad rows, which are not shown
   * @param rows the rows shown, in file order
   */
  public record Page(String file, long matching, long problems, List<Row> rows) implements Result {
    public Page {
      rows = List.copyOf(rows);
    }

    /** Returns the whole dataset, whatever part of it is shown. */
    @Override
    public Object named() {
      try {
        return new DatasetFile(Path.of(file)).whole();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * One row.
   *
   * @param split the split that the standard choice puts it in
   * @param referenceAnswer any JSON; null when the row has none
   * @param attributes its other fields, by name
   */
  public record Row(
      String id,
      Split split,
      List<Message> messages,
      JsonNode referenceAnswer,
      JsonNode attributes) {
    public Row {
      messages = List.copyOf(messages);
    }
  }

  @Override
  public Page run(Progress progress) throws IOException {
    if (limit < 1) {
      throw new IllegalArgumentException("--limit (" + limit + ") must be at least 1");
    }
    Reading reading = new Reading();
    new DatasetFile(file).read(reading::add, problem -> reading.problems++);
    return new Page(file.toString(), reading.matching, reading.problems, reading.rows);
  }

  /** Keeps the first rows as they stream by, and counts the rest. */
  private final class Reading {
    private final Splitter splitter = Splitter.standard();
    private final List<Row> rows = new ArrayList<>();
    private long matching;
    private long problems;

    void add(Task task) {
      Split place = splitter.splitOf(task);
      if (split != null && split != place) {
        return;
      }
      matching++;
      if (rows.size() < limit) {
        rows.add(new Row(task.id(), place, task.messages(), task.reference(), task.attributes()));
      }
    }
  }
}

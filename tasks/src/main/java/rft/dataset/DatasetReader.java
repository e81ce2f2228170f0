package rft.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads a dataset in chat-completions JSONL as a stream, one row per line.
 *
 * <p>A row has {@code messages} (roles system, user, assistant, tool; a system message only first;
 * at least one from the user; the last not the assistant's), an optional {@code id}, an optional
 * {@code reference_answer} (any JSON but a blank string; {@code metadata.reference_answer} is
 * accepted too), and any other fields, which become attributes. A row without an id is called
 * {@code row-LINE}. Blank lines are skipped, text blocks of one message are joined. Of a message
 * only role, content and tool calls are kept.
 *
 * <p>The file must be UTF-8 (one byte order mark is accepted) and no line longer than 8 MiB. Every
 * row that breaks a rule becomes a {@link RowProblem}; the good ones are kept.
 */
public final class DatasetReader {
  private final Consumer<? super Task> tasks;
  private final Consumer<? super RowProblem> problems;
  private final Map<String, Long> lineOfId = new HashMap<>();
  private long rows;
  private long rowsWithoutReference;

  private DatasetReader(Consumer<? super Task> tasks, Consumer<? super RowProblem> problems) {
    this.tasks = tasks;
    this.problems = problems;
  }

  /**
   * What is known of a file once it has been read to its end.
   *
   * @param sha256 SHA-256 of the bytes, 64 hexadecimal characters
   * @param rows rows, good and bad
   * @param rowsWithoutReference good rows that have no reference answer
   */
  public record Totals(String sha256, long rows, long rowsWithoutReference) {}

  /**
   * Returns the whole dataset of a file, good rows and problems.
   *
   * @throws IOException if the file cannot be read; bad rows are no exceptions
   */
  public static Dataset read(Path file) throws IOException {
    List<Task> tasks = new ArrayList<>();
    List<RowProblem> problems = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      Totals totals = stream(in, tasks::add, problems::add);
      return new Dataset(
          String.valueOf(file.getFileName()),
          tasks,
          problems,
          totals.sha256(),
          totals.rows(),
          totals.rowsWithoutReference());
    }
  }

  /**
   * Returns the totals of a stream after giving each row to one of the two consumers, in order.
   * Memory holds one row at a time, and the ids seen so far.
   *
   * @param in the bytes; not closed
   * @throws IOException if the stream cannot be read
   */
  public static Totals stream(
      InputStream in, Consumer<? super Task> tasks, Consumer<? super RowProblem> problems)
      throws IOException {
    return new DatasetReader(tasks, problems).run(new ByteLines(in, RowText.MAX_LINE_BYTES));
  }

  private Totals run(ByteLines lines) throws IOException {
    while (lines.advance()) {
      if (lines.tooLong()) {
        rows++;
        problems.accept(
            new RowProblem(
                lines.number(),
                1,
                "the line is longer than " + (RowText.MAX_LINE_BYTES >> 20) + " MiB",
                "shorten the row, or check for missing line breaks"));
      } else {
        readLine(lines.number(), lines.bytes());
      }
    }
    return new Totals(lines.sha256(), rows, rowsWithoutReference);
  }

  private void readLine(long line, ByteBuffer bytes) {
    String text = "";
    try {
      text = RowText.decode(withoutByteOrderMark(bytes, line));
      if (text.isBlank()) {
        return;
      }
      rows++;
      Task task = RowParser.parse(RowText.parse(text), line);
      claimId(task.id(), line);
      if (task.reference().isNull()) {
        rowsWithoutReference++;
      }
      tasks.accept(task);
    } catch (BadRow bad) {
      rows += text.isEmpty() ? 1 : 0;
      problems.accept(bad.inLine(line, text));
    }
  }

  private void claimId(String id, long line) throws BadRow {
    Long first = lineOfId.putIfAbsent(id, line);
    if (first != null) {
      throw BadRow.at(
          RowParser.at(RowParser.ID),
          "the id \"" + id + "\" is already used in line " + first,
          "give each row an id of its own, or leave all ids out");
    }
  }

  /** Returns the bytes of a line, those of line 1 without the mark that may begin a file. */
  static ByteBuffer withoutByteOrderMark(ByteBuffer bytes, long line) {
    int start = bytes.position();
    if (line == 1
        && bytes.remaining() >= 3
        && bytes.get(start) == (byte) 0xEF
        && bytes.get(start + 1) == (byte) 0xBB
        && bytes.get(start + 2) == (byte) 0xBF) {
      bytes.position(start + 3);
    }
    return bytes;
  }
}

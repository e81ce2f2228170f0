package rft.job;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rft.dataset.DatasetReader;
import rft.dataset.RowProblem;
import rft.dataset.Split;
import rft.dataset.Splitter;
import rft.dataset.Task;
import rft.run.NumberText;

/**
 * What one sees of a dataset before one trains on it.
 *
 * @param rows rows, good and bad
 * @param goodRows rows that can be used
 * @param rowsWithoutReference good rows without a reference answer
 * @param splits the good rows by the standard split, each by its name
 * @param sha256 of the bytes, 64 hexadecimal characters
 * @param badRows rows that cannot be used
 * @param problems of the first of them, with their place
 * @param advice what one should know before training on it, one sentence each
 * @param sample the first good rows
 */
record DatasetGlance(
    long rows,
    long goodRows,
    long rowsWithoutReference,
    Map<String, Long> splits,
    String sha256,
    long badRows,
    List<RowProblem> problems,
    List<String> advice,
    List<Row> sample) {
  private static final int MOST_PROBLEMS = 100;
  private static final int SAMPLE = 6;
  private static final int LONGEST_TEXT = 4000;
  private static final int FEWEST_ROWS = 100;
  private static final int MOST_ROWS = 20_000;

  /**
   * @param messages the prompt
   * @param reference as text; empty if there is none
   */
  record Row(String id, List<Turn> messages, String reference, String split) {}

  /** One message, cut where it is very long. */
  record Turn(String role, String content) {}

  /** Returns what there is to see in a stream, which is read to its end. */
  static DatasetGlance of(InputStream in) throws IOException {
    Counts counts = new Counts();
    DatasetReader.Totals totals = DatasetReader.stream(in, counts::good, counts::bad);
    Map<String, Long> splits = new LinkedHashMap<>();
    for (Split split : Split.values()) {
      splits.put(split.jsonName(), counts.splits.getOrDefault(split, 0L));
    }
    long good = totals.rows() - counts.badRows;
    return new DatasetGlance(
        totals.rows(),
        good,
        totals.rowsWithoutReference(),
        splits,
        totals.sha256(),
        counts.badRows,
        List.copyOf(counts.problems),
        advice(good, totals.rowsWithoutReference(), splits),
        List.copyOf(counts.sample));
  }

  private static List<String> advice(long good, long withoutReference, Map<String, Long> splits) {
    List<String> advice = new ArrayList<>();
    if (good > 0 && good < FEWEST_ROWS) {
      advice.add(
          NumberText.counted(good, "row")
              + (good == 1 ? " is" : " are")
              + " few: 100 to 20,000 are usual, and Amazon Bedrock asks for 100.");
    } else if (good > MOST_ROWS) {
      advice.add(good + " rows are more than the 20,000 that Amazon Bedrock takes.");
    }
    if (withoutReference > 0) {
      advice.add(
          NumberText.counted(withoutReference, "row")
              + (withoutReference == 1 ? " has" : " have")
              + " no reference answer: a reward that needs one abstains.");
    }
    splits.forEach(
        (split, rows) -> {
          if (good > 0 && rows == 0) {
            advice.add("No row falls into the " + split + " split.");
          }
        });
    return advice;
  }

  private static final class Counts {
    private final Splitter splitter = Splitter.standard();
    private final Map<Split, Long> splits = new EnumMap<>(Split.class);
    private final List<RowProblem> problems = new ArrayList<>();
    private final List<Row> sample = new ArrayList<>();
    private long badRows;

    void good(Task task) {
      Split split = splitter.splitOf(task);
      splits.merge(split, 1L, Long::sum);
      if (sample.size() < SAMPLE) {
        List<Turn> turns =
            task.messages().stream()
                .map(message -> new Turn(message.role().jsonName(), cut(message.content())))
                .toList();
        sample.add(new Row(task.id(), turns, cut(task.referenceText()), split.jsonName()));
      }
    }

    void bad(RowProblem problem) {
      badRows++;
      if (problems.size() < MOST_PROBLEMS) {
        problems.add(problem);
      }
    }

    private static String cut(String text) {
      return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + " ..";
    }
  }
}

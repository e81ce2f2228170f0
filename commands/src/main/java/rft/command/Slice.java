package rft.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import rft.dataset.NearestName;
import rft.dataset.Task;
import rft.loop.Evaluation;

/**
 * How a model does on the tasks that share the value of an attribute.
 *
 * @param attribute a field of the dataset's rows
 * @param value what the tasks have there
 * @param tasks how many there are
 * @param accuracy share of sampled answers with full marks (pass@1), with its 95 % interval
 */
public record Slice(String attribute, String value, int tasks, Evaluation.Estimate accuracy) {
  /** An attribute with more values names its rows rather than kinds of rows. */
  private static final int MOST_VALUES = 20;

  private static final String ABSENT = "(absent)";

  /**
   * Refuses attributes that no task has, before anything is measured.
   *
   * @throws CommandException if there is one, naming the nearest
   */
  static void require(List<Task> tasks, List<String> asked) {
    Set<String> names = names(tasks);
    for (String attribute : asked) {
      if (!names.contains(attribute)) {
        throw new CommandException(
            ExitCode.NOT_FOUND,
            "no task has an attribute "
                + attribute
                + NearestName.hint(attribute, List.copyOf(names))
                + (names.isEmpty() ? "" : " (there are " + String.join(", ", names) + ")"));
      }
    }
  }

  private static Set<String> names(List<Task> tasks) {
    Set<String> names = new LinkedHashSet<>();
    tasks.forEach(task -> task.attributes().fieldNames().forEachRemaining(names::add));
    return names;
  }

  /**
   * Returns the slices of an evaluation, by attribute and value.
   *
   * @param asked attributes to slice by; empty for every one with 2 to 20 values
   */
  static List<Slice> of(List<Task> tasks, Evaluation evaluation, List<String> asked) {
    List<Slice> slices = new ArrayList<>();
    for (String attribute : asked.isEmpty() ? names(tasks) : new LinkedHashSet<>(asked)) {
      Map<String, List<Evaluation.TaskResult>> byValue = byValue(tasks, evaluation, attribute);
      boolean kinds =
          !attribute.equals(Task.CONTENT_KEY)
              && byValue.size() >= 2
              && byValue.size() <= MOST_VALUES
              && byValue.size() < tasks.size();
      if (kinds || !asked.isEmpty()) {
        byValue.forEach(
            (value, results) ->
                slices.add(
                    new Slice(
                        attribute, value, results.size(), new Evaluation(results).accuracy())));
      }
    }
    return slices;
  }

  private static Map<String, List<Evaluation.TaskResult>> byValue(
      List<Task> tasks, Evaluation evaluation, String attribute) {
    Map<String, List<Evaluation.TaskResult>> sorted = new TreeMap<>(Slice::compareValues);
    for (int i = 0; i < tasks.size(); i++) {
      JsonNode value = tasks.get(i).attributes().path(attribute);
      String text =
          value.isMissingNode() || value.isNull()
              ? ABSENT
              : value.isTextual() ? value.textValue() : value.toString();
      sorted.computeIfAbsent(text, key -> new ArrayList<>()).add(evaluation.tasks().get(i));
    }
    return new LinkedHashMap<>(sorted);
  }

  /** Numbers by size, before words by their letters. */
  private static int compareValues(String left, String right) {
    boolean leftIsNumber = left.matches("-?\\d+(\\.\\d+)?");
    boolean rightIsNumber = right.matches("-?\\d+(\\.\\d+)?");
    if (leftIsNumber && rightIsNumber) {
      int bySize = Double.compare(Double.parseDouble(left), Double.parseDouble(right));
      return bySize != 0 ? bySize : left.compareTo(right);
    }
    return leftIsNumber != rightIsNumber ? (leftIsNumber ? -1 : 1) : left.compareTo(right);
  }
}

package rft.sample;

import java.util.Optional;
import java.util.stream.Stream;
import rft.dataset.Task;

/** A kind of sample task, of which there are as many rows as one likes. */
public interface SampleKind {
  /** Returns every kind: those for the bundled model, then the everyday ones. */
  static Stream<SampleKind> all() {
    return Stream.concat(Stream.of(SampleTask.values()), Stream.of(EverydayTask.values()));
  }

  /** Returns the kind with this name, or empty if there is none. */
  static Optional<SampleKind> named(String taskName) {
    return all().filter(kind -> kind.taskName().equals(taskName)).findFirst();
  }

  /** Returns the name used for files and options, for example {@code word-problems}. */
  String taskName();

  /**
   * Returns the name of the ready reward that checks an answer, for example {@code exact-match}.
   */
  String rewardName();

  /** Returns how many tokens a model may generate so that no careful answer is cut. */
  int maxNewTokens();

  /** Returns how many rows the bundled dataset of this kind has. */
  int bundledRows();

  /**
   * Returns the task at an index: always the same for the same seed and index. Two indices may have
   * the same content; {@link SampleDatasets} keeps one of them.
   */
  Task task(long seed, long index);

  /**
   * Returns the shortest answer that gets full marks for a task of this kind.
   *
   * @param task one with a reference, as in the bundled datasets
   */
  String gold(Task task);

  /** Returns what no two rows of a dataset share: the content, unless a kind says otherwise. */
  default String identity(Task task) {
    return task.attributes().path(Task.CONTENT_KEY).asText();
  }
}

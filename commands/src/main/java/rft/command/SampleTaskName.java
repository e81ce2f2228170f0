package rft.command;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import rft.dataset.NearestName;
import rft.sample.SampleKind;
import rft.sample.SampleTask;

/** Finds the sample task that an option names. */
final class SampleTaskName {
  private SampleTaskName() {}

  /**
   * Returns the task.
   *
   * @throws CommandException if there is none of this name, naming the nearest and all of them
   */
  static SampleTask require(String name) {
    return require(name, Stream.of(SampleTask.values()));
  }

  /**
   * Returns a task for the bundled model or an everyday one.
   *
   * @throws CommandException if there is none of this name, naming the nearest and all of them
   */
  static SampleKind requireKind(String name) {
    return require(name, SampleKind.all());
  }

  private static <T extends SampleKind> T require(String name, Stream<T> kinds) {
    Map<String, T> named = new TreeMap<>();
    kinds.forEach(kind -> named.put(kind.taskName(), kind));
    T found = named.get(name);
    if (found == null) {
      throw new CommandException(
          ExitCode.NOT_FOUND,
          "no sample task \""
              + name
              + "\""
              + NearestName.hint(name, List.copyOf(named.keySet()))
              + " (there are "
              + String.join(", ", named.keySet())
              + ")");
    }
    return found;
  }
}

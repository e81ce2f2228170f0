package rft.command;

import java.util.List;
import java.util.stream.Stream;
import rft.dataset.NearestName;
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
    List<String> names = Stream.of(SampleTask.values()).map(SampleTask::taskName).sorted().toList();
    return SampleTask.named(name)
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.NOT_FOUND,
                    "no sample task \""
                        + name
                        + "\""
                        + NearestName.hint(name, names)
                        + " (there are "
                        + String.join(", ", names)
                        + ")"));
  }
}

package rft.command;

import java.util.List;
import java.util.stream.Collectors;
import rft.dataset.NearestName;
import rft.lab.AttackClass;
import rft.lab.ProbeReport;

/** The classes of faults as users name them. */
final class AttackClasses {
  private AttackClasses() {}

  /**
   * @throws CommandException if there is no such class, naming the nearest
   */
  static List<AttackClass> parse(List<String> names) {
    return names.stream().map(AttackClasses::parse).toList();
  }

  private static AttackClass parse(String name) {
    return AttackClass.named(name)
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.USAGE,
                    "--allow: no class \""
                        + name
                        + "\""
                        + NearestName.hint(name, AttackClass.names())
                        + " (there are "
                        + String.join(", ", AttackClass.names())
                        + ")"));
  }

  /**
   * Returns what a reward does wrong, for example {@code pays length and refuses right answers}.
   */
  static String sentence(List<ProbeReport.Fault> faults) {
    return faults.stream()
        .map(fault -> fault.kind().sentence())
        .collect(Collectors.joining(", and "));
  }
}

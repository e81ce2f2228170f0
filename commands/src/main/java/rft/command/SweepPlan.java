package rft.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import rft.dataset.NearestName;

/**
 * Which options a sweep varies, and how.
 *
 * @param values of each option, by its name without dashes, in the order typed
 */
record SweepPlan(Map<String, List<String>> values) {
  /** Options that say what is trained or how often, not how. */
  private static final Set<String> FIXED =
      Set.of("sweep", "seeds", "resume", "fork", "name", "json", "verbose", "help");

  SweepPlan {
    values = new LinkedHashMap<>(values);
  }

  /**
   * Returns the plan that a text such as {@code lr=1e-3,2e-3;group-size=8,16} describes.
   *
   * @throws CommandException if it has another form
   */
  static SweepPlan parse(String text) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String part : text.split(";", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? "" : part.substring(0, equals).strip().replaceFirst("^--", "");
      List<String> choices =
          Arrays.stream(part.substring(equals + 1).split(",")).map(String::strip).toList();
      if (name.isEmpty() || choices.contains("") || values.containsKey(name)) {
        throw new CommandException(
            ExitCode.USAGE,
            "--sweep ("
                + text
                + ") must be OPTION=VALUE,VALUE with ; between different options, for example"
                + " lr=1e-3,2e-3;group-size=8,16");
      }
      values.put(name, choices);
    }
    return new SweepPlan(values);
  }

  /** Returns every choice of one value per option, the last option varying fastest. */
  List<Map<String, String>> combinations() {
    List<Map<String, String>> all = List.of(Map.of());
    for (Map.Entry<String, List<String>> option : values.entrySet()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> before : all) {
        for (String value : option.getValue()) {
          Map<String, String> next = new LinkedHashMap<>(before);
          next.put(option.getKey(), value);
          longer.add(next);
        }
      }
      all = longer;
    }
    return all;
  }

  /**
   * Returns the command with one combination in place of what was given for these options.
   *
   * @param given the arguments of the sweep itself
   * @throws CommandException if an option does not exist, or a value does not suit it
   */
  static Train command(List<String> given, Map<String, String> combination) {
    Train train = new Train();
    CommandLine parser =
        new CommandLine(train)
            .setOverwrittenOptionsAllowed(true)
            .setUnmatchedArgumentsAllowed(true);
    List<String> arguments = new ArrayList<>(given);
    combination.forEach(
        (name, value) -> {
          requireOption(parser, name);
          arguments.add("--" + name + "=" + value);
        });
    try {
      parser.parseArgs(arguments.toArray(String[]::new));
      return train;
    } catch (ParameterException e) {
      throw new CommandException(
          ExitCode.USAGE, "--sweep " + text(combination) + ": " + e.getMessage(), e);
    }
  }

  private static void requireOption(CommandLine parser, String name) {
    List<String> names =
        parser.getCommandSpec().options().stream()
            .map(option -> option.longestName().replaceFirst("^--", ""))
            .filter(option -> !FIXED.contains(option))
            .sorted()
            .toList();
    if (!names.contains(name)) {
      throw new CommandException(
          ExitCode.USAGE,
          "--sweep cannot vary "
              + name
              + NearestName.hint(name, names)
              + " (see rft train --help)");
    }
  }

  /** Returns a combination in one line. */
  static String text(Map<String, String> combination) {
    return combination.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }
}

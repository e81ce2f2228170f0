package rft.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.command.Result;
import rft.command.Verb;
import rft.command.Verbs;
import rft.dataset.NearestName;
import rft.sandbox.Sandboxes;

/** Runs one command line: finds the verb, lets picocli set its options, runs it, prints. */
final class Shell {
  private static final List<String> HELP = List.of("--help", "-h", "help");
  private static final List<String> VERSION = List.of("--version", "-V");
  private static final List<String> GLOBAL_FLAGS =
      List.of(OutputOptions.JSON, OutputOptions.VERBOSE, OutputOptions.UNSAFE);

  private final Terminal terminal;
  private final Interruption interruption;

  Shell(Terminal terminal, Interruption interruption) {
    this.terminal = terminal;
    this.interruption = interruption;
  }

  /** Returns how the command ended, after printing its result or what went wrong. */
  ExitCode run(List<String> arguments) {
    OutputOptions output = OutputOptions.in(arguments);
    if (output.unsafe()) {
      Sandboxes.allowUnsafe();
    }
    try {
      return dispatch(verbFirst(arguments), output);
    } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError e) {
      return fail(Mishap.of(e), output);
    }
  }

  /** Returns the arguments with global flags that stand before the verb moved behind it. */
  private static List<String> verbFirst(List<String> arguments) {
    int start = 0;
    while (start < arguments.size() && GLOBAL_FLAGS.contains(arguments.get(start))) {
      start++;
    }
    List<String> ordered = new ArrayList<>(arguments.subList(start, arguments.size()));
    ordered.addAll(arguments.subList(0, start));
    return ordered;
  }

  private ExitCode dispatch(List<String> arguments, OutputOptions output) throws Exception {
    if (arguments.isEmpty() || HELP.contains(arguments.get(0)) || isGlobal(arguments.get(0))) {
      return arguments.size() < 2 || !arguments.get(0).equals("help")
          ? help(Verbs.all())
          : dispatch(Stream.concat(tail(arguments), Stream.of("--help")).toList(), output);
    }
    String first = arguments.get(0);
    if (VERSION.contains(first)) {
      return dispatch(Stream.concat(Stream.of("version"), tail(arguments)).toList(), output);
    }
    List<Verbs.Entry> group = Verbs.inGroup(first);
    if (group.isEmpty()) {
      return run(named(first, first), tail(arguments).toList(), output);
    }
    if (arguments.size() == 1 || HELP.contains(arguments.get(1)) || isGlobal(arguments.get(1))) {
      return help(group);
    }
    String name = first + " " + arguments.get(1);
    return run(named(name, first), arguments.subList(2, arguments.size()), output);
  }

  private static boolean isGlobal(String argument) {
    return GLOBAL_FLAGS.contains(argument);
  }

  private static Stream<String> tail(List<String> arguments) {
    return arguments.stream().skip(1);
  }

  private ExitCode help(List<Verbs.Entry> verbs) {
    HelpPage.of(verbs).print(terminal);
    return ExitCode.OK;
  }

  private static Verbs.Entry named(String name, String first) {
    Optional<Verbs.Entry> entry = Verbs.named(name);
    if (entry.isPresent()) {
      return entry.get();
    }
    List<String> names =
        Verbs.all().stream().flatMap(e -> Stream.of(e.name(), e.group())).distinct().toList();
    String list = Verbs.inGroup(first).isEmpty() ? "rft --help" : "rft " + first + " --help";
    throw new CommandException(
        ExitCode.USAGE,
        "unknown verb " + name + NearestName.hint(name, names) + " (all verbs: " + list + ")");
  }

  private ExitCode run(Verbs.Entry entry, List<String> arguments, OutputOptions output)
      throws Exception {
    Verb<?> verb = entry.type().getConstructor().newInstance();
    CommandLine parser = VerbParser.of(entry, verb, terminal);
    parser.parseArgs(arguments.toArray(String[]::new));
    if (parser.isUsageHelpRequested()) {
      parser.usage(terminal.outForHelp(), VerbParser.colors(terminal));
      return ExitCode.OK;
    }
    interruption.says(verb.stopping());
    Result result = LinesProgress.asked() ? verb.heard(lines()) : runShown(verb);
    if (output.json()) {
      terminal.print(JsonOutput.of(result));
    } else {
      Views.show(result, terminal);
    }
    terminal.flush();
    result
        .problem()
        .ifPresent(problem -> terminal.error(Line.of(Style.RED, "rft: ").plus(problem)));
    return result.exitCode();
  }

  private LinesProgress lines() {
    return new LinesProgress(terminal, interruption);
  }

  private Result runShown(Verb<?> verb) throws Exception {
    try (TerminalProgress progress = new TerminalProgress(terminal, interruption)) {
      return verb.heard(progress);
    }
  }

  private ExitCode fail(Mishap mishap, OutputOptions output) {
    terminal.error(Line.of(Style.RED, "rft: ").plus(mishap.message()));
    if (output.verbose()) {
      terminal.error(mishap.cause());
    } else if (mishap.isDefect()) {
      terminal.error(Line.of("This is a defect of rft; --verbose shows where it happened."));
    }
    if (output.json()) {
      try {
        terminal.print(JsonOutput.ofError(mishap.exitCode(), mishap.message(), mishap.problems()));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("two strings cannot be written as JSON", e);
      }
    }
    return mishap.exitCode();
  }
}

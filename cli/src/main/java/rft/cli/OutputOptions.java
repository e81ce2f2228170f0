package rft.cli;

import java.util.List;
import picocli.CommandLine.Option;

/**
 * The options that every verb has; the shell looks for the first three before there is a parser.
 */
final class OutputOptions {
  static final String JSON = "--json";
  static final String VERBOSE = "--verbose";
  static final String UNSAFE = "--unsafe-local-exec";

  @Option(names = JSON, description = "Print one JSON value on standard output.")
  private boolean json;

  @Option(names = VERBOSE, description = "Print a stack trace when something fails.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  @Option(
      names = UNSAFE,
      hidden = true,
      description = "Where no sandbox works, run foreign code with your own rights.")
  private boolean unsafe;

  boolean json() {
    return json;
  }

  boolean verbose() {
    return verbose;
  }

  /** Returns whether code that is not trusted may run where there is no sandbox. */
  boolean unsafe() {
    return unsafe;
  }

  /** Returns what the arguments ask for, whether or not they can be parsed. */
  static OutputOptions in(List<String> arguments) {
    OutputOptions options = new OutputOptions();
    options.json = arguments.contains(JSON);
    options.verbose = arguments.contains(VERBOSE);
    options.unsafe = arguments.contains(UNSAFE);
    return options;
  }
}

package rft.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** The options that every verb has; the shell looks for the first two before there is a parser. */
final class OutputOptions {
  static final String JSON = "--json";
  static final String VERBOSE = "--verbose";

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

  boolean json() {
    return json;
  }

  boolean verbose() {
    return verbose;
  }

  /** Returns what the arguments ask for, whether or not they can be parsed. */
  static OutputOptions in(List<String> arguments) {
    OutputOptions options = new OutputOptions();
    options.json = arguments.contains(JSON);
    options.verbose = arguments.contains(VERBOSE);
    return options;
  }
}

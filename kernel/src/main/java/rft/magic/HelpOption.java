package rft.magic;

import picocli.CommandLine.Option;

/** What every other magic takes. */
final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;
}

package rft.magic;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every verb takes in a notebook besides its own options. */
final class ResultOptions {
  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "Name the result: a Java variable, and what other magics take.")
  @Nullable String as;

  @Option(names = "--as-java", description = "Print the Java code that does the same.")
  boolean asJava;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;
}

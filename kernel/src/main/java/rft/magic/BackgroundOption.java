package rft.magic;

import picocli.CommandLine.Option;

/** What a verb that may take minutes takes in a notebook besides. */
final class BackgroundOption {
  @Option(
      names = "--background",
      description = "Give the prompt back at once and go on; %%jobs and %%runs show how far it is.")
  boolean background;
}

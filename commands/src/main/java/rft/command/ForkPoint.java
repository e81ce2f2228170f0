package rft.command;

/**
 * A checkpoint of a run, as {@code RUN@STEP} names it.
 *
 * @param run the run's id
 * @param step a step that has a checkpoint
 */
record ForkPoint(String run, int step) {
  /** Returns the point that a text names. */
  static ForkPoint parse(String text) {
    int at = text.lastIndexOf('@');
    try {
      if (at > 0) {
        return new ForkPoint(text.substring(0, at), Integer.parseInt(text.substring(at + 1)));
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for every wrong form.
    }
    throw new CommandException(
        ExitCode.USAGE,
        "--fork (" + text + ") must be RUN@STEP, for example addition-20261124-213012-3f2a@20");
  }

  /** Returns the point as it is written. */
  String text() {
    return run + "@" + step;
  }
}

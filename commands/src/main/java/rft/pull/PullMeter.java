package rft.pull;

/** Whoever waits for a model: hears how far it is, and may stop it. */
public interface PullMeter {
  /**
   * Hears that bytes arrived; cheap enough to call for every piece.
   *
   * @param done bytes of the model that lie on this machine, those of an earlier attempt too
   * @param total bytes of the model
   */
  void bytes(long done, long total);

  /** Hears one fact worth a line of its own. */
  void say(String sentence);

  /** Returns true once it should stop; what has arrived is kept. */
  boolean stopRequested();
}

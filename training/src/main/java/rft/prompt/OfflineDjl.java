package rft.prompt;

/**
 * Keeps DJL from using the network. DJL reports its use and downloads natives unless these
 * properties stand before its first class is loaded.
 */
final class OfflineDjl {
  static {
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
  }

  private OfflineDjl() {}

  /** Does nothing more than load this class. */
  static void require() {}
}

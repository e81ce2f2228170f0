package rft.lambda;

/** How an event is laid out: the service and its samples do not agree on one way. */
public enum EventShape {
  /** The documented array, with the reference both in {@code metadata} and beside it. */
  STANDARD(true, true),
  /** The documented array: the reference in {@code metadata} alone. */
  DOCUMENTED(true, false),
  /** An array with the reference beside {@code metadata} alone. */
  TOP_LEVEL(false, true),
  /**
   * An object whose {@code trajectories} are the array, with the reference beside {@code metadata}
   * alone; a text comes as {@code {"text": ".."}}.
   */
  TRAJECTORIES(false, true);

  private final boolean inMetadata;
  private final boolean beside;

  EventShape(boolean inMetadata, boolean beside) {
    this.inMetadata = inMetadata;
    this.beside = beside;
  }

  /**
   * Returns the shape that the source of a reward reads: {@link #TRAJECTORIES} if it names them,
   * else {@link #STANDARD}.
   */
  public static EventShape readBy(String source) {
    return source.contains("trajectories") ? TRAJECTORIES : STANDARD;
  }

  boolean hasReferenceInMetadata() {
    return inMetadata;
  }

  boolean hasReferenceBeside() {
    return beside;
  }
}

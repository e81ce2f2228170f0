package rft.lambda;

/**
 * What a reward answers to an event.
 *
 * @param status whether it could
 * @param json the documented array if it is scored, else an error object
 */
public record LambdaAnswer(Status status, String json) {
  /** How an event was answered; each has a status of HTTP. */
  public enum Status {
    /** Every rollout has a score. */
    SCORED(200),
    /** A rollout has none, because the reward failed or abstained: the batch is an error. */
    UNSCORED(500),
    /** The event is none. */
    UNREADABLE(400);

    private final int http;

    Status(int http) {
      this.http = http;
    }

    /** Returns the status that stands for it in HTTP. */
    public int http() {
      return http;
    }
  }
}

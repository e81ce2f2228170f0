package rft.lambda;

/** Names of an event's fields. */
final class EventField {
  static final String ID = "id";
  static final String TASK_ID = "task_id";
  static final String MESSAGES = "messages";
  static final String METADATA = "metadata";
  static final String REFERENCE = "reference_answer";
  static final String TRAJECTORIES = "trajectories";
  static final String TEXT = "text";

  /** What only this product knows of a completion. */
  static final String ROLLOUT = "rollout";

  static final String TASK = "task";
  static final String FINISH_REASON = "finish_reason";
  static final String TOKEN_COUNT = "token_count";

  private EventField() {}
}

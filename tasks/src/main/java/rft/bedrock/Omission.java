package rft.bedrock;

/** Why a record of a log is no row, or why a row has no reference answer. */
public enum Omission {
  UNREADABLE("unreadable"),
  OTHER_SCHEMA("of another schemaType"),
  FILTERED("kept out by --where or --where-not"),
  OTHER_ID("calls of a model that --model-id keeps out"),
  FAILED_CALL("failed calls"),
  OTHER_MODEL("calls of a model that does not chat (embedding, image, video, ranking)"),
  BODY_IN_S3("prompts that lie in S3 and not in a given folder"),
  NOT_TEXT("prompts with an image, a document or other content that is no text"),
  UNKNOWN_BODY("prompts of an unknown shape"),
  UNFIT("prompts that break a rule of datasets"),
  DUPLICATE("prompts that came before"),
  GUARDRAIL("stopped by a guardrail or a content filter"),
  TRUNCATED("cut off before their end"),
  TOOL_CALL("calls of a tool"),
  NO_ANSWER("empty or of an unknown shape"),
  ANSWER_IN_S3("in S3 and not in a given folder"),
  CONTINUATION("going on from a begun answer, which is not in the row");

  private final String text;

  Omission(String text) {
    this.text = text;
  }

  /** Returns what is of this kind, in words that follow a number. */
  public String text() {
    return text;
  }
}

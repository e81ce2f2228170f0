package rft.bedrock;

/** Says that a record cannot be a row. */
final class OmittedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Omission kind;
  private final String detail;

  /**
   * @param detail what this record has of the kind, for example an error code; may be empty
   */
  OmittedException(Omission kind, String detail) {
    super(kind.text() + " " + detail, null, false, false);
    this.kind = kind;
    this.detail = detail;
  }

  Omission kind() {
    return kind;
  }

  String detail() {
    return detail;
  }
}

package rft.command;

/**
 * What {@link Doctor} found out about one thing.
 *
 * @param subject what was looked at, for example {@code Maven}
 * @param status whether the product works with it
 * @param found what is there, for example a version
 * @param fix what to do about it; empty when all is well
 */
public record Finding(String subject, Status status, String found, String fix) {
  /** Whether the product works with what was found. */
  public enum Status {
    /** As it should be. */
    OK,
    /** The main job works; something optional does not. */
    WARN,
    /** The main job does not work. */
    FAIL
  }

  public Finding {
    if ((status == Status.OK) != fix.isEmpty()) {
      throw new IllegalArgumentException(
          subject
              + " is "
              + status
              + ": a fix belongs to every finding that is not OK, and no other");
    }
  }

  static Finding ok(String subject, String found) {
    return new Finding(subject, Status.OK, found, "");
  }

  static Finding warn(String subject, String found, String fix) {
    return new Finding(subject, Status.WARN, found, fix);
  }

  static Finding fail(String subject, String found, String fix) {
    return new Finding(subject, Status.FAIL, found, fix);
  }
}

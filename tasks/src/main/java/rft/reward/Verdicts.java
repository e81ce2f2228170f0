package rft.reward;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes verdicts from whatever a reward yields: numbers, nothing, and what it throws. */
final class Verdicts {
  /** Classes between a reward and its caller; a frame of theirs says nothing to the user. */
  private static final Set<String> OURS =
      Set.of(
          Verdicts.class.getName(),
          EachCompletion.class.getName(),
          Rubric.class.getName(),
          RewardFunction.class.getName(),
          RewardJudge.class.getName(),
          RewardMethod.class.getName(),
          Score.class.getName());

  private static final int LONGEST_MESSAGE = 300;

  private Verdicts() {}

  /** Returns a score, or the failure that names why this number cannot be one. */
  static Verdict ofNumber(double value) {
    Failure failure = outOfBounds(value);
    return failure != null ? failure : Score.of(value);
  }

  /** Returns the failure that names why this number cannot be a score, or null if it can. */
  static @Nullable Failure outOfBounds(double value) {
    if (Double.isNaN(value)) {
      return new Failure(Failure.Kind.NOT_A_NUMBER, "the reward returned NaN");
    }
    if (Math.abs(value) > Score.LIMIT) {
      return new Failure(
          Failure.Kind.OUT_OF_RANGE,
          "the reward returned "
              + value
              + ", beyond +-"
              + Score.LIMIT
              + ": scale it, for example to [0, 1]");
    }
    return null;
  }

  /** Returns what the call yields; a failure if that is nothing, or if it throws. */
  static Verdict of(Supplier<? extends @Nullable Verdict> call) {
    try {
      return orMissing(call.get());
    } catch (Exception | Error e) {
      return ofThrown(e);
    }
  }

  /** Returns the verdict, or the failure that says there was none. */
  static Verdict orMissing(@Nullable Verdict verdict) {
    if (verdict == null) {
      return new Failure(
          Failure.Kind.EXCEPTION,
          "the reward returned null instead of a verdict: return an Abstain where it does not"
              + " apply");
    }
    return verdict;
  }

  /**
   * Returns the failure for what a reward threw: its class, its message and the reward's own line.
   *
   * @throws VirtualMachineError the same, unless it is a stack overflow: the JVM itself is in
   *     trouble
   */
  static Failure ofThrown(Throwable thrown) {
    if (thrown instanceof VirtualMachineError fatal && !(fatal instanceof StackOverflowError)) {
      throw fatal;
    }
    Throwable cause =
        thrown instanceof UndeclaredThrowableException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    String message = cause.getMessage() == null ? "" : ": " + shortened(cause.getMessage());
    return new Failure(
        Failure.Kind.EXCEPTION,
        "the reward threw " + cause.getClass().getSimpleName() + message + firstUserFrame(cause));
  }

  private static String firstUserFrame(Throwable thrown) {
    return Stream.of(thrown.getStackTrace())
        .filter(frame -> !isOurs(frame.getClassName()))
        .findFirst()
        .map(
            frame ->
                " ("
                    + frame.getMethodName()
                    + ", "
                    + frame.getFileName()
                    + " line "
                    + frame.getLineNumber()
                    + ")")
        .orElse("");
  }

  private static boolean isOurs(String className) {
    return OURS.contains(className)
        || Stream.of("java.", "javax.", "jdk.", "sun.", "com.fasterxml.")
            .anyMatch(className::startsWith);
  }

  private static String shortened(String message) {
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE) + "..";
  }
}

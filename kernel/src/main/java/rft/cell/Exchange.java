package rft.cell;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * What a caller of JShell and the control below it hand each other around JShell, which would turn
 * everything into text. Each thread has its own.
 */
final class Exchange {
  /** Reads or writes the static field behind a variable of a cell. */
  interface FieldAccess {
    void access(Field field) throws IllegalAccessException;
  }

  private static final ThreadLocal<Exchange> OF_THREAD = ThreadLocal.withInitial(Exchange::new);

  private @Nullable Object value;
  private @Nullable Throwable thrown;
  private @Nullable Throwable replacement;
  private @Nullable FieldAccess access;

  private Exchange() {}

  /** Returns the calling thread's own. */
  static Exchange ofThread() {
    return OF_THREAD.get();
  }

  /** Keeps what a snippet returned. */
  void returned(@Nullable Object result) {
    value = result;
  }

  /** Keeps what a snippet threw. */
  void threw(Throwable failure) {
    thrown = failure;
  }

  /** Returns and forgets what the last snippet returned; null if it ran nothing. */
  @Nullable Object takeValue() {
    Object last = value;
    value = null;
    return last;
  }

  /** Returns and forgets what the last snippet threw; null if nothing. */
  @Nullable Throwable takeThrown() {
    Throwable last = thrown;
    thrown = null;
    return last;
  }

  /** Makes the next snippet throw this instead of running. */
  void throwNext(Throwable failure) {
    replacement = failure;
  }

  /** Returns and forgets what the next snippet shall throw instead of running. */
  @Nullable Throwable takeReplacement() {
    Throwable next = replacement;
    replacement = null;
    return next;
  }

  /** Makes JShell's next look at a variable read or write its field. */
  void accessNext(FieldAccess field) {
    access = field;
  }

  /** Returns and forgets what is to be done with the next variable looked at. */
  @Nullable FieldAccess takeAccess() {
    FieldAccess next = access;
    access = null;
    return next;
  }
}

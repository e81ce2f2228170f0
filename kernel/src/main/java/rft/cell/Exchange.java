package rft.cell;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * What a caller of JShell and the control below it hand each other around JShell, which would turn
 * everything into text; for each calling thread its own.
 */
final class Exchange {
  /** Reads or writes the static field behind a variable of a cell. */
  interface FieldAccess {
    void access(Field field) throws IllegalAccessException;
  }

  private final ThreadLocal<@Nullable Object> value = new ThreadLocal<>();
  private final ThreadLocal<@Nullable Throwable> thrown = new ThreadLocal<>();
  private final ThreadLocal<@Nullable Throwable> replacement = new ThreadLocal<>();
  private final ThreadLocal<@Nullable FieldAccess> access = new ThreadLocal<>();

  /** Keeps what a snippet returned. */
  void returned(@Nullable Object result) {
    value.set(result);
  }

  /** Keeps what a snippet threw. */
  void threw(Throwable failure) {
    thrown.set(failure);
  }

  /** Returns and forgets what the last snippet returned; null if it ran nothing. */
  @Nullable Object takeValue() {
    return take(value);
  }

  /** Returns and forgets what the last snippet threw; null if nothing. */
  @Nullable Throwable takeThrown() {
    return take(thrown);
  }

  /** Makes the next snippet throw this instead of running. */
  void throwNext(Throwable failure) {
    replacement.set(failure);
  }

  /** Returns and forgets what the next snippet shall throw instead of running. */
  @Nullable Throwable takeReplacement() {
    return take(replacement);
  }

  /** Makes JShell's next look at a variable read or write its field. */
  void accessNext(FieldAccess field) {
    access.set(field);
  }

  /** Returns and forgets what is to be done with the next variable looked at. */
  @Nullable FieldAccess takeAccess() {
    return take(access);
  }

  private static <T extends @Nullable Object> T take(ThreadLocal<T> place) {
    T last = place.get();
    place.remove();
    return last;
  }
}

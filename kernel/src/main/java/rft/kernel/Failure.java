package rft.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import rft.cell.CellError;

/** What went wrong, in the words of the protocol. */
record Failure(String name, String message, List<String> traceback) {
  Failure {
    traceback = List.copyOf(traceback);
  }

  /** Returns that an interrupt came before the cell began. */
  static Failure interrupted() {
    String sentence = "The cell was interrupted before it began.";
    return new Failure("Interrupted", sentence, List.of("Interrupted: " + sentence));
  }

  /** Returns that the kernel ended under a cell. */
  static Failure ended() {
    String sentence = "The kernel has ended: the cell called System.exit, or it was shut down.";
    return new Failure("KernelEnded", sentence, List.of("KernelEnded: " + sentence));
  }

  /** Returns what to show of an exception; wrappers that the user did not write are taken off. */
  static Failure of(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null
        && (cause instanceof InvocationTargetException
            || cause instanceof ExecutionException
            || cause instanceof CompletionException)) {
      cause = cause.getCause();
    }
    if (cause instanceof CellError error) {
      return new Failure(error.errorName(), error.getMessage(), error.traceback());
    }
    return new Failure(
        cause.getClass().getSimpleName(), message(cause), stack(cause).lines().toList());
  }

  /** Even the message of an exception is the user's code. */
  private static String message(Throwable cause) {
    try {
      String message = cause.getMessage();
      return message == null ? "" : message;
    } catch (Throwable e) {
      return "(its message cannot be read: " + e.getClass().getSimpleName() + ")";
    }
  }

  private static String stack(Throwable cause) {
    try {
      StringWriter text = new StringWriter();
      cause.printStackTrace(new PrintWriter(text));
      return text.toString();
    } catch (Throwable e) {
      return cause.getClass().getName();
    }
  }

  /** Returns it as an exception. */
  CellError error() {
    return new CellError(name, message, traceback);
  }

  /** Returns the content of an {@code error} message. */
  ObjectNode content() {
    ObjectNode content = Bundles.empty().put("ename", name).put("evalue", message);
    traceback.forEach(content.putArray("traceback")::add);
    return content;
  }

  /** Returns the content of a reply to what failed. */
  ObjectNode reply() {
    ObjectNode content = Bundles.empty().put("status", "error");
    content.setAll(content());
    return content;
  }
}

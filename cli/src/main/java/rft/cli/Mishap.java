package rft.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import picocli.CommandLine;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.dataset.NearestName;
import rft.reward.CompileProblem;
import rft.reward.RewardCompileException;
import rft.run.NoSuchRunException;
import rft.run.RunInUseException;
import rft.sandbox.NoSandboxException;

/**
 * What went wrong, in one sentence.
 *
 * @param isDefect true if this should never happen, whatever the user does
 */
record Mishap(ExitCode exitCode, String message, Throwable cause, boolean isDefect) {
  static Mishap of(Throwable e) {
    if (e instanceof CommandException known) {
      return new Mishap(known.exitCode(), sentence(e), e, false);
    }
    if (e instanceof CommandLine.ParameterException wrong) {
      return new Mishap(ExitCode.USAGE, usage(wrong), e, false);
    }
    if (e instanceof NoSuchRunException) {
      return new Mishap(ExitCode.NOT_FOUND, sentence(e), e, false);
    }
    if (e instanceof RunInUseException || e instanceof RewardCompileException) {
      return new Mishap(ExitCode.FAILED, sentence(e), e, false);
    }
    if (e instanceof IllegalArgumentException) {
      return new Mishap(ExitCode.USAGE, sentence(e), e, false);
    }
    if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
      return new Mishap(ExitCode.NOT_FOUND, "no file " + sentence(e), e, false);
    }
    if (e instanceof AccessDeniedException) {
      return new Mishap(ExitCode.FAILED, "no right to use " + sentence(e), e, false);
    }
    if (e instanceof NoSandboxException || e.getCause() instanceof NoSandboxException) {
      return new Mishap(
          ExitCode.NO_SANDBOX,
          sentence(e instanceof NoSandboxException || e.getCause() == null ? e : e.getCause()),
          e,
          false);
    }
    if (e instanceof IOException || e instanceof UncheckedIOException) {
      return new Mishap(ExitCode.FAILED, sentence(e), e, false);
    }
    if (e instanceof InterruptedException || e instanceof CancellationException) {
      return new Mishap(ExitCode.INTERRUPTED, "interrupted", e, false);
    }
    if (e instanceof OutOfMemoryError) {
      return new Mishap(
          ExitCode.FAILED,
          "out of memory; give Java more with RFT_JAVA_OPTS=-Xmx4g, or use smaller batches",
          e,
          false);
    }
    return new Mishap(
        ExitCode.FAILED, e.getClass().getSimpleName() + ": " + e.getMessage(), e, true);
  }

  /** Returns the places of a source that does not compile; empty for all else. */
  List<CompileProblem> problems() {
    Throwable reason = cause.getCause() == null ? cause : cause.getCause();
    return reason instanceof RewardCompileException e ? e.problems() : List.of();
  }

  private static String usage(CommandLine.ParameterException wrong) {
    CommandLine.Model.CommandSpec command = wrong.getCommandLine().getCommandSpec();
    String text = sentence(wrong);
    if (wrong instanceof CommandLine.UnmatchedArgumentException unmatched
        && unmatched.isUnknownOption()) {
      String typed = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
      text = "unknown option " + typed + NearestName.hint(typed, command.optionsMap().keySet());
    }
    return text + " (see " + command.name() + " --help)";
  }

  /** Returns the first line of a message that may be missing or have several. */
  private static String sentence(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    if (e instanceof FileSystemException file && file.getReason() == null) {
      return String.valueOf(file.getFile());
    }
    String line =
        Stream.of(message.split("\\R")).filter(each -> !each.isBlank()).findFirst().orElse("");
    boolean wraps = e instanceof UncheckedIOException;
    String reason = wraps && e.getCause() instanceof IOException cause ? reason(cause) : "";
    if (reason.isEmpty() || line.contains(reason)) {
      return line;
    }
    return line.isEmpty() ? reason : line + ": " + reason;
  }

  /** Returns why a file could not be used, as far as the system says it. */
  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "this user has no right to";
    }
    if (e instanceof NoSuchFileException) {
      return "it is not there";
    }
    if (e instanceof FileSystemException file) {
      return Objects.requireNonNullElse(file.getReason(), "");
    }
    return Objects.requireNonNullElse(e.getMessage(), "");
  }
}

package rft.magic;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.display.MagicForm;
import rft.reward.RewardCompileException;
import rft.run.NoSuchRunException;
import rft.run.RunInUseException;
import rft.sandbox.NoSandboxException;

/** Turns what a verb throws into one sentence with a short name, at the argument that it names. */
final class VerbFailure {
  private static final Pattern MISSING = Pattern.compile("^no ([a-z]+) ");
  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

  private VerbFailure() {}

  /** Returns the mistake; empty if this should never happen, whatever the user does. */
  static Optional<MagicException> of(Throwable thrown, List<Token> tokens, Token place) {
    String name = nameOf(thrown);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    String sentence = MagicForm.of(sentence(thrown));
    return Optional.of(MagicException.at(blamed(sentence, tokens, place), name, sentence));
  }

  private static String nameOf(Throwable thrown) {
    if (thrown instanceof CommandException known) {
      return name(known.exitCode(), sentence(known));
    }
    if (thrown instanceof NoSuchRunException) {
      return "UnknownRun";
    }
    if (thrown instanceof IllegalArgumentException) {
      return "BadValue";
    }
    if (thrown instanceof RunInUseException || thrown instanceof RewardCompileException) {
      return thrown.getClass().getSimpleName().replaceFirst("Exception$", "");
    }
    if (thrown instanceof NoSuchFileException || thrown instanceof FileNotFoundException) {
      return "UnknownFile";
    }
    if (thrown instanceof NoSandboxException || thrown.getCause() instanceof NoSandboxException) {
      return "NoSandbox";
    }
    if (thrown instanceof IOException || thrown instanceof UncheckedIOException) {
      return thrown instanceof AccessDeniedException ? "AccessDenied" : "InputOutput";
    }
    return thrown instanceof OutOfMemoryError ? "OutOfMemory" : "";
  }

  private static String name(ExitCode exitCode, String sentence) {
    Matcher missing = MISSING.matcher(sentence);
    if (exitCode == ExitCode.NOT_FOUND && missing.find()) {
      String what = missing.group(1);
      return "Unknown" + what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1);
    }
    return switch (exitCode) {
      case USAGE -> "Usage";
      case NOT_FOUND -> "NotFound";
      case DIVERGED -> "Diverged";
      case NO_SANDBOX -> "NoSandbox";
      case INTERRUPTED -> "Interrupted";
      case OK, FAILED -> "Failed";
    };
  }

  private static String sentence(Throwable thrown) {
    if (thrown instanceof FileSystemException file && file.getReason() == null) {
      String what = thrown instanceof AccessDeniedException ? "no right to use " : "no file ";
      return (thrown instanceof NoSuchFileException || what.startsWith("no right") ? what : "")
          + file.getFile();
    }
    if (thrown instanceof OutOfMemoryError) {
      return "out of memory; give the kernel's Java more (-Xmx4g), or use smaller batches";
    }
    String message =
        thrown.getCause() instanceof NoSandboxException missing
            ? missing.getMessage()
            : thrown.getMessage();
    return message == null
        ? thrown.getClass().getSimpleName()
        : message.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
  }

  /** Returns the argument whose value or option the sentence names. */
  private static Token blamed(String sentence, List<Token> tokens, Token place) {
    for (Token token : tokens) {
      String value = token.isOption() ? valueOf(token) : token.text();
      if (value.length() > 1 && names(sentence, value)) {
        return token;
      }
    }
    Matcher option = OPTION.matcher(sentence);
    while (option.find()) {
      String name = option.group();
      for (Token token : tokens) {
        if (token.isOption() && token.optionName().equals(name)) {
          return token;
        }
      }
    }
    return place;
  }

  private static boolean names(String sentence, String value) {
    int at = sentence.indexOf(value);
    int end = at + value.length();
    return at >= 0
        && (at == 0 || !isPartOfWord(sentence.charAt(at - 1)))
        && (end == sentence.length() || !isPartOfWord(sentence.charAt(end)));
  }

  private static boolean isPartOfWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-';
  }

  private static String valueOf(Token option) {
    int equals = option.text().indexOf('=');
    return equals < 0 ? "" : option.text().substring(equals + 1);
  }
}

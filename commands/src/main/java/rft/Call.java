package rft;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.command.Progress;
import rft.command.Result;
import rft.command.Verb;

/**
 * A verb and the options given so far; they are set as the command line sets them.
 *
 * @param <R> what the verb returns
 * @param <B> the class itself
 */
abstract class Call<R extends Result, B extends Call<R, B>> {
  /** Stands for what has no option's name before it. */
  static final String POSITIONAL = "";

  private final Supplier<? extends Verb<R>> verb;
  private final Map<String, List<Object>> values = new LinkedHashMap<>();
  private @Nullable Progress progress;

  Call(Supplier<? extends Verb<R>> verb) {
    this.verb = verb;
  }

  @SuppressWarnings("unchecked") // every subclass names itself as B
  private B self() {
    return (B) this;
  }

  /** Sets an option, in place of what was set before. */
  B set(String option, Object value) {
    values.put(option, List.of(value));
    return self();
  }

  /** Sets an option once more. */
  B add(String option, Object value) {
    values.computeIfAbsent(option, name -> new ArrayList<>()).add(value);
    return self();
  }

  /** Sets an option without a value. */
  B flag(String option) {
    values.put(option, List.of());
    return self();
  }

  B entries(String option, Map<String, Double> entries) {
    values.remove(option);
    entries.forEach((key, value) -> add(option, key + "=" + value));
    return self();
  }

  /** Tells of this call alone, in place of whom {@link Rft#progress} names. */
  public B progress(Progress listener) {
    progress = listener;
    return self();
  }

  /**
   * Returns what the verb found or made.
   *
   * @throws CommandException if an option is wrong, or it cannot be done
   * @throws IOException if a file cannot be read or written
   * @throws InterruptedException if the thread is interrupted
   */
  public R run() throws IOException, InterruptedException {
    try (LentNames names = new LentNames()) {
      Verb<R> made = verb.get();
      parse(made, arguments(names));
      return made.heard(progress == null ? Rft.listener() : progress);
    }
  }

  static CommandLine parse(Verb<?> verb, List<String> arguments) {
    CommandLine parser = new CommandLine(verb).setExpandAtFiles(false);
    try {
      parser.parseArgs(arguments.toArray(String[]::new));
      return parser;
    } catch (ParameterException e) {
      throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  /** Returns the same as a command line; objects stand there by names that are lent to them. */
  List<String> arguments(LentNames names) {
    List<String> arguments = new ArrayList<>();
    values.forEach(
        (option, given) -> {
          if (given.isEmpty()) {
            arguments.add(option);
          }
          for (Object value : given) {
            String text = names.of(value);
            arguments.add(option.equals(POSITIONAL) ? text : option + "=" + text);
          }
        });
    return arguments;
  }
}

package rft.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import rft.dataset.NearestName;
import rft.run.OptionRange;
import rft.run.RunInputs;
import rft.run.TrainOptions;

/**
 * The options of a training as a form: what {@code rft train} declares and what the records of
 * options check, with nothing said twice.
 */
public final class TrainForm {
  /** What a beginner sets; the other options are right as they are for most. */
  private static final Set<String> BASIC =
      Set.of(
          "--method",
          "--steps",
          "--tasks-per-step",
          "--group-size",
          "--max-new-tokens",
          "--temperature",
          "--lr",
          "--kl",
          "--rank",
          "--validate-every",
          "--seed",
          "--device");

  private static final Map<String, String> LABELS =
      Map.of(
          "--lr",
          "Learning rate",
          "--mu",
          "Updates per batch",
          "--kl",
          "KL weight",
          "--kl-every",
          "KL every");

  private TrainForm() {}

  /** What may be typed into a field. */
  public enum Kind {
    INTEGER,
    NUMBER,
    SWITCH,
    CHOICE,
    LIST,
    REWARD,
    DEVICE
  }

  /**
   * One option.
   *
   * @param option as it is typed, for example {@code --lr}
   * @param label for people
   * @param description as in the help
   * @param initial its default as text; null where it follows from other options
   * @param kind what may be typed
   * @param choices the allowed values of a choice; suggestions for a device
   * @param range what a number may be; null for none
   * @param group which part of the options it belongs to, for example {@code sampling}
   * @param advanced whether most leave it alone
   */
  public record Field(
      String option,
      String label,
      String description,
      @JsonProperty("default") @Nullable String initial,
      Kind kind,
      List<String> choices,
      @Nullable OptionRange range,
      String group,
      boolean advanced) {
    public Field {
      choices = List.copyOf(choices);
    }
  }

  /**
   * What is wrong with one option.
   *
   * @param option as it is typed; empty if it is about several
   * @param message one sentence
   */
  public record Problem(String option, String message) {}

  /** Returns the options of a training that is told nothing but what it starts from. */
  public static TrainOptions standard(RunInputs inputs) {
    return new TrainFlags().options(inputs.model(), inputs.dataset(), inputs.reward());
  }

  /** Returns the options in the order of the help. */
  public static List<Field> fields() {
    Map<String, OptionRange> ranges = ranges();
    List<Field> fields = new ArrayList<>();
    for (OptionSpec option : new CommandLine(new TrainFlags()).getCommandSpec().options()) {
      fields.add(field(option, ranges.get(option.longestName())));
    }
    return fields;
  }

  private static Map<String, OptionRange> ranges() {
    Map<String, OptionRange> ranges = new HashMap<>();
    OptionRange.checkedBy(() -> new TrainFlags().options("model", "data", "reward"))
        .forEach(range -> ranges.put(GivenOptions.optionOf(range.name()), range));
    return ranges;
  }

  private static Field field(OptionSpec option, @Nullable OptionRange range) {
    String name = option.longestName();
    return new Field(
        name,
        label(name),
        description(option),
        initial(option),
        kind(option),
        option.completionCandidates() == null || kind(option) == Kind.REWARD
            ? List.of()
            : StreamSupport.stream(option.completionCandidates().spliterator(), false).toList(),
        range,
        GivenOptions.groupOf(name),
        !BASIC.contains(name));
  }

  private static String label(String option) {
    String words = option.substring(2).replace('-', ' ');
    return LABELS.getOrDefault(
        option, words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1));
  }

  private static String description(OptionSpec option) {
    String text = String.join(" ", option.description());
    return text.replace("${DEFAULT-VALUE}", String.valueOf(initial(option)));
  }

  private static @Nullable String initial(OptionSpec option) {
    Object value = option.initialValue();
    if (value instanceof Collection<?> several) {
      return String.join(",", several.stream().map(String::valueOf).toList());
    }
    return value == null ? null : String.valueOf(value);
  }

  private static Kind kind(OptionSpec option) {
    if (option.completionCandidates() instanceof Names.Rewards) {
      return Kind.REWARD;
    }
    if (option.completionCandidates() instanceof Names.Devices) {
      return Kind.DEVICE;
    }
    if (option.completionCandidates() != null) {
      return Kind.CHOICE;
    }
    if (option.isMultiValue()) {
      return Kind.LIST;
    }
    Class<?> type = option.type();
    if (type == boolean.class || type == Boolean.class) {
      return Kind.SWITCH;
    }
    return type == double.class || type == Double.class ? Kind.NUMBER : Kind.INTEGER;
  }

  /**
   * Returns the arguments that set options.
   *
   * @param values by option, for example {@code --lr} to {@code 1e-3}; a switch to {@code true} or
   *     {@code false}
   * @throws IllegalArgumentException if there is no such option, naming the nearest
   */
  public static List<String> arguments(Map<String, String> values) {
    Map<String, Field> known = new HashMap<>();
    fields().forEach(field -> known.put(field.option(), field));
    return values.entrySet().stream()
        .flatMap(
            entry -> {
              Field field = known.get(entry.getKey());
              if (field == null) {
                throw new IllegalArgumentException(
                    "there is no option "
                        + entry.getKey()
                        + NearestName.hint(entry.getKey(), known.keySet()));
              }
              if (field.kind() == Kind.SWITCH) {
                return entry.getValue().equals("true")
                    ? Stream.of(entry.getKey())
                    : Stream.<String>empty();
              }
              return Stream.of(entry.getKey() + "=" + entry.getValue().strip());
            })
        .toList();
  }

  /**
   * Returns everything that is wrong with options, each looked at by itself and then all together.
   */
  public static List<Problem> problems(Map<String, String> values) {
    List<Problem> problems = new ArrayList<>();
    values.forEach(
        (option, value) ->
            complaint(Map.of(option, value))
                .ifPresent(message -> problems.add(new Problem(option, message))));
    if (problems.isEmpty()) {
      complaint(values).ifPresent(message -> problems.add(new Problem("", message)));
    }
    return problems;
  }

  private static Optional<String> complaint(Map<String, String> values) {
    try {
      TrainFlags flags = given(values);
      flags.idle(flags.options("model", "data", "reward")).refuse();
      return Optional.empty();
    } catch (CommandLine.ParameterException | CommandException | IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** The options by themselves, which know what was given. */
  @Command
  private static final class Given {
    @Mixin private final TrainFlags flags = new TrainFlags();
  }

  private static TrainFlags given(Map<String, String> values) {
    Given given = new Given();
    new CommandLine(given).parseArgs(arguments(values).toArray(String[]::new));
    return given.flags;
  }

  /**
   * Refuses options with which a run cannot be forked.
   *
   * @param from the run's own options, which those that are given replace
   * @param step of the checkpoint
   * @param values by option, all of them right by themselves
   * @throws CommandException saying why, for example that no step is left to train
   */
  public static void requireFork(TrainOptions from, int step, Map<String, String> values) {
    new ForkPoint("", step).requireFit(from, given(values).over(from));
  }

  /**
   * Returns the options of the run that {@code rft train} would make of arguments; nothing is
   * loaded.
   *
   * @throws CommandException if a name leads to nothing
   * @throws IllegalArgumentException if an option does not exist or is out of range
   */
  public static TrainOptions plan(List<String> arguments) throws IOException {
    Train train = new Train();
    try {
      new CommandLine(train).setExpandAtFiles(false).parseArgs(arguments.toArray(String[]::new));
    } catch (CommandLine.ParameterException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
    return train.planned();
  }
}

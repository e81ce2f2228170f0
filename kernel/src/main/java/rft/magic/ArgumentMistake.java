package rft.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import rft.dataset.NearestName;

/** What the parser found wrong in a magic's arguments, on its way to a sentence with a place. */
record ArgumentMistake(CommandLine.ParameterException cause, List<Token> tokens, Token place) {
  MagicException explained() {
    if (cause instanceof CommandLine.UnmatchedArgumentException unmatched) {
      return unknown(unmatched);
    }
    Token wrong = byValue().or(this::byOption).orElse(place);
    return cause instanceof CommandLine.MissingParameterException missing
        ? MagicException.at(wrong, "MissingValue", missing(missing) + seeHelp())
        : MagicException.at(wrong, "BadValue", badValue() + nearestValue() + seeHelp());
  }

  private MagicException unknown(CommandLine.UnmatchedArgumentException unmatched) {
    String given = unmatched.getUnmatched().get(0);
    Token token = tokens.stream().filter(t -> t.text().equals(given)).findFirst().orElse(place);
    List<String> options = new ArrayList<>(spec().optionsMap().keySet());
    if (unmatched.isUnknownOption()) {
      String name = given.replaceFirst("=.*", "");
      int end = Math.min(token.end(), token.start() + name.length());
      return new MagicException(
          "UnknownOption",
          "unknown option " + name + nearestOption(name, options) + seeHelp(),
          token.start(),
          token.quoted() ? token.end() : end);
    }
    String hint = options.contains("--" + given) ? "; did you mean --" + given + "?" : "";
    return MagicException.at(
        token,
        "UnexpectedArgument",
        spec().name() + " has no place for \"" + given + "\"" + hint + seeHelp());
  }

  /** Other magics have an option for what this one takes without, or call it otherwise. */
  private String nearestOption(String name, List<String> options) {
    boolean isPlain =
        name.equals("--reward")
            && spec().positionalParameters().stream().anyMatch(p -> p.paramLabel().equals("R"));
    if (isPlain) {
      return "; the reward stands without one: " + spec().name() + " NAME";
    }
    boolean isCount = name.equals("--samples") || name.equals("--n") || name.equals("-n");
    for (String other : List.of("--samples", "--group-size")) {
      if (isCount && options.contains(other)) {
        return "; did you mean " + other + "?";
      }
    }
    return NearestName.hint(name, options);
  }

  private String missing(CommandLine.MissingParameterException missing) {
    Optional<Token> option = byOption();
    if (option.isPresent()) {
      String label =
          missing.getMissing().stream().findFirst().map(ArgSpec::paramLabel).orElse("its value");
      return option.get().optionName() + " needs " + label + " behind it";
    }
    String needed =
        missing.getMissing().stream()
            .map(ArgumentMistake::named)
            .collect(Collectors.joining(" and "));
    return needed.isEmpty() ? firstLine(cause.getMessage()) : spec().name() + " needs " + needed;
  }

  private static String named(ArgSpec argument) {
    List<String> values = OptionValues.of(argument, argument.type());
    boolean isChoice = argument.type().isEnum() && !values.isEmpty();
    String label =
        argument instanceof OptionSpec option
            ? option.longestName() + " " + argument.paramLabel()
            : argument.paramLabel();
    return isChoice ? label + ", one of " + String.join(", ", values) : label;
  }

  private String badValue() {
    ArgSpec argument = cause.getArgSpec();
    String value = cause.getValue();
    String wanted = argument == null || value == null ? "" : wanted(argument);
    if (argument == null || wanted.isEmpty()) {
      return firstLine(cause.getMessage());
    }
    String name =
        argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    return name + " (" + value + ") must be " + wanted;
  }

  private static String wanted(ArgSpec argument) {
    Class<?> type = argument.typeInfo().getType();
    if (type.isEnum()) {
      return "one of " + String.join(", ", OptionValues.of(argument, type));
    }
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return "a whole number";
    }
    return type == double.class || type == Double.class ? "a number" : "";
  }

  private Optional<Token> byValue() {
    String value = cause.getValue();
    return value == null
        ? Optional.empty()
        : tokens.stream()
            .filter(t -> t.text().equals(value) || t.text().endsWith("=" + value))
            .findFirst();
  }

  private Optional<Token> byOption() {
    String text = String.valueOf(cause.getMessage());
    return tokens.stream()
        .filter(t -> t.isOption() && text.contains("'" + t.optionName()))
        .findFirst();
  }

  /** Returns a hint at the value that was meant, where the values are known. */
  private String nearestValue() {
    if (cause.getArgSpec() == null || cause.getValue() == null) {
      return "";
    }
    return NearestName.hint(
        cause.getValue(), OptionValues.of(cause.getArgSpec(), cause.getArgSpec().type()));
  }

  private String seeHelp() {
    return " (" + spec().name() + " --help)";
  }

  private CommandSpec spec() {
    return cause.getCommandLine().getCommandSpec();
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "" : text.lines().findFirst().orElse("").strip();
  }
}

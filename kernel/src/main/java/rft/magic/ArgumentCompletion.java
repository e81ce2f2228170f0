package rft.magic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import rft.cell.Completions;
import rft.cell.Completions.Candidate;

/** Completes the arguments of a magic: its verbs, options, and the values that these take. */
final class ArgumentCompletion {
  private static final String OPTION = "option";
  private static final String VALUE = "value";
  private static final String PATH = "path";

  private final Part.Magic magic;
  private final int cursor;
  private final List<Token> before;
  private final Token typed;

  /**
   * @param cell the cell up to the cursor
   */
  ArgumentCompletion(CellText cell, Part.Magic magic, int cursor) {
    this.magic = magic;
    this.cursor = cursor;
    List<Token> tokens = ArgumentLexer.typedSoFar(cell, magic.tailStart(), cursor);
    boolean isTyping = !tokens.isEmpty() && tokens.get(tokens.size() - 1).end() == cursor;
    this.before = isTyping ? tokens.subList(0, tokens.size() - 1) : tokens;
    this.typed = isTyping ? tokens.get(tokens.size() - 1) : new Token("", cursor, cursor, false);
  }

  Completions complete() {
    List<String> subverbs = magic.isCellMagic() ? List.of() : MagicTable.subverbs(magic.name());
    String second = before.isEmpty() ? "" : before.get(0).text();
    Optional<FoundMagic> found = MagicTable.find(magic.name(), magic.isCellMagic(), second);
    List<Candidate> candidates = new ArrayList<>();
    if (before.isEmpty() && !typed.text().startsWith("-")) {
      candidates.addAll(plain(subverbs, "magic"));
    }
    if (found.isEmpty()) {
      return from(typed.start(), candidates);
    }
    CommandSpec spec = MagicParser.of(found.get()).spec();
    List<Token> arguments = before.subList(found.get().words(), before.size());
    Optional<OptionSpec> open = openOption(spec, arguments);
    if (open.isPresent()) {
      return from(typed.start(), values(open.get(), typed.text()));
    }
    int equals = typed.text().indexOf('=');
    if (equals > 0) {
      OptionSpec joined = option(spec, typed.text().substring(0, equals));
      String value = typed.text().substring(equals + 1);
      return joined == null
          ? Completions.none(cursor)
          : from(cursor - value.length(), values(joined, value));
    }
    if (!typed.text().startsWith("-")) {
      positional(spec, arguments)
          .ifPresent(argument -> candidates.addAll(values(argument, typed.text())));
    }
    candidates.addAll(options(spec, arguments));
    return from(typed.start(), candidates);
  }

  private Completions from(int start, List<Candidate> candidates) {
    return new Completions(Math.min(start, cursor), cursor, candidates);
  }

  private static @Nullable OptionSpec option(CommandSpec spec, String name) {
    OptionSpec option = spec.findOption(name);
    return option != null ? option : spec.findOption("--" + name);
  }

  /** Returns the option whose value is being typed. */
  private static Optional<OptionSpec> openOption(CommandSpec spec, List<Token> arguments) {
    if (arguments.isEmpty()) {
      return Optional.empty();
    }
    Token last = arguments.get(arguments.size() - 1);
    return Optional.ofNullable(last.isOption() ? spec.findOption(last.text()) : null)
        .filter(option -> option.arity().min() > 0);
  }

  private static Optional<ArgSpec> positional(CommandSpec spec, List<Token> arguments) {
    int index = 0;
    for (int i = 0; i < arguments.size(); i++) {
      boolean isValue = i > 0 && openOption(spec, arguments.subList(0, i)).isPresent();
      index += isValue || arguments.get(i).text().startsWith("-") ? 0 : 1;
    }
    int place = index;
    return spec.positionalParameters().stream()
        .filter(argument -> argument.index().contains(place))
        .findFirst()
        .map(argument -> (ArgSpec) argument);
  }

  /** Returns the options that fit, those already given last. */
  private List<Candidate> options(CommandSpec spec, List<Token> arguments) {
    Set<String> given = new TreeSet<>();
    arguments.stream().filter(Token::isOption).forEach(token -> given.add(token.optionName()));
    Stream<OptionSpec> ordered =
        Stream.concat(
            spec.options().stream().filter(option -> !given.contains(option.longestName())),
            spec.options().stream().filter(option -> given.contains(option.longestName())));
    return ordered
        .filter(option -> !option.hidden() && option.longestName().startsWith(typed.text()))
        .map(
            option ->
                new Candidate(option.longestName(), OPTION, String.join(" ", option.description())))
        .toList();
  }

  private static List<Candidate> values(ArgSpec argument, String start) {
    List<Candidate> candidates = new ArrayList<>();
    String wanted = start.toLowerCase(Locale.ROOT);
    for (String value : OptionValues.of(argument, argument.type())) {
      if (value.toLowerCase(Locale.ROOT).startsWith(wanted)) {
        candidates.add(new Candidate(value, VALUE, ""));
      }
    }
    boolean isPath =
        PathNames.isPathLabel(argument.paramLabel())
            || argument.type() == Path.class
            || start.contains("/")
            || start.startsWith("~");
    if (isPath) {
      PathNames.startingWith(start)
          .forEach(path -> candidates.add(new Candidate(path.replace(" ", "\\ "), PATH, "")));
    }
    return candidates;
  }

  private List<Candidate> plain(List<String> words, String type) {
    return words.stream()
        .filter(word -> word.startsWith(typed.text()))
        .map(word -> new Candidate(word, type, ""))
        .toList();
  }
}

package rft.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Sets the options of a magic's command from its arguments. */
final class MagicParser {
  private static final Pattern NAMED = Pattern.compile("([A-Za-z][\\w-]*)=(.*)", Pattern.DOTALL);

  private final CommandLine parser;
  private final Object command;
  private final CommandLine own;
  private final ResultOptions result = new ResultOptions();
  private final BackgroundOption background = new BackgroundOption();

  private MagicParser(FoundMagic found) {
    this.parser = parser(found, found.newCommand());
    if (found.isVerb()) {
      parser.addMixin("result", result);
      if (found.isLong()) {
        parser.addMixin("background", background);
      }
    } else {
      parser.addMixin("help", new HelpOption());
    }
    // A verb that asks which options were given must not hear of the notebook's.
    this.command = found.newCommand();
    this.own = parser(found, command);
    if (!found.isVerb()) {
      own.addMixin("help", new HelpOption());
    }
  }

  private static CommandLine parser(FoundMagic found, Object command) {
    CommandLine parser = new CommandLine(command);
    CommandSpec spec = parser.getCommandSpec();
    spec.name(found.title());
    if (command instanceof CellCommand own) {
      own.trim(spec);
    }
    parser.setExpandAtFiles(false);
    parser.setCaseInsensitiveEnumValuesAllowed(true);
    parser.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    return parser;
  }

  /**
   * What a notebook does with the result.
   *
   * @param as the name it gets; null for none
   * @param rest the arguments of the verb itself
   */
  record Wish(
      @Nullable String as, boolean asJava, boolean background, boolean help, List<String> rest) {}

  static MagicParser of(FoundMagic found) {
    return new MagicParser(found);
  }

  /** Returns the options, with those of the notebook. */
  CommandSpec spec() {
    return parser.getCommandSpec();
  }

  /** Returns the command, whose options {@link #parse} sets. */
  Object command() {
    return command;
  }

  /**
   * Sets the options and returns the wishes.
   *
   * @param tokens behind the title
   * @param place what to point at when something is missing
   * @throws MagicException if an option does not exist, lacks its value or has a wrong one
   */
  Wish parse(List<Token> tokens, Token place) {
    List<Token> arguments = namedOptions(tokens);
    try {
      parser.parseArgs(texts(arguments));
    } catch (CommandLine.ParameterException e) {
      throw new ArgumentMistake(e, arguments, place).explained();
    }
    boolean help = parser.isUsageHelpRequested();
    String[] rest = texts(withoutWishes(arguments));
    if (!help) {
      own.parseArgs(rest);
    }
    return new Wish(result.as, result.asJava, background.background, help, List.of(rest));
  }

  private static String[] texts(List<Token> tokens) {
    return tokens.stream().map(Token::text).toArray(String[]::new);
  }

  private List<Token> namedOptions(List<Token> tokens) {
    List<Token> arguments = new ArrayList<>();
    boolean isValue = false;
    for (Token token : tokens) {
      arguments.add(isValue ? token : optionOfName(token));
      isValue = !isValue && awaitsValue(token);
    }
    return arguments;
  }

  /** A value may itself look like a named option: {@code --sweep lr=1e-3,2e-3}. */
  private boolean awaitsValue(Token token) {
    OptionSpec option = token.isOption() ? spec().findOption(token.text()) : null;
    return option != null && option.arity().min() > 0;
  }

  /** Returns {@code --step=40} for {@code step=40} where the magic has an option of this name. */
  private Token optionOfName(Token token) {
    Matcher named = NAMED.matcher(token.text());
    boolean known = named.matches() && spec().findOption("--" + named.group(1)) != null;
    boolean quotedName = token.quoted() && named.matches() && named.group(1).contains("\"");
    return known && !quotedName ? token.withText("--" + token.text()) : token;
  }

  private static List<Token> withoutWishes(List<Token> tokens) {
    List<Token> rest = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      String text = tokens.get(i).text();
      if (text.equals("--as")) {
        i++;
      } else if (!text.startsWith("--as=")
          && !text.equals("--as-java")
          && !text.equals("--background")) {
        rest.add(tokens.get(i));
      }
    }
    return rest;
  }
}

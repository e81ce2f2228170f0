package rft.magic;

import java.util.List;
import java.util.Optional;
import javax.lang.model.SourceVersion;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;
import rft.JavaText;
import rft.cell.CellError;
import rft.cell.JavaSession;
import rft.cell.Place;
import rft.command.Result;
import rft.command.Verb;
import rft.display.CellOutput;

/** Runs one magic: finds what it stands for, sets its options, runs it, keeps its value. */
final class MagicRunner {
  /** Carries a value into a declaration with a type that the user wrote. */
  private static final String CARRIER = "$magic";

  private final NotebookState state;

  MagicRunner(NotebookState state) {
    this.state = state;
  }

  /**
   * Returns the value to show; empty if there is none, or it went to a variable.
   *
   * @param runner for magics that take code
   * @throws MagicException if it cannot be done
   */
  Optional<Object> run(
      CellText text, Part.Magic magic, int cell, CellOutput output, MagicCall.CodeRunner runner)
      throws CellError {
    state.declarePending();
    state.takeVariables();
    Optional<Object> value = value(text, magic, cell, output, runner);
    Part.Target target = magic.target();
    if (target == null) {
      return value;
    }
    if (value.isEmpty()) {
      throw MagicException.at(
          magic, "NoValue", magic.title() + " gives no value to put into " + target.name());
    }
    assign(text, target, cell, value.get());
    return Optional.empty();
  }

  private Optional<Object> value(
      CellText text, Part.Magic magic, int cell, CellOutput output, MagicCall.CodeRunner runner)
      throws CellError {
    refuseLateCellMagic(text, magic);
    if (magic.asksHelp() || asksAboutVerb(magic)) {
      return help(magic);
    }
    boolean raw =
        MagicTable.find(magic.name(), magic.isCellMagic(), "")
            .map(FoundMagic::takesRawLine)
            .orElse(false);
    int tailEnd = magic.tailStart() + magic.tail().length();
    List<Token> tokens =
        raw ? List.of() : ArgumentLexer.tokens(text, magic.tailStart(), tailEnd, state::textOf);
    FoundMagic found = MagicTable.require(magic, tokens);
    List<Token> arguments = tokens.subList(found.words(), tokens.size());
    MagicCall call =
        new MagicCall(state, text, cell, magic, arguments, output, new StopToken(), runner);
    MagicParser parser = MagicParser.of(found);
    MagicParser.Wish wish = parser.parse(arguments, place(magic));
    if (wish.help()) {
      return Optional.of(HelpPage.of(parser.spec()));
    }
    return parser.command() instanceof Verb<?> verb
        ? verb(call, found, verb, wish)
        : own(call, (CellCommand) parser.command());
  }

  private static void refuseLateCellMagic(CellText text, Part.Magic magic) {
    if (magic.isCellMagic() && !isFirst(text, magic)) {
      throw MagicException.at(
          magic,
          "MisplacedMagic",
          magic.title()
              + " takes the whole cell: put it into a cell of its own, as the first line");
    }
  }

  private static boolean isFirst(CellText text, Part.Magic magic) {
    String before = text.code().substring(0, magic.start());
    int first = JavaScanner.firstCode(before);
    return first >= before.length() || before.startsWith("%%", first);
  }

  private static boolean asksAboutVerb(Part.Magic magic) {
    String tail = magic.tail().strip();
    return tail.endsWith("?")
        && MagicTable.subverbs(magic.name()).contains(tail.substring(0, tail.length() - 1).strip());
  }

  private static Optional<Object> help(Part.Magic magic) {
    String second = magic.tail().replace("?", "").strip();
    Object page = HelpMagic.page(magic.name(), magic.isCellMagic(), second);
    if (page == null) {
      MagicTable.require(magic, List.of());
    }
    return Optional.ofNullable(page);
  }

  static Token place(Part.Magic magic) {
    int start = magic.nameStart() - (magic.isCellMagic() ? 2 : 1);
    return new Token(magic.title(), start, magic.nameStart() + magic.name().length(), false);
  }

  private Optional<Object> own(MagicCall call, CellCommand command) throws CellError {
    if (command instanceof TimeMagic || command instanceof LoadMagic) {
      return direct(call, command);
    }
    return guarded(
        call,
        () -> {
          Foreground.Running running = state.foreground().begin(call.stop(), false);
          try {
            return command.run(call);
          } finally {
            running.close();
          }
        });
  }

  /** Runs a magic that runs a cell's code, which sees to its own being stopped. */
  private Optional<Object> direct(MagicCall call, CellCommand command) throws CellError {
    try {
      return command.run(call);
    } catch (MagicException | CellError e) {
      throw e;
    } catch (Exception e) {
      throw state.java().failure(e);
    }
  }

  private Optional<Object> guarded(
      MagicCall call, java.util.concurrent.Callable<Optional<Object>> body) throws CellError {
    try {
      return state.java().guarded(body);
    } catch (MagicException | CellError e) {
      throw e;
    } catch (Throwable e) {
      if (call.stop().isRequested()) {
        throw MagicException.withoutPlace(
            "Interrupted", call.magic().title() + " was stopped before it ended");
      }
      Optional<MagicException> known = VerbFailure.of(e, call.tokens(), place(call.magic()));
      if (known.isPresent()) {
        throw known.get();
      }
      throw state.java().failure(e);
    }
  }

  private Optional<Object> verb(
      MagicCall call, FoundMagic found, Verb<?> verb, MagicParser.Wish wish) throws CellError {
    @Nullable String as = wish.as();
    if (as != null) {
      checkName(call, as);
    }
    if (wish.asJava()) {
      String verbName = found.verbName();
      return Optional.of(
          new DisplayData(
              as == null
                  ? JavaText.of(verbName, wish.rest())
                  : JavaText.of(verbName, wish.rest(), as)));
    }
    verb.inNotebook();
    VerbRun run = new VerbRun(call, found, verb, as);
    if (wish.background()) {
      Job job = run.inBackground();
      String how =
          job.name()
              + " runs "
              + found.title()
              + " in the background; %stop "
              + job.name()
              + " ends it, %wait "
              + job.name()
              + " waits for it";
      call.output().display(new DisplayData(how));
      return call.magic().target() == null ? Optional.empty() : Optional.of(job);
    }
    return guarded(
        call,
        () -> {
          Result result = run.inForeground();
          return Optional.of(call.magic().target() == null ? result : result.named());
        });
  }

  /** Refuses what is no Java name. */
  static void checkName(MagicCall call, String name) {
    if (SourceVersion.isKeyword(name)) {
      throw call.wrong(
          name, "BadName", "\"" + name + "\" is a word of the Java language: choose another name");
    }
    if (!SourceVersion.isIdentifier(name)) {
      throw call.wrong(
          name,
          "BadName",
          "\"" + name + "\" is no Java name: begin with a letter and use letters, digits and _");
    }
  }

  private void assign(CellText text, Part.Target target, int cell, Object value) throws CellError {
    JavaSession java = state.java();
    boolean exists =
        java.variables().stream().anyMatch(variable -> variable.name().equals(target.name()));
    if (target.type().equals("var") || (target.type().isEmpty() && !exists)) {
      java.declare(target.name(), NotebookState.variableType(value), value);
      return;
    }
    String type =
        target.type().isEmpty()
            ? java.variables().stream()
                .filter(variable -> variable.name().equals(target.name()))
                .findFirst()
                .orElseThrow()
                .type()
            : target.type();
    java.declare(CARRIER, Object.class, value);
    java.evaluate(
        (target.type().isEmpty() ? "" : type + " ")
            + target.name()
            + " = ("
            + type
            + ") "
            + CARRIER
            + ";",
        new Place(cell, text.line(target.start()), 1));
    java.declare(CARRIER, Object.class, null);
  }
}

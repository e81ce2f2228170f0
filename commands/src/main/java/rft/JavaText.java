package rft;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import rft.command.Run;
import rft.command.Verb;
import rft.command.Workspace;

/** Writes the Java that does what a command line does. */
public final class JavaText {
  /**
   * The verbs with a call of their own, by the name of the method of {@link Rft} that begins it.
   */
  private static final Map<String, String> CALLS =
      Map.ofEntries(
          Map.entry("train", "train"),
          Map.entry("evaluate", "evaluate"),
          Map.entry("rollout", "rollout"),
          Map.entry("compare", "compare"),
          Map.entry("chat", "chat"),
          Map.entry("inspect", "inspect"),
          Map.entry("reward try", "score"),
          Map.entry("reward card", "card"),
          Map.entry("reward diff", "diff"),
          Map.entry("reward probe", "probe"),
          Map.entry("reward break", "breakReward"),
          Map.entry("grader run", "grade"),
          Map.entry("runs export", "export"));

  /** The verbs that do no more than find a noun, which their first argument names. */
  private static final Map<String, String> NOUNS =
      Map.of(
          "data show", "dataset",
          "model show", "model",
          "reward show", "reward",
          "runs show", "run");

  private JavaText() {}

  /**
   * Returns an expression that does the same and has the same result.
   *
   * @param verb for example {@code train}
   * @param arguments as in the shell; the name of an object becomes a variable
   * @throws rft.command.CommandException if there is no such verb, or an argument is wrong
   */
  public static String of(String verb, List<String> arguments) {
    Verb<?> made = Rft.verb(verb);
    CommandLine parser = Call.parse(made, arguments);
    String begin = CALLS.get(verb);
    if (begin == null) {
      String rest =
          arguments.stream().map(a -> ", " + JavaLiteral.text(a)).collect(Collectors.joining());
      return "Rft.call(" + JavaLiteral.text(verb) + rest + ")";
    }
    Class<?> builder = builder(begin);
    StringBuilder text = new StringBuilder("Rft." + begin + "()");
    // An option that was given twice is listed twice, each time with all its values.
    for (ArgSpec argument : new LinkedHashSet<>(parser.getParseResult().matchedArgs())) {
      text.append(calls(builder, argument));
    }
    return text.append(".run()").toString();
  }

  /**
   * Returns a statement that binds what {@code --as} binds.
   *
   * @param name of the variable
   */
  public static String of(String verb, List<String> arguments, String name) {
    String noun = NOUNS.get(verb);
    if (noun != null) {
      CommandLine parser = Call.parse(Rft.verb(verb), arguments);
      String what = parser.getParseResult().matchedPositional(0).originalStringValues().get(0);
      return "var " + name + " = Rft." + noun + "(" + JavaLiteral.text(what) + ");";
    }
    String call = of(verb, arguments);
    boolean trains = verb.equals("train");
    boolean many =
        trains
            && arguments.stream().anyMatch(a -> a.startsWith("--seeds") || a.startsWith("--sweep"));
    String run = !trains ? "" : many ? ".allRuns()" : ".lastRun()";
    return "var " + name + " = " + call + run + ";";
  }

  private static Class<?> builder(String begin) {
    try {
      return Rft.class.getMethod(begin).getReturnType();
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("Rft lacks the method " + begin, e);
    }
  }

  /** Returns the name of the method that sets an option. */
  static String method(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      String label = argument.paramLabel();
      return isText(argument) ? "message" : label.startsWith("RUN") ? "run" : "reward";
    }
    String[] words = option.longestName().replaceFirst("^--", "").split("-");
    return words[0]
        + Arrays.stream(words)
            .skip(1)
            .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
            .collect(Collectors.joining());
  }

  private static String calls(Class<?> builder, ArgSpec argument) {
    String method = method(argument);
    if (argument.arity().max() == 0) {
      return "." + method + "()";
    }
    boolean isMap = Map.class.isAssignableFrom(argument.type());
    StringBuilder calls = new StringBuilder();
    List<String> values = argument.originalStringValues();
    for (String value : isText(argument) ? List.of(String.join(" ", values)) : values) {
      if (isMap) {
        for (String entry : value.split(",")) {
          calls.append("." + method.replaceFirst("s$", "") + "(" + pair(entry) + ")");
        }
      } else {
        calls.append("." + method + "(" + value(builder, method, value) + ")");
      }
    }
    return calls.toString();
  }

  /** Returns whether the words of an argument are one text. */
  private static boolean isText(ArgSpec argument) {
    return argument.isPositional() && argument.paramLabel().equals("TEXT");
  }

  private static String pair(String entry) {
    int equals = entry.indexOf('=');
    return JavaLiteral.text(entry.substring(0, equals))
        + ", "
        + JavaLiteral.number(entry.substring(equals + 1), double.class);
  }

  private static String value(Class<?> builder, String method, String value) {
    List<Class<?>[]> shapes =
        Arrays.stream(builder.getMethods())
            .filter(m -> m.getName().equals(method) && m.getParameterCount() > 0)
            .map(Method::getParameterTypes)
            .toList();
    Optional<String> object = variable(shapes, value);
    if (object.isPresent()) {
      return object.get();
    }
    for (Class<?>[] shape : shapes) {
      if (shape.length == 1 && shape[0].isPrimitive()) {
        return JavaLiteral.number(value, shape[0]);
      }
      if (shape.length == 2 && shape[0] == int.class) {
        return value.replace(",", ", ");
      }
      if (shape[0] == String[].class) {
        return Arrays.stream(value.split(","))
            .map(JavaLiteral::text)
            .collect(Collectors.joining(", "));
      }
    }
    return JavaLiteral.text(value);
  }

  /** Returns the variable that holds the object of this name, and the step after it. */
  private static Optional<String> variable(List<Class<?>[]> shapes, String value) {
    int at = value.indexOf('@');
    Workspace workspace = Workspace.current();
    if (at > 0 && workspace.get(value.substring(0, at), Run.class).isPresent()) {
      return Optional.of(value.substring(0, at) + ", " + value.substring(at + 1));
    }
    return shapes.stream()
        .filter(shape -> shape.length == 1 && shape[0] != String.class)
        .map(shape -> workspace.get(value, shape[0]))
        .flatMap(Optional::stream)
        .findFirst()
        .map(found -> Objects.requireNonNull(value));
  }
}

package rft.reward;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rft.dataset.Task;

/**
 * A method as a reward; its parameters say what it looks at. A text goes by the parameter's name
 * where that is {@code completion}, {@code answer} or {@code prompt}; the other texts get what is
 * left of these, in this order.
 */
final class RewardMethod {
  static final String NAME = "reward";

  /** What may stand in the parentheses, for messages. */
  static final String SHAPES =
      "(String completion), (String completion, String answer), (String completion, String answer,"
          + " String prompt), (Task, Completion) or (Task, List<Completion>)";

  private static final List<String> TEXTS = List.of("completion", "answer", "prompt");

  private final Method method;
  private final @Nullable Object object;
  private final List<String> sources;

  private RewardMethod(Method method, @Nullable Object object) {
    this.method = method;
    this.object = object;
    this.sources = sources(method);
  }

  /** Returns what each parameter gets: the name of a text, or an empty one for an object. */
  private static List<String> sources(Method method) {
    List<String> left = new ArrayList<>(TEXTS);
    Parameter[] parameters = method.getParameters();
    Arrays.stream(parameters)
        .filter(parameter -> parameter.getType() == String.class)
        .map(Parameter::getName)
        .forEach(left::remove);
    List<String> sources = new ArrayList<>();
    for (Parameter parameter : parameters) {
      boolean isText = parameter.getType() == String.class;
      boolean isNamed = TEXTS.contains(parameter.getName());
      sources.add(!isText ? "" : isNamed ? parameter.getName() : left.remove(0));
    }
    return sources;
  }

  /** Returns the reward methods of a class, whatever their parameters. */
  static List<Method> candidates(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.getName().equals(NAME) && !method.isSynthetic())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .toList();
  }

  /** Returns what is wrong with the method's parameters or result, or null if it is a reward. */
  static @Nullable String fault(Method method) {
    List<Class<?>> parameters = Arrays.asList(method.getParameterTypes());
    boolean group = looksAtGroup(method);
    if (!group && !looksAtOne(parameters)) {
      return "the parameters of " + method.getName() + "(..) must be " + SHAPES;
    }
    Class<?> result = method.getReturnType();
    if (group ? !List.class.isAssignableFrom(result) : !isValue(result)) {
      return group
          ? "reward(Task, List<Completion>) must return List<Verdict>"
          : method.getName()
              + "(..) must return a number, a boolean or a Verdict, not "
              + result.getSimpleName();
    }
    return null;
  }

  /** Returns the method as a reward; it must have no {@link #fault}. */
  static GroupReward of(Method method, @Nullable Object object) {
    return looksAtGroup(method)
        ? new RewardMethod(method, object)::scoreGroup
        : ofOne(method, object).asGroup();
  }

  /** Returns the method as a reward of one completion. */
  static RewardFunction ofOne(Method method, @Nullable Object object) {
    return new RewardMethod(method, object)::scoreOne;
  }

  static boolean looksAtGroup(Method method) {
    return Arrays.asList(method.getParameterTypes()).equals(List.of(Task.class, List.class));
  }

  private static boolean looksAtOne(List<Class<?>> parameters) {
    int texts = Collections.frequency(parameters, String.class);
    int tasks = Collections.frequency(parameters, Task.class);
    int completions = Collections.frequency(parameters, Completion.class);
    return !parameters.isEmpty()
        && texts + tasks + completions == parameters.size()
        && texts <= TEXTS.size()
        && tasks <= 1
        && completions <= 1;
  }

  private static boolean isValue(Class<?> type) {
    boolean primitive = type.isPrimitive() && type != void.class && type != char.class;
    return primitive
        || Number.class.isAssignableFrom(type)
        || type == Boolean.class
        || Verdict.class.isAssignableFrom(type);
  }

  @SuppressWarnings("unchecked") // the judge checks what is in the list, element by element
  private List<Verdict> scoreGroup(Task task, List<Completion> group) {
    Object verdicts = invoke(List.of(task, group));
    return verdicts == null ? List.of() : (List<Verdict>) verdicts;
  }

  private Verdict scoreOne(Task task, Completion completion) {
    List<Object> arguments = new ArrayList<>();
    Class<?>[] types = method.getParameterTypes();
    for (int i = 0; i < types.length; i++) {
      arguments.add(
          switch (sources.get(i)) {
            case "completion" -> completion.text();
            case "answer" -> task.referenceText();
            case "prompt" -> task.promptText();
            default -> types[i] == Task.class ? task : completion;
          });
    }
    Object value = invoke(arguments);
    if (value instanceof Number number) {
      return Verdicts.ofNumber(number.doubleValue());
    }
    if (value instanceof Boolean passed) {
      return Score.of(passed ? 1 : 0);
    }
    return Verdicts.orMissing((Verdict) value);
  }

  private @Nullable Object invoke(List<Object> arguments) {
    try {
      return method.invoke(object, arguments.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new UndeclaredThrowableException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a public method cannot be called: " + method, e);
    }
  }
}

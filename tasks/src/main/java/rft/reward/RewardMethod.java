package rft.reward;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rft.dataset.Task;

/** A public static method {@code reward(..)} as a reward; its parameters say what it looks at. */
final class RewardMethod {
  static final String NAME = "reward";

  /** What may stand in the parentheses, for messages. */
  static final String SHAPES =
      "(String completion), (String completion, String answer), (String completion, String answer,"
          + " String prompt), (Task, Completion) or (Task, List<Completion>)";

  private static final List<Class<?>> TEXTS = List.of(String.class, String.class, String.class);

  private final Method method;

  private RewardMethod(Method method) {
    this.method = method;
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
    boolean group = parameters.equals(List.of(Task.class, List.class));
    if (!group && !looksAtOne(parameters)) {
      return "the parameters of reward(..) must be " + SHAPES;
    }
    Class<?> result = method.getReturnType();
    if (group ? !List.class.isAssignableFrom(result) : !isValue(result)) {
      return group
          ? "reward(Task, List<Completion>) must return List<Verdict>"
          : "reward(..) must return a number, a boolean or a Verdict, not "
              + result.getSimpleName();
    }
    return null;
  }

  /** Returns the method as a reward; it must have no {@link #fault}. */
  static GroupReward of(Method method) {
    RewardMethod reward = new RewardMethod(method);
    if (List.class.isAssignableFrom(method.getReturnType())) {
      return reward::scoreGroup;
    }
    RewardFunction single = reward::scoreOne;
    return single.asGroup();
  }

  private static boolean looksAtOne(List<Class<?>> parameters) {
    int count = parameters.size();
    return parameters.equals(List.of(Task.class, Completion.class))
        || (count >= 1 && count <= 3 && parameters.equals(TEXTS.subList(0, count)))
        || parameters.equals(
            List.of(String.class, String.class, String.class, Task.class, Completion.class));
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
    int texts = 0;
    for (Class<?> parameter : method.getParameterTypes()) {
      if (parameter == String.class) {
        arguments.add(
            switch (texts++) {
              case 0 -> completion.text();
              case 1 -> task.referenceText();
              default -> task.promptText();
            });
      } else {
        arguments.add(parameter == Task.class ? task : completion);
      }
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
      return method.invoke(null, arguments.toArray());
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

package rft.reward;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The methods of a class with {@link Parts} as a reward. */
final class PartMethods {
  private final Class<?> type;
  private final List<Method> methods;

  private PartMethods(Class<?> type, List<Method> methods) {
    this.type = type;
    this.methods = methods;
  }

  /**
   * Returns the methods of a class.
   *
   * @throws UnfitMethodException if one cannot be what it must be, naming it
   * @throws IllegalArgumentException if there is none
   */
  static PartMethods of(Class<?> type) {
    List<Method> visible =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> !method.isSynthetic() && !Modifier.isPrivate(method.getModifiers()))
            .sorted(Comparator.comparing(Method::getName))
            .toList();
    List<Method> named =
        visible.stream().filter(method -> method.getName().equals(RewardMethod.NAME)).toList();
    if (visible.isEmpty()) {
      throw new IllegalArgumentException(
          "every method is private: a reward needs one that is not, for example double reward"
              + "(String completion, String answer)");
    }
    PartMethods parts = new PartMethods(type, named.isEmpty() ? visible : named);
    parts.check();
    return parts;
  }

  private void check() {
    for (int i = 0; i < methods.size(); i++) {
      Method method = methods.get(i);
      if (i > 0 && method.getName().equals(methods.get(i - 1).getName())) {
        throw new UnfitMethodException(
            method.getName(), "two methods are called " + method.getName() + ": rename one");
      }
      String fault = RewardMethod.fault(method);
      if (fault == null && !isWhole() && RewardMethod.looksAtGroup(method)) {
        fault = "a part looks at one completion; only a method called reward may take the group";
      }
      if (fault != null) {
        throw new UnfitMethodException(
            method.getName(), fault + (isWhole() ? "" : "; make a method that helps private"));
      }
    }
    if (!isWhole()) {
      // Refuses a rubric without any weight.
      rubric(method -> (task, completion) -> Score.of(0));
    }
  }

  private boolean isWhole() {
    return methods.get(0).getName().equals(RewardMethod.NAME);
  }

  /** Returns the weights of the parts by name; empty if one method is the whole reward. */
  Map<String, Double> weights() {
    Map<String, Double> weights = new LinkedHashMap<>();
    if (!isWhole()) {
      methods.forEach(method -> weights.put(method.getName(), weight(method)));
    }
    return weights;
  }

  private static double weight(Method method) {
    Weight given = method.getAnnotation(Weight.class);
    return given == null ? 1 : given.value();
  }

  /** Returns the reward, over a new instance of the class if a method needs one. */
  GroupReward load() throws ReflectiveOperationException {
    boolean needsObject =
        methods.stream().anyMatch(method -> !Modifier.isStatic(method.getModifiers()));
    Object object = needsObject ? type.getConstructor().newInstance() : null;
    methods.forEach(method -> method.setAccessible(true));
    return isWhole()
        ? RewardMethod.of(methods.get(0), object)
        : rubric(method -> RewardMethod.ofOne(method, object)).asGroup();
  }

  private Rubric rubric(Function<Method, RewardFunction> reward) {
    return new Rubric(
        methods.stream()
            .map(m -> new Rubric.Part(m.getName(), weight(m), reward.apply(m)))
            .toList());
  }
}

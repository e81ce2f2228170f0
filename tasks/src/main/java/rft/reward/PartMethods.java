package rft.reward;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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

  /**
   * Returns the weights of the parts by name; empty if one method is the whole reward, or if the
   * reward is not simply their weighted sum.
   */
  Map<String, Double> weights() {
    Map<String, Double> weights = new LinkedHashMap<>();
    if (!isWhole() && rubric(method -> (task, completion) -> Score.of(0)).isPlainSum()) {
      methods.forEach(method -> weights.put(method.getName(), weight(method)));
    }
    return weights;
  }

  private static double weight(Method method) {
    Weight given = method.getAnnotation(Weight.class);
    double usual = method.isAnnotationPresent(Gate.class) ? 0 : 1;
    return given == null ? usual : given.value();
  }

  private static Rubric.@Nullable Scale scale(Method method) {
    Range range = method.getAnnotation(Range.class);
    return range == null ? null : new Rubric.Scale(range.low(), range.high());
  }

  /** Returns how the parts become one, which the class says or one of its methods. */
  private @Nullable Combine combine() {
    Combine found = type.getAnnotation(Combine.class);
    for (Method method : methods) {
      Combine given = method.getAnnotation(Combine.class);
      if (given != null && found != null) {
        throw new UnfitMethodException(
            method.getName(), "@Combine speaks for the whole reward: say it once");
      }
      found = given == null ? found : given;
    }
    return found;
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
    Rubric sum =
        new Rubric(
            methods.stream()
                .map(
                    m ->
                        new Rubric.Part(
                            m.getName(),
                            weight(m),
                            reward.apply(m),
                            m.isAnnotationPresent(Gate.class),
                            scale(m)))
                .toList());
    Combine combine = combine();
    return combine == null
        ? sum
        : sum.by(combine.value()).clipped(combine.atLeast(), combine.atMost());
  }
}

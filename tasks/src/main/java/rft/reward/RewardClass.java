package rft.reward;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Finds the class of a unit that is the reward, and makes a reward of it. */
final class RewardClass {
  private RewardClass() {}

  /**
   * Returns the name of the one class that is a reward.
   *
   * @throws IllegalArgumentException if there is none, or more than one, saying what is missing
   */
  static String mainClassOf(Map<String, byte[]> classes, Map<String, byte[]> jars) {
    ClassLoader loader = new UnitClassLoader(classes, jars);
    List<Class<?>> found = new ArrayList<>();
    for (String name : classes.keySet()) {
      Class<?> type = load(loader, name);
      if (type.getEnclosingClass() == null && Modifier.isPublic(type.getModifiers())) {
        found.add(type);
      }
    }
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          "a reward needs exactly one public class, this source has " + found.size());
    }
    check(found.get(0));
    return found.get(0).getName();
  }

  /** Returns a new instance of the reward in a class loader of its own. */
  static GroupReward load(RewardUnit unit) {
    Class<?> type = type(unit);
    check(type);
    GroupReward reward = load(unit, type);
    return reward instanceof EachCompletion each && ClassTraits.isStateless(unit, type)
        ? new EachCompletion(each.reward(), true)
        : reward;
  }

  private static GroupReward load(RewardUnit unit, Class<?> type) {
    if (!isRewardType(type) && !isOfParts(type)) {
      return RewardMethod.of(RewardMethod.candidates(type).get(0), null);
    }
    try {
      if (isOfParts(type)) {
        return PartMethods.of(type).load();
      }
      Object reward = type.getConstructor().newInstance();
      return reward instanceof GroupReward group ? group : ((RewardFunction) reward).asGroup();
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalArgumentException(
          "reward " + unit.name() + " cannot be made: " + Verdicts.ofThrown(cause).detail(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("reward " + unit.name() + " cannot be made", e);
    }
  }

  /** Returns the weights of the parts that the reward declares, by name; empty if it has none. */
  static Map<String, Double> weights(RewardUnit unit) {
    Class<?> type = type(unit);
    return isOfParts(type) ? PartMethods.of(type).weights() : Map.of();
  }

  private static Class<?> type(RewardUnit unit) {
    return load(new UnitClassLoader(unit.classes(), unit.jars()), unit.mainClass());
  }

  private static boolean isOfParts(Class<?> type) {
    return !isRewardType(type) && type.isAnnotationPresent(Parts.class);
  }

  private static Class<?> load(ClassLoader loader, String name) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new IllegalArgumentException(
          "the class " + name + " cannot be loaded: " + e.getMessage(), e);
    }
  }

  private static void check(Class<?> type) {
    if (isRewardType(type)) {
      checkConstructor(type);
      return;
    }
    if (isOfParts(type)) {
      PartMethods.of(type);
      checkConstructor(type);
      return;
    }
    List<Method> methods = RewardMethod.candidates(type);
    if (methods.size() != 1) {
      throw new IllegalArgumentException(
          "the class "
              + type.getSimpleName()
              + " must implement RewardFunction or GroupReward, or have one public static method"
              + " reward"
              + RewardMethod.SHAPES
              + ", it has "
              + methods.size());
    }
    String fault = RewardMethod.fault(methods.get(0));
    if (fault != null) {
      throw new IllegalArgumentException(fault);
    }
  }

  private static void checkConstructor(Class<?> type) {
    if (Arrays.stream(type.getConstructors()).noneMatch(c -> c.getParameterCount() == 0)) {
      throw new IllegalArgumentException(
          "the class " + type.getSimpleName() + " needs a public constructor without parameters");
    }
    if (Modifier.isAbstract(type.getModifiers())) {
      throw new IllegalArgumentException(
          "the class " + type.getSimpleName() + " is abstract: a reward must be a whole class");
    }
  }

  private static boolean isRewardType(Class<?> type) {
    return RewardFunction.class.isAssignableFrom(type) || GroupReward.class.isAssignableFrom(type);
  }
}

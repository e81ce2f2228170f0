package rft.reward;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the classes of a reward show of how it will behave, before it is called. */
final class ClassTraits {
  private static final Set<Class<?>> UNCHANGEABLE =
      Set.of(
          String.class,
          Pattern.class,
          BigDecimal.class,
          BigInteger.class,
          Double.class,
          Integer.class,
          Long.class,
          Boolean.class,
          Character.class);

  private ClassTraits() {}

  /**
   * Returns whether the reward can keep nothing from one call to the next: no static field of its
   * classes and no field of its main class could change. Where that is not certain, false.
   */
  static boolean isStateless(RewardUnit unit, Class<?> main) {
    return unit.jars().isEmpty()
        && main.getSuperclass() == Object.class
        && unit.classes().keySet().stream()
            .flatMap(name -> fields(main.getClassLoader(), name))
            .filter(field -> isShared(field, main))
            .allMatch(ClassTraits::cannotChange);
  }

  private static Stream<Field> fields(ClassLoader loader, String className) {
    try {
      return Arrays.stream(Class.forName(className, false, loader).getDeclaredFields());
    } catch (ClassNotFoundException | LinkageError e) {
      throw new IllegalArgumentException("the class " + className + " cannot be loaded", e);
    }
  }

  /** A field of any other object is seen by the call that made the object, and by no other. */
  private static boolean isShared(Field field, Class<?> main) {
    Class<?> owner = field.getDeclaringClass();
    return Modifier.isStatic(field.getModifiers()) || owner == main || owner.isEnum();
  }

  private static boolean cannotChange(Field field) {
    boolean compilers = field.isSynthetic() && Modifier.isStatic(field.getModifiers());
    Class<?> type = field.getType();
    return Modifier.isFinal(field.getModifiers())
        && (compilers || type.isPrimitive() || type.isEnum() || UNCHANGEABLE.contains(type));
  }

  /**
   * Returns whether a class names what ends the JVM, {@code System.exit} or {@code Runtime.halt}:
   * such a reward must not run in a process that others need.
   */
  static boolean mayEndProcess(RewardUnit unit) {
    return unit.classes().values().stream()
        .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
        .anyMatch(
            text ->
                List.of("java/lang/System", "java/lang/Runtime").stream().anyMatch(text::contains)
                    && (text.contains("\1\0\4exit") || text.contains("\1\0\4halt")));
  }
}

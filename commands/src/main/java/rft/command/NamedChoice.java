package rft.command;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import rft.dataset.NearestName;

/** Finds the constant that an option names. */
final class NamedChoice {
  private NamedChoice() {}

  /**
   * Returns the constant with this name.
   *
   * @param option how the message calls the option
   * @throws IllegalArgumentException if none has it, naming the nearest and all of them
   */
  static <E extends Enum<E>> E of(
      E[] constants, Function<E, String> nameOf, String option, String name) {
    List<String> names = Stream.of(constants).map(nameOf).toList();
    require(names, option, name);
    return constants[names.indexOf(name)];
  }

  /**
   * Refuses a name that is none of these.
   *
   * @throws IllegalArgumentException naming the nearest and all of them
   */
  static void require(List<String> names, String option, String name) {
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          option
              + " ("
              + name
              + ") must be one of "
              + String.join(", ", names)
              + NearestName.hint(name, names));
    }
  }
}

package rft.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.ArgSpec;

/** The values that an option is known to take. */
final class OptionValues {
  private OptionValues() {}

  /** Returns its completion candidates, or the constants of its type; none if they are unknown. */
  static List<String> of(ArgSpec option, Class<?> type) {
    List<String> values = new ArrayList<>();
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        values.add(((Enum<?>) constant).name().toLowerCase(Locale.ROOT));
      }
    } else if (option.completionCandidates() != null) {
      option.completionCandidates().forEach(values::add);
    }
    return values;
  }
}

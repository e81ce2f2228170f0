package rft.magic;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The Java code that does what a magic does. */
final class JavaForm {
  private JavaForm() {}

  static String of(FoundMagic found, List<Token> tokens, @Nullable String as) {
    throw new UnsupportedOperationException("replaced once the fluent API is here");
  }
}

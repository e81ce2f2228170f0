package rft.reward;

import java.net.URI;
import java.util.regex.Pattern;
import javax.tools.SimpleJavaFileObject;

/** A source text in memory; its name appears in stack traces. */
final class SourceFile extends SimpleJavaFileObject {
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9_.-]+");

  private final String text;

  SourceFile(String name, String text) {
    super(URI.create("reward:///" + UNSAFE.matcher(name).replaceAll("_") + ".java"), Kind.SOURCE);
    this.text = text;
  }

  @Override
  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
    return text;
  }

  /** Any public class may stand in this file: the reward's name need not be the class's. */
  @Override
  public boolean isNameCompatible(String simpleName, Kind kind) {
    return kind == Kind.SOURCE;
  }
}

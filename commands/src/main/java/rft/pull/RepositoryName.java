package rft.pull;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A repository of models, and perhaps one file of it.
 *
 * @param owner user or organisation
 * @param name of the repository
 * @param file path of a GGUF file in it; null for the model as a folder
 */
public record RepositoryName(String owner, String name, @Nullable String file) {
  private static final String WORD = "[A-Za-z0-9][A-Za-z0-9._-]{0,95}";
  private static final Pattern SPELLING =
      Pattern.compile(
          "(" + WORD + ")/(" + WORD + ")(?::((?:" + WORD + "/){0,4}" + WORD + "\\.gguf))?");

  /** The page of a repository, or of a file in it, as a browser has its address. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "https?://(?:www\\.)?(?:huggingface\\.co|hf\\.co)/([^/]+/[^/?#:]+)"
              + "(?:/(?:tree|blob|resolve)/main(?:/([^?#]+))?)?/?(?:[?#].*)?");

  /**
   * Returns whether a text is {@code OWNER/NAME} or {@code OWNER/NAME:FILE.gguf}, or the address of
   * either at Hugging Face.
   */
  public static boolean matches(String text) {
    return SPELLING.matcher(withoutAddress(text)).matches();
  }

  /**
   * Returns the repository of {@code OWNER/NAME}, {@code OWNER/NAME:FILE.gguf}, or the address of
   * either at Hugging Face.
   *
   * @throws IllegalArgumentException if the text is none of them
   */
  public static RepositoryName parse(String text) {
    Matcher parts = SPELLING.matcher(withoutAddress(text));
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no repository: write OWNER/NAME, or OWNER/NAME:FILE.gguf");
    }
    return new RepositoryName(parts.group(1), parts.group(2), parts.group(3));
  }

  private static String withoutAddress(String text) {
    Matcher address = ADDRESS.matcher(text);
    if (!address.matches()) {
      return text;
    }
    return address.group(2) == null ? address.group(1) : address.group(1) + ":" + address.group(2);
  }

  /** Returns {@code OWNER/NAME}. */
  public String id() {
    return owner + "/" + name;
  }

  /** Returns the name that the model gets on this machine unless another is given. */
  public String shortName() {
    String path = file;
    if (path == null) {
      return name;
    }
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.substring(0, last.length() - ".gguf".length());
  }

  @Override
  public String toString() {
    return file == null ? id() : id() + ":" + file;
  }
}

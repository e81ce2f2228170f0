package rft.display;

import java.util.Comparator;
import java.util.regex.Pattern;
import rft.command.Verbs;

/** How a notebook writes what the command line calls {@code rft VERB}. */
public final class MagicForm {
  private static final String DATA = "data";

  private MagicForm() {}

  /** Returns a sentence in which each {@code rft VERB} is the magic that does the same. */
  public static String of(String sentence) {
    String text = sentence;
    for (Verbs.Entry entry :
        Verbs.all().stream()
            .sorted(Comparator.comparingInt((Verbs.Entry e) -> e.name().length()).reversed())
            .toList()) {
      text = text.replaceAll("\\brft " + Pattern.quote(entry.name()) + "\\b", "%" + name(entry));
    }
    return text;
  }

  /** Returns what stands behind the percent sign. */
  public static String name(Verbs.Entry entry) {
    return entry.group().equals(DATA)
        ? "dataset" + entry.name().substring(DATA.length())
        : entry.name();
  }
}

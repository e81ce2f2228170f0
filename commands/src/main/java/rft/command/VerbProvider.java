package rft.command;

import java.util.List;

/**
 * Verbs of another module, found by {@link java.util.ServiceLoader}: name the class in {@code
 * META-INF/services/rft.command.VerbProvider}.
 */
public interface VerbProvider {
  /** Returns them in the order in which help lists them below their headings. */
  List<Verbs.Entry> verbs();
}

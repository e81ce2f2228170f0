package rft.magic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rft.command.Verbs;
import rft.display.MagicForm;

/**
 * Which verb a magic stands for. Every verb has a magic: its own name, or the first of its two
 * words with the second behind it. Some have a shorter name besides.
 */
final class VerbMagics {
  /** Other names: the group or the verb that each stands for. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of("dataset", "data", "score", "reward try", "export", "runs export");

  /** What a group does when a name follows that is none of its verbs. */
  private static final Map<String, String> WITH_A_NAME =
      Map.of("data", "show", "model", "show", "reward", "show", "runs", "show");

  /** What a group does when nothing follows. */
  private static final Map<String, String> ALONE = Map.of("reward", "list", "runs", "list");

  /** Verbs that go by another second word too. */
  private static final Map<String, String> SECOND_WORDS = Map.of("data load", "data show");

  /** Verbs that may take minutes. */
  private static final Set<String> LONG =
      Set.of(
          "train",
          "rollout",
          "evaluate",
          "compare",
          "quickstart",
          "model pretrain",
          "reward break",
          "judge check");

  /** Verbs that are the kernel's own process. */
  private static final Set<String> ELSEWHERE = Set.of("kernel run", "demo");

  private VerbMagics() {}

  /** Returns every name, with what it does in one sentence, in the order of the verbs. */
  static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    for (Verbs.Entry entry : verbs()) {
      names.putIfAbsent(
          magicOf(entry), entry.group().isEmpty() ? entry.summary() : groupText(entry.group()));
    }
    OTHER_NAMES.forEach(
        (name, verb) -> named(verb).ifPresent(entry -> names.put(name, entry.summary())));
    return names;
  }

  private static String groupText(String group) {
    return String.join(", ", subverbs(group)) + ".";
  }

  private static String magicOf(Verbs.Entry entry) {
    return entry.group().isEmpty() ? entry.name() : shown(entry.group());
  }

  /** Returns the name that a notebook uses for a group. */
  private static String shown(String group) {
    return group.equals("data") ? "dataset" : group;
  }

  /** Returns the verbs that may follow a name; none if it is no group. */
  static List<String> subverbs(String name) {
    String group = OTHER_NAMES.getOrDefault(name, name);
    return verbs().stream()
        .filter(entry -> entry.group().equals(group))
        .map(entry -> entry.name().substring(group.length() + 1))
        .toList();
  }

  /**
   * Returns the verb of a magic.
   *
   * @param name of the magic
   * @param second the word behind it; empty if there is none, or an option
   */
  static Optional<FoundMagic> find(String name, String second) {
    String verb = OTHER_NAMES.getOrDefault(name, name);
    Optional<Verbs.Entry> alone = named(verb);
    if (alone.isPresent()) {
      return alone.map(entry -> found("%" + name, entry, 0));
    }
    Optional<Verbs.Entry> chosen =
        named(verb + " " + second).or(() -> named(SECOND_WORDS.get(verb + " " + second)));
    if (chosen.isPresent()) {
      return chosen.map(entry -> found("%" + name + " " + second, entry, 1));
    }
    String implied = (second.isEmpty() ? ALONE : WITH_A_NAME).getOrDefault(verb, "");
    return named(verb + " " + implied)
        .or(() -> second.isEmpty() ? named(verb + " " + WITH_A_NAME.get(verb)) : Optional.empty())
        .map(entry -> found("%" + MagicForm.name(entry), entry, 0));
  }

  private static FoundMagic found(String title, Verbs.Entry entry, int words) {
    return new FoundMagic(title, entry.type(), words, LONG.contains(entry.name()));
  }

  private static Optional<Verbs.Entry> named(@Nullable String verb) {
    return verbs().stream().filter(entry -> entry.name().equals(verb)).findFirst();
  }

  private static List<Verbs.Entry> verbs() {
    Stream<Verbs.Entry> all = Verbs.all().stream();
    return all.filter(entry -> !ELSEWHERE.contains(entry.name())).toList();
  }
}

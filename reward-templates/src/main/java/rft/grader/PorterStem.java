package rft.grader;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The stem of an English word, by Porter's algorithm with the usual later corrections (short words
 * stay, {@code dies} and {@code died} become {@code die}, {@code y} turns only after a consonant).
 *
 * @see <a href="https://tartarus.org/martin/PorterStemmer/def.txt">An algorithm for suffix
 *     stripping</a>
 */
final class PorterStem {
  private static final Map<String, String> IRREGULAR =
      Map.ofEntries(
          Map.entry("sky", "sky"),
          Map.entry("skies", "sky"),
          Map.entry("dying", "die"),
          Map.entry("lying", "lie"),
          Map.entry("tying", "tie"),
          Map.entry("news", "news"),
          Map.entry("innings", "inning"),
          Map.entry("inning", "inning"),
          Map.entry("outings", "outing"),
          Map.entry("outing", "outing"),
          Map.entry("cannings", "canning"),
          Map.entry("canning", "canning"),
          Map.entry("howe", "howe"),
          Map.entry("proceed", "proceed"),
          Map.entry("exceed", "exceed"),
          Map.entry("succeed", "succeed"));

  /** A suffix and what stands in its place. */
  private record Rule(String suffix, String replacement) {
    static List<Rule> all(String text) {
      return List.of(text.split(" ")).stream()
          .map(pair -> pair.split(">", -1))
          .map(pair -> new Rule(pair[0], pair[1]))
          .toList();
    }
  }

  private static final List<Rule> PLURALS = Rule.all("sses>ss ies>i ss>ss s>");
  private static final List<Rule> DOUBLE_SUFFIXES =
      Rule.all(
          "ational>ate tional>tion enci>ence anci>ance izer>ize bli>ble alli>al entli>ent eli>e"
              + " ousli>ous ization>ize ation>ate ator>ate alism>al iveness>ive fulness>ful"
              + " ousness>ous aliti>al iviti>ive biliti>ble fulli>ful");
  private static final List<Rule> DERIVED =
      Rule.all("icate>ic ative> alize>al iciti>ic ical>ic ful> ness>");
  private static final List<Rule> LONG_STEMS =
      Rule.all(
          "al> ance> ence> er> ic> able> ible> ant> ement> ment> ent> ion> ou> ism> ate> iti> ous>"
              + " ive> ize>");

  private PorterStem() {}

  /** Returns the stem of a lower-case word. */
  static String of(String word) {
    String irregular = IRREGULAR.get(word);
    if (irregular != null) {
      return irregular;
    }
    if (word.codePointCount(0, word.length()) <= 2) {
      return word;
    }
    String stem = yToI(pastAndParticiple(plural(word)));
    stem = replaced(doubleSuffix(stem), DERIVED, s -> measure(s) > 0);
    return doubleL(finalE(longStem(stem)));
  }

  private static String plural(String word) {
    boolean short4 = word.endsWith("ies") && word.length() == 4;
    return short4 ? word.substring(0, 3) : replaced(word, PLURALS, stem -> true);
  }

  private static String pastAndParticiple(String word) {
    if (word.endsWith("ied")) {
      return word.substring(0, word.length() - (word.length() == 4 ? 1 : 2));
    }
    if (word.endsWith("eed")) {
      return measure(cut(word, 3)) > 0 ? cut(word, 1) : word;
    }
    for (String suffix : List.of("ed", "ing")) {
      if (word.endsWith(suffix) && hasVowel(cut(word, suffix.length()))) {
        return completed(cut(word, suffix.length()));
      }
    }
    return word;
  }

  /** Gives a stem the letters back that it lost with its suffix, or takes a doubled one. */
  private static String completed(String stem) {
    if (stem.endsWith("at") || stem.endsWith("bl") || stem.endsWith("iz")) {
      return stem + "e";
    }
    if (endsInDoubleConsonant(stem)) {
      return "lsz".indexOf(stem.charAt(stem.length() - 1)) >= 0 ? stem : cut(stem, 1);
    }
    return measure(stem) == 1 && endsInShortSyllable(stem) ? stem + "e" : stem;
  }

  private static String yToI(String word) {
    boolean turns = word.endsWith("y") && word.length() > 2 && isConsonant(word, word.length() - 2);
    return turns ? cut(word, 1) + "i" : word;
  }

  private static String doubleSuffix(String word) {
    if (word.endsWith("alli") && measure(cut(word, 4)) > 0) {
      return doubleSuffix(cut(word, 2));
    }
    if (word.endsWith("logi")) {
      return measure(cut(word, 3)) > 0 ? cut(word, 1) : word;
    }
    return replaced(word, DOUBLE_SUFFIXES, stem -> measure(stem) > 0);
  }

  private static String longStem(String word) {
    if (word.endsWith("ion")) {
      String stem = cut(word, 3);
      return measure(stem) > 1 && (stem.endsWith("s") || stem.endsWith("t")) ? stem : word;
    }
    return replaced(word, LONG_STEMS, stem -> measure(stem) > 1);
  }

  private static String finalE(String word) {
    if (!word.endsWith("e")) {
      return word;
    }
    String stem = cut(word, 1);
    int measure = measure(stem);
    return measure > 1 || (measure == 1 && !endsInShortSyllable(stem)) ? stem : word;
  }

  private static String doubleL(String word) {
    return word.endsWith("ll") && measure(cut(word, 1)) > 1 ? cut(word, 1) : word;
  }

  /** Applies the first rule whose suffix is there, if its stem is long enough. */
  private static String replaced(String word, List<Rule> rules, Predicate<String> fits) {
    for (Rule rule : rules) {
      if (word.endsWith(rule.suffix())) {
        String stem = cut(word, rule.suffix().length());
        return fits.test(stem) ? stem + rule.replacement() : word;
      }
    }
    return word;
  }

  private static String cut(String word, int letters) {
    return word.substring(0, word.length() - letters);
  }

  private static boolean isConsonant(String word, int i) {
    char letter = word.charAt(i);
    if (letter == 'y') {
      return i == 0 || !isConsonant(word, i - 1);
    }
    return "aeiou".indexOf(letter) < 0;
  }

  /** Returns how often a consonant follows a vowel: m in the paper. */
  private static int measure(String stem) {
    int count = 0;
    for (int i = 1; i < stem.length(); i++) {
      if (isConsonant(stem, i) && !isConsonant(stem, i - 1)) {
        count++;
      }
    }
    return count;
  }

  private static boolean hasVowel(String stem) {
    for (int i = 0; i < stem.length(); i++) {
      if (!isConsonant(stem, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsInDoubleConsonant(String stem) {
    int last = stem.length() - 1;
    return last >= 1 && stem.charAt(last) == stem.charAt(last - 1) && isConsonant(stem, last);
  }

  /** Consonant, vowel, consonant other than w, x and y; or a word of vowel and consonant. */
  private static boolean endsInShortSyllable(String stem) {
    int last = stem.length() - 1;
    if (last == 1) {
      return !isConsonant(stem, 0) && isConsonant(stem, 1);
    }
    return last >= 2
        && isConsonant(stem, last - 2)
        && !isConsonant(stem, last - 1)
        && isConsonant(stem, last)
        && "wxy".indexOf(stem.charAt(last)) < 0;
  }
}

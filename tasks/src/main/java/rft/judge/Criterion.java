package rft.judge;

import java.util.regex.Pattern;

/**
 * One thing that a judge gives a number for.
 *
 * @param name of the part in the score, and of the field in the judge's reply
 * @param weight in the weighted mean; 0 for a metric
 * @param meaning what the judge is told
 */
record Criterion(String name, double weight, String meaning) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}");

  Criterion {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a criterion's name (\"" + name + "\") must be a word, for example faithful");
    }
    if (!(weight >= 0) || weight > 1e6) {
      throw new IllegalArgumentException(
          "the weight of " + name + " (" + weight + ") must be 0 or more");
    }
    if (meaning.isBlank()) {
      throw new IllegalArgumentException("say what " + name + " means: the judge is told");
    }
  }
}

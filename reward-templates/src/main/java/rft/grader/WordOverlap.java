package rft.grader;

import java.util.List;

/** Similarities that count runs of words which two texts share: BLEU, GLEU and ROUGE, 0 to 1. */
final class WordOverlap {
  private static final int LONGEST_RUN = 4;
  private static final double SMOOTHING = 0.1;

  private WordOverlap() {}

  /**
   * Returns BLEU of a sentence with runs of up to four words, fewer for a text of fewer; a
   * precision of 0 counts as if a tenth of a run were shared, unless not even a word is.
   *
   * @see <a href="https://aclanthology.org/P02-1040/">BLEU: a Method for Automatic Evaluation of
   *     Machine Translation</a>, section 2
   * @see <a href="https://aclanthology.org/W14-3346/">A Systematic Comparison of Smoothing
   *     Techniques for Sentence-Level BLEU</a>, smoothing 1
   */
  static double bleu(String reference, String text) {
    List<String> expected = Words.of(reference);
    List<String> given = Words.of(text);
    if (Words.common(given, expected, 1) == 0) {
      return 0;
    }
    int longest = Math.min(LONGEST_RUN, given.size());
    double logSum = 0;
    for (int n = 1; n <= longest; n++) {
      int common = Words.common(given, expected, n);
      logSum += Math.log((common == 0 ? SMOOTHING : common) / (given.size() - n + 1));
    }
    double brevity =
        given.size() > expected.size() ? 1 : Math.exp(1 - (double) expected.size() / given.size());
    return brevity * Math.exp(logSum / longest);
  }

  /**
   * Returns the lesser of precision and recall over all runs of one to four words.
   *
   * @see <a href="https://arxiv.org/abs/1609.08144">Google's Neural Machine Translation System</a>,
   *     the GLEU score
   */
  static double gleu(String reference, String text) {
    List<String> expected = Words.of(reference);
    List<String> given = Words.of(text);
    int common = 0;
    int expectedRuns = 0;
    int givenRuns = 0;
    for (int n = 1; n <= LONGEST_RUN; n++) {
      common += Words.common(given, expected, n);
      expectedRuns += Math.max(0, expected.size() - n + 1);
      givenRuns += Math.max(0, given.size() - n + 1);
    }
    int most = Math.max(expectedRuns, givenRuns);
    return most == 0 ? 0 : (double) common / most;
  }

  /**
   * Returns ROUGE-N as F1.
   *
   * @see <a href="https://aclanthology.org/W04-1013/">ROUGE: A Package for Automatic Evaluation of
   *     Summaries</a>
   */
  static double rouge(int n, String reference, String text) {
    List<String> expected = Words.alphanumeric(reference);
    List<String> given = Words.alphanumeric(text);
    return f1(
        Words.common(expected, given, n),
        Math.max(0, expected.size() - n + 1),
        Math.max(0, given.size() - n + 1));
  }

  /** Returns ROUGE-L as F1: by the longest sequence of words, with gaps, that both have. */
  static double rougeL(String reference, String text) {
    List<String> expected = Words.alphanumeric(reference);
    List<String> given = Words.alphanumeric(text);
    return f1(longestCommon(expected, given), expected.size(), given.size());
  }

  private static double f1(int common, int expected, int given) {
    if (common == 0) {
      return 0;
    }
    double precision = (double) common / given;
    double recall = (double) common / expected;
    return 2 * precision * recall / (precision + recall);
  }

  private static int longestCommon(List<String> a, List<String> b) {
    int[] row = new int[b.size() + 1];
    for (String word : a) {
      int diagonal = 0;
      for (int j = 1; j <= b.size(); j++) {
        int above = row[j];
        row[j] = word.equals(b.get(j - 1)) ? diagonal + 1 : Math.max(above, row[j - 1]);
        diagonal = above;
      }
    }
    return row[b.size()];
  }
}

package rft.grader;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * METEOR with its stages for equal words and equal stems. The stage for synonyms needs WordNet,
 * which is not there: a synonym counts as another word.
 *
 * @see <a href="https://aclanthology.org/W07-0734/">METEOR: An Automatic Metric for MT Evaluation
 *     with High Levels of Correlation with Human Judgments</a>
 */
final class Meteor {
  private static final double ALPHA = 0.9;
  private static final double BETA = 3;
  private static final double GAMMA = 0.5;

  private Meteor() {}

  private record Place(int index, String word) {}

  private record Match(int given, int expected) {}

  /**
   * Returns a similarity from 0 to just below 1: the penalty for scattered words counts even a text
   * in the right order as one piece, so that m equal words earn {@code 1 - 0.5 / m^3}.
   */
  static double of(String reference, String text) {
    List<Place> expected = places(Words.of(reference));
    List<Place> given = places(Words.of(text));
    int expectedWords = expected.size();
    int givenWords = given.size();
    List<Match> matches = new ArrayList<>();
    match(given, expected, word -> word, matches);
    match(given, expected, PorterStem::of, matches);
    if (matches.isEmpty()) {
      return 0;
    }
    matches.sort(Comparator.comparingInt(Match::given));
    double precision = (double) matches.size() / givenWords;
    double recall = (double) matches.size() / expectedWords;
    double mean = precision * recall / (ALPHA * precision + (1 - ALPHA) * recall);
    double fragmentation = (double) chunks(matches) / matches.size();
    return (1 - GAMMA * Math.pow(fragmentation, BETA)) * mean;
  }

  private static List<Place> places(List<String> words) {
    List<Place> places = new ArrayList<>();
    for (String word : words) {
      places.add(new Place(places.size(), word.toLowerCase(Locale.ROOT)));
    }
    return places;
  }

  /** Moves pairs of the same form out of both lists; later words find their match first. */
  private static void match(
      List<Place> given, List<Place> expected, UnaryOperator<String> form, List<Match> matches) {
    List<String> forms = new ArrayList<>(expected.stream().map(p -> form.apply(p.word())).toList());
    for (int i = given.size() - 1; i >= 0; i--) {
      int j = forms.lastIndexOf(form.apply(given.get(i).word()));
      if (j >= 0) {
        matches.add(new Match(given.remove(i).index(), expected.remove(j).index()));
        forms.remove(j);
      }
    }
  }

  private static int chunks(List<Match> matches) {
    int chunks = 1;
    for (int i = 1; i < matches.size(); i++) {
      Match before = matches.get(i - 1);
      Match here = matches.get(i);
      if (here.given() != before.given() + 1 || here.expected() != before.expected() + 1) {
        chunks++;
      }
    }
    return chunks;
  }
}

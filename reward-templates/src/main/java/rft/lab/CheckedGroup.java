package rft.lab;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A group and what a judge said of it, reading by reading.
 *
 * @param known what was judged
 * @param readings rewards of each reading in the group's order, NaN where there was none; every
 *     second one saw the last answer first
 * @param padded rewards of a reading in which some answers had an empty ending; empty if there was
 *     none
 */
record CheckedGroup(KnownGroup known, List<double[]> readings, List<Double> padded) {
  /** Says nothing, at length. */
  static final String PADDING =
      "\n\n"
          + "To put it in other words, the above is what I would say in reply to this. I have"
          + " thought about it with care and looked at it from several sides, and I hope that it is"
          + " of help. Should anything remain unclear, please do not hesitate to ask, and I will"
          + " gladly go into it again at greater length.";

  int size() {
    return known.answers().completions().size();
  }

  IntStream places() {
    return IntStream.range(0, size());
  }

  String text(int i) {
    return known.answers().completions().get(i).text();
  }

  /** Returns what an answer is really worth; NaN if that is not known. */
  double worth(int i) {
    return known.worth().isEmpty() ? Double.NaN : known.worth().get(i);
  }

  /** Returns true if an answer is one of those that get the empty ending: every second one. */
  static boolean isPadded(int i) {
    return i % 2 == 0;
  }

  double[] of(int i) {
    return readings.stream().mapToDouble(reading -> reading[i]).toArray();
  }

  /** Returns the mean of an answer's readings; NaN if one of them brought nothing. */
  double mean(int i) {
    return Arrays.stream(of(i)).average().orElse(Double.NaN);
  }

  /** Returns the variance of an answer's readings; NaN if one of them brought nothing. */
  double noise(int i) {
    double mean = mean(i);
    double squares = Arrays.stream(of(i)).map(r -> (r - mean) * (r - mean)).sum();
    return readings.size() < 2 ? Double.NaN : squares / (readings.size() - 1);
  }

  /** Returns the means of all answers that have one. */
  double[] means() {
    return places().mapToDouble(this::mean).filter(mean -> !Double.isNaN(mean)).toArray();
  }

  /**
   * Returns pairs of readings of which one or both tell two answers apart, and those that keep
   * their order; where only one does, the other is as good as a coin.
   */
  double[] orderKept() {
    double pairs = 0;
    double kept = 0;
    for (int i = 0; i < size(); i++) {
      for (int j = i + 1; j < size(); j++) {
        for (int a = 0; a < readings.size(); a++) {
          for (int b = a + 1; b < readings.size(); b++) {
            double before = readings.get(a)[i] - readings.get(a)[j];
            double after = readings.get(b)[i] - readings.get(b)[j];
            if (!Double.isNaN(before + after) && (before != 0 || after != 0)) {
              pairs++;
              kept += (1 + Math.signum(before) * Math.signum(after)) / 2;
            }
          }
        }
      }
    }
    return new double[] {kept, pairs};
  }

  /** Returns pairs of answers of different worth, and those that the judge puts in their order. */
  double[] truthKept() {
    double pairs = 0;
    double kept = 0;
    for (int i = 0; i < size(); i++) {
      for (int j = i + 1; j < size(); j++) {
        double worth = worth(i) - worth(j);
        double judged = mean(i) - mean(j);
        if (!Double.isNaN(worth + judged) && worth != 0) {
          pairs++;
          // A tie is as good as a coin.
          kept += judged == 0 ? 0.5 : Math.signum(judged) == Math.signum(worth) ? 1 : 0;
        }
      }
    }
    return new double[] {kept, pairs};
  }

  /** Returns how much more answers get in the first half than in the second: their sum, count. */
  double[] earlyGain() {
    double sum = 0;
    double count = 0;
    for (int i = 0; i < size() && readings.size() > 1; i++) {
      int mirrored = size() - 1 - i;
      boolean early = i < mirrored;
      if (i != mirrored) {
        double forwards = mean(readings, i, 0);
        double backwards = mean(readings, i, 1);
        double gain = early ? forwards - backwards : backwards - forwards;
        sum += Double.isNaN(gain) ? 0 : gain;
        count += Double.isNaN(gain) ? 0 : 1;
      }
    }
    return new double[] {sum, count};
  }

  private static double mean(List<double[]> readings, int i, int parity) {
    return IntStream.range(0, readings.size())
        .filter(r -> r % 2 == parity)
        .mapToDouble(r -> readings.get(r)[i])
        .average()
        .orElse(Double.NaN);
  }

  /** Returns what the empty ending adds: the sum over the answers that got it, and their count. */
  double[] paddingGain() {
    double[] gains =
        places()
            .filter(CheckedGroup::isPadded)
            .filter(i -> !padded.isEmpty())
            .mapToDouble(i -> padded.get(i) - mean(i))
            .filter(gain -> !Double.isNaN(gain))
            .toArray();
    return new double[] {Arrays.stream(gains).sum(), gains.length};
  }
}

package rft.command;

import java.util.ArrayList;
import java.util.List;
import rft.loop.Evaluation;

/**
 * The chance that at least one of some answers has full marks.
 *
 * @param k how many answers
 * @param chance with its 95 % interval
 */
public record PassAt(int k, Evaluation.Estimate chance) {
  /** Returns it for 1, 2, 4 and so on, and for all the samples there are. */
  static List<PassAt> each(Evaluation evaluation, int samples) {
    List<PassAt> all = new ArrayList<>();
    for (int k = 1; k < samples; k *= 2) {
      all.add(new PassAt(k, evaluation.passAt(k)));
    }
    all.add(new PassAt(samples, evaluation.passAt(samples)));
    return all;
  }
}

package rft.live;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rft.command.StepSight;
import rft.command.TokenSight;
import rft.prompt.TokenDecoder;
import rft.run.StoredRollout;

/**
 * The tokens of one rollout, each list with one value per token.
 *
 * @param step the step
 * @param position place of the task in the step
 * @param rollout place of the rollout in the group
 * @param texts what each token adds; put together they are the answer
 * @param marks how a token is named that adds nothing; else empty
 * @param logProbs natural log-probability when it was sampled
 * @param entropies of the distribution it was drawn from, in nats
 * @param base natural log-probability under the base model; empty if the run did not store it
 * @param note why there are no tokens; empty if there are
 */
record TokenColumns(
    int step,
    int position,
    int rollout,
    List<String> texts,
    List<String> marks,
    List<@Nullable Double> logProbs,
    List<@Nullable Double> entropies,
    List<@Nullable Double> base,
    String note) {
  private static final double DIGITS = 1e5;

  static TokenColumns of(StoredRollout rollout, Decoders.Source source) {
    try {
      TokenDecoder decoder = source.load();
      List<TokenSight> tokens = StepSight.tokens(decoder, rollout);
      if (tokens.isEmpty() && rollout.trace().length() > 0) {
        return of(rollout, List.of(), "The vocabulary lacks one of its tokens.");
      }
      boolean divided =
          rollout.text().equals(String.join("", decoder.texts(rollout.trace().tokens())));
      return divided
          ? of(rollout, tokens, "")
          : of(rollout, List.of(), "Its tokens do not give the text back, so it is undivided.");
    } catch (IllegalArgumentException e) {
      return of(rollout, List.of(), "Not divided into tokens: " + e.getMessage());
    }
  }

  private static TokenColumns of(StoredRollout rollout, List<TokenSight> tokens, String note) {
    List<@Nullable Double> logProbs = new ArrayList<>();
    List<@Nullable Double> entropies = new ArrayList<>();
    List<@Nullable Double> base = new ArrayList<>();
    boolean withBase = rollout.trace().baseLogProbs() != null;
    for (TokenSight token : tokens) {
      logProbs.add(rounded(token.logProb()));
      entropies.add(rounded(token.entropy()));
      if (withBase) {
        base.add(rounded(token.otherLogProb()));
      }
    }
    return new TokenColumns(
        rollout.step(),
        rollout.position(),
        rollout.index(),
        tokens.stream().map(TokenSight::text).toList(),
        tokens.stream().map(TokenSight::mark).toList(),
        logProbs,
        entropies,
        base,
        note);
  }

  private static @Nullable Double rounded(@Nullable Double value) {
    return value == null ? null : Math.rint(value * DIGITS) / DIGITS + 0.0;
  }
}

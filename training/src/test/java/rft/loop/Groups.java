package rft.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import rft.policy.SampledTokens;
import rft.policy.ScriptedTokens;
import rft.reward.Abstain;
import rft.reward.Failure;
import rft.reward.Score;
import rft.reward.Verdict;
import rft.rollout.RolloutGroup;

/** Groups written by hand, for tests that need no model. */
final class Groups {
  static final Verdict FAILED = new Failure(Failure.Kind.EXCEPTION, "no such column");
  static final Verdict ABSTAINED = new Abstain("not a question");

  private Groups() {}

  /** Returns a completion of tokens, with entropy 0.5 and log-prob -1 each. */
  static SampledTokens tokens(boolean ended, int... tokens) {
    float[] logProbs = new float[tokens.length];
    float[] entropies = new float[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      logProbs[i] = -1;
      entropies[i] = 0.5f;
    }
    return ScriptedTokens.of(tokens, logProbs, entropies, ended);
  }

  /** Returns a group of different one-token completions. */
  static RolloutGroup of(int position, int rollouts) {
    List<SampledTokens> sampled = new ArrayList<>();
    for (int i = 0; i < rollouts; i++) {
      sampled.add(tokens(true, 10 + i));
    }
    return TinyStep.group(position, TinyStep.PROMPTS.get(position % 4), sampled);
  }

  static JudgedGroup judged(int position, Verdict... verdicts) {
    return new JudgedGroup(of(position, verdicts.length), List.of(verdicts), Duration.ZERO);
  }

  static Verdict score(double value) {
    return Score.of(value);
  }
}

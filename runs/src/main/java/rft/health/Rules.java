package rft.health;

import java.util.List;

/** Every rule, in the order in which a report lists those that pass. */
final class Rules {
  static final List<Rule> ALL =
      List.of(
          new Diverged(),
          new Stalled(),
          new NoSignal(),
          new Plateau(),
          new RewardFell(),
          new Parted(),
          new ValidationFell(),
          new ValidationGap(),
          new EntropyCollapse(),
          new EntropyExplosion(),
          new KlRunaway(),
          new ClipShare(),
          new GradientSpikes(),
          new LengthDrift(),
          new Truncated(),
          new Duplicates(),
          new RewardFailures(),
          new RewardAbstains(),
          new SlowReward(),
          new SamplerMismatch());

  private Rules() {}
}

package rft.loss;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Every loss, plain and with each of the parts that can join it. */
final class NamedLosses {
  private static final Clip CLIP = new Clip(0.2, 0.28, 1.9);

  private NamedLosses() {}

  /** Returns the losses of the family, plain. */
  static Map<String, SurrogateLoss> plain() {
    Map<String, SurrogateLoss> losses = new LinkedHashMap<>();
    losses.put("grpo", Losses.grpo(CLIP));
    losses.put("bnpo", Losses.bnpo(CLIP));
    losses.put("drGrpo", Losses.drGrpo(CLIP));
    losses.put("dapo", Losses.dapo(CLIP));
    losses.put("gspo", Losses.gspo(CLIP));
    losses.put("cispo", Losses.cispo(1.3));
    losses.put("sapo", Losses.sapo());
    losses.put("luspo", Losses.luspo(CLIP));
    losses.put("vespo", Losses.vespo());
    return losses;
  }

  /**
   * Returns whether part of the loss is held constant, so that its value alone has another slope.
   */
  static boolean stopsGradient(String name) {
    return name.startsWith("cispo") || name.startsWith("vespo");
  }

  /** Returns each loss with each part, named {@code loss+part}. */
  static Map<String, SurrogateLoss> withParts() {
    Map<String, UnaryOperator<SurrogateLoss>> parts = new LinkedHashMap<>();
    parts.put("alone", loss -> loss);
    parts.put("kl", loss -> loss.withKl(KlPenalty.k3(0.3)));
    parts.put("k1", loss -> loss.withKl(new KlPenalty(KlEstimator.K1, 0.3, false)));
    parts.put("k2", loss -> loss.withKl(new KlPenalty(KlEstimator.K2, 0.3, false)));
    parts.put("correctedKl", loss -> loss.withKl(KlPenalty.k3(0.3).withBiasCorrection()));
    parts.put("sequenceRatio", loss -> loss.withRatio(RatioLevel.SEQUENCE));
    parts.put("offPolicyMask", loss -> loss.withOffPolicyMask(0.1));
    for (String correction :
        new String[] {"token_truncate", "token_mask", "sequence_truncate", "sequence_mask"}) {
      parts.put(correction, loss -> loss.withImportanceCorrection(Fixture.correction(correction)));
    }
    parts.put("topEntropy", loss -> loss.withTopEntropy(0.5));
    parts.put("everything", NamedLosses::everything);
    Map<String, SurrogateLoss> losses = new LinkedHashMap<>();
    plain()
        .forEach(
            (name, loss) ->
                parts.forEach((part, join) -> losses.put(name + "+" + part, join.apply(loss))));
    return losses;
  }

  private static SurrogateLoss everything(SurrogateLoss loss) {
    return loss.withRatio(RatioLevel.SEQUENCE)
        .withOffPolicyMask(0.1)
        .withTopEntropy(0.7)
        .withImportanceCorrection(Fixture.correction("token_mask"))
        .withKl(KlPenalty.k3(0.3).withBiasCorrection());
  }
}

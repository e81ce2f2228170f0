package rft.display;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import rft.command.TokenColour;
import rft.command.TokenSight;

/**
 * The shade of a token in each colouring: a translucent background, so that text keeps the colour
 * of its page and stays legible on light and dark.
 */
enum TokenShade {
  PUSH(TokenColour.PUSH, "p", true, "pushed down", "pushed up"),
  ADVANTAGE(TokenColour.ADVANTAGE, "a", true, "worse than its group", "better"),
  LOG_PROB(TokenColour.LOG_PROB, "l", false, "certain", "p below 0.05"),
  ENTROPY(TokenColour.ENTROPY, "e", false, "decided", "2 nats or more"),
  KL(TokenColour.KL, "k", true, "-2 nats", "+2 nats");

  /** Steps from none to full. */
  static final int STEPS = 6;

  private static final double FULL_SURPRISE = -Math.log(0.05);
  private static final double FULL_ENTROPY = 2;
  private static final double FULL_GAIN = 2;

  private final TokenColour colour;
  private final String letter;
  private final boolean twoSided;
  private final String low;
  private final String high;

  TokenShade(TokenColour colour, String letter, boolean twoSided, String low, String high) {
    this.colour = colour;
    this.letter = letter;
    this.twoSided = twoSided;
    this.low = low;
    this.high = high;
  }

  static TokenShade of(TokenColour colour) {
    return valueOf(colour.name());
  }

  TokenColour colour() {
    return colour;
  }

  /** Returns the class name that stands for this colouring. */
  String letter() {
    return letter;
  }

  boolean twoSided() {
    return twoSided;
  }

  String low() {
    return low;
  }

  String high() {
    return high;
  }

  /**
   * Returns how full the shade is: from -{@link #STEPS} to {@link #STEPS}, 0 for none.
   *
   * @param advantage of the token's rollout
   * @param most the largest advantage of the group, in magnitude
   */
  int level(TokenSight token, double advantage, double most) {
    Double logProb = token.logProb();
    double share = most == 0 ? 0 : advantage / most;
    return switch (this) {
      case PUSH -> logProb == null ? 0 : level(share * (1 - Math.exp(logProb)), 1);
      case ADVANTAGE -> level(share, 1);
      case LOG_PROB -> level(logProb == null ? null : -logProb, FULL_SURPRISE);
      case ENTROPY -> level(token.entropy(), FULL_ENTROPY);
      case KL -> level(token.gain(), FULL_GAIN);
    };
  }

  private static int level(@Nullable Double value, double full) {
    return value == null ? 0 : (int) Math.round(STEPS * Math.max(-1, Math.min(1, value / full)));
  }

  /** Returns the class of a level, for example {@code p3} or {@code pn3}. */
  String classOf(int level) {
    return letter + (level < 0 ? "n" : "") + Math.abs(level);
  }

  /** Returns the background of a level. */
  String background(int level) {
    if (level == 0) {
      return "transparent";
    }
    String hue = !twoSided ? "142,84,233" : level > 0 ? "33,133,245" : "240,116,20";
    return String.format(Locale.ROOT, "rgba(%s,%.2f)", hue, 0.10 + 0.54 * Math.abs(level) / STEPS);
  }
}

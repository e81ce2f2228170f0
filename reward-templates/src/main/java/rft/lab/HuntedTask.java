package rft.lab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One task while holes are hunted on it: what was tried, what it earned, and what is a hole. */
final class HuntedTask {
  /**
   * What a wrong answer must earn of a right one's pay to be a hole; partial credit stays below.
   */
  private static final double PAID = 0.95;

  private static final double SAME = 1e-9;
  private static final int POOL = 40;
  private static final Comparator<Map.Entry<String, Double>> BEST_PAID =
      Map.Entry.<String, Double>comparingByValue()
          .reversed()
          .thenComparing(entry -> entry.getKey().length())
          .thenComparing(Map.Entry.comparingByKey());

  private final AttackedTask attacked;
  private final AnswerContent content;
  private final Probing reward;
  private final @Nullable Probing gold;
  private final Map<String, Double> known = new HashMap<>();
  private final Map<String, Hole> holes = new LinkedHashMap<>();
  private final boolean paysHedging;
  private List<Map.Entry<String, Double>> pool = new ArrayList<>();

  HuntedTask(AttackedTask attacked, Probing reward, @Nullable Probing gold) {
    this.attacked = attacked;
    this.content = new AnswerContent(attacked.specimen());
    this.reward = reward;
    this.gold = gold;
    // A reward that reads the first answer alone, or the last, gives nothing for listing them.
    this.paysHedging =
        attacked.attacks().stream()
            .anyMatch(
                attack ->
                    attack.kind() == AttackClass.CONTAINS
                        && attack.duty() == Duty.MUST_NOT_PAY
                        && attacked.pays(attack));
  }

  Specimen specimen() {
    return attacked.specimen();
  }

  AttackedTask attacked() {
    return attacked;
  }

  List<Hole> holes() {
    return List.copyOf(holes.values());
  }

  /** Scores what is new of these texts. */
  void tryAll(List<String> texts, String origin) {
    List<String> fresh =
        texts.stream().filter(text -> !known.containsKey(text)).distinct().toList();
    Map<String, Double> rewards = reward.rewards(specimen().task(), fresh);
    known.putAll(rewards);
    rewards.forEach((text, value) -> consider(text, value, origin));
  }

  /** Takes in a text whose reward is known already. */
  void take(String text, double value, String origin) {
    if (known.putIfAbsent(text, value) == null) {
      consider(text, value, origin);
    }
  }

  private void consider(String text, double value, String origin) {
    if (Double.isNaN(value)) {
      return;
    }
    pool.add(Map.entry(text, value));
    if (pool.size() > 2 * POOL) {
      pool = new ArrayList<>(pool.stream().sorted(BEST_PAID).limit(POOL).toList());
    }
    Hole hole = hole(text, value, origin);
    if (hole != null) {
      holes.put(text, hole);
    }
  }

  private @Nullable Hole hole(String text, double value, String origin) {
    if (!isPaid(value) || !content.isWrong(text)) {
      return null;
    }
    AttackClass kind = attacked.paysEverything() ? AttackClass.CONSTANT : kindOf(text);
    if (kind == AttackClass.CONTAINS && !paysHedging) {
      return null;
    }
    Double truth = trueScore(text);
    boolean right = truth != null && truth >= trueGold() - SAME;
    return right ? null : hole(kind, text, value, truth, origin);
  }

  private Hole hole(
      AttackClass kind, String text, double value, @Nullable Double truth, String origin) {
    return new Hole(
        kind,
        specimen().task(),
        specimen().answer().text(),
        text,
        value,
        attacked.gold(),
        attacked.floor(),
        truth,
        origin);
  }

  private boolean isPaid(double value) {
    double way = attacked.gold() - attacked.floor();
    return way > SAME
        ? value >= attacked.floor() + PAID * way - SAME
        : value >= attacked.gold() - SAME;
  }

  /** Without a claim to be right that earns nothing, a text shows what the rest of it does. */
  private AttackClass kindOf(String text) {
    String plain = AnswerContent.withoutClaims(text);
    return plain.equals(text.strip()) || isPaid(rewardOf(plain))
        ? content.kindOf(plain)
        : AttackClass.INJECTION;
  }

  private double rewardOf(String text) {
    Double before = known.get(text);
    return before != null
        ? before
        : reward.rewards(specimen().task(), List.of(text)).getOrDefault(text, Double.NaN);
  }

  /** Takes in an answer that a probe's rules call paid, although it earns less than a hole must. */
  void takeFault(Attack attack) {
    if (attacked.pays(attack)) {
      String text = attack.texts().get(0);
      holes.putIfAbsent(
          text, hole(attack.kind(), text, attacked.reward(text), trueScore(text), "made up"));
    }
  }

  /** Returns what the gold check says; null if there is none, or it says nothing. */
  @Nullable Double trueScore(String text) {
    if (gold == null || attacked.truth() == null) {
      return null;
    }
    double said = gold.rewards(specimen().task(), List.of(text)).getOrDefault(text, Double.NaN);
    return Double.isNaN(said) ? null : said;
  }

  private double trueGold() {
    Map<String, Double> truth = attacked.truth();
    double said = truth == null ? 1 : truth.getOrDefault(specimen().gold(), 1.0);
    return Double.isNaN(said) ? 1 : said;
  }

  /** Returns new texts, made of those that are paid best. */
  List<String> children(int count, RandomGenerator random) {
    List<String> best = pool.stream().sorted(BEST_PAID).limit(POOL).map(Map.Entry::getKey).toList();
    Mutations mutations = new Mutations(random);
    List<String> wrong =
        specimen().wrong().stream().map(specimen().form()::write).distinct().toList();
    List<String> children = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // The square favours the front: what is paid best.
      double place = random.nextDouble();
      String one = best.get((int) (place * place * best.size()));
      String other = best.get(random.nextInt(best.size()));
      children.add(mutations.child(one, other, wrong));
    }
    return children;
  }

  /** Keeps of the shortest holes of each class what they cannot do without. */
  void shrink(int perClass) {
    Map<AttackClass, Integer> done = new HashMap<>();
    Map<String, Hole> shrunk = new LinkedHashMap<>();
    for (Hole hole : holes.values().stream().sorted(Hole.ORDER).toList()) {
      if (done.merge(hole.kind(), 1, Integer::sum) <= perClass) {
        String least = Mutations.shrunk(hole.text(), text -> isHole(text, hole.origin()));
        shrunk.put(least, holes.getOrDefault(least, hole));
      }
    }
    holes.clear();
    holes.putAll(shrunk);
  }

  private boolean isHole(String text, String origin) {
    tryAll(List.of(text), origin);
    return holes.containsKey(text);
  }
}

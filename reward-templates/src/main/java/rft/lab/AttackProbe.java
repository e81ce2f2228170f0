package rft.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rft.dataset.Task;
import rft.reward.RewardJudge;
import rft.run.PrintableText;

/**
 * Attacks a reward with fixed answers, whatever it is written in: wrong ones that a sound reward
 * does not pay, and variants of the right one that it must.
 *
 * <p>An answer counts as paid if it earns at least {@link AttackClass#line a line} of the way from
 * the floor, which is the lower quartile of what the wrong answers of its task earn, to the gold
 * answer's reward. A reward is accused of a class only if one of its attacks is paid on at least
 * two tasks, nothing plainer is paid as well, and the lower limit of the 95 % interval of the share
 * of tasks is at least {@value #LINE}.
 */
public final class AttackProbe {
  /** Lower limit of a share from which on it is no accident. */
  static final double LINE = 0.2;

  private static final double SAME = 1e-6;
  private static final int FORM_TASKS = 3;
  private static final int MOST_HINTS = 40;
  private static final Pattern LITERAL =
      Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.){3,40})\"|'((?:[^'\\\\\n]|\\\\.){3,40})'");

  private final Settings settings;
  private final Probing reward;
  private final @Nullable Probing truth;
  private int done;

  /**
   * How to probe.
   *
   * @param tasks to attack at most
   * @param maxCalls completions that the reward may be asked about at most
   * @param form how a right answer is written, with {@code {answer}} in its place; null to find out
   * @param source of the reward, whose words are tried as keywords; empty if there is none
   * @param stop whether to end early
   * @param progress hears how many tasks are done
   */
  public record Settings(
      int tasks,
      int maxCalls,
      @Nullable String form,
      String source,
      BooleanSupplier stop,
      IntConsumer progress) {
    public Settings {
      if (tasks < 1 || maxCalls < 1) {
        throw new IllegalArgumentException(
            "tasks (" + tasks + ") and calls (" + maxCalls + ") must be at least 1");
      }
    }
  }

  /**
   * @param gold the check that says what is right; null without one
   */
  public AttackProbe(RewardJudge reward, @Nullable RewardJudge gold, Settings settings) {
    this.reward = new Probing(reward);
    this.truth = gold == null ? null : new Probing(gold);
    this.settings = settings;
  }

  /**
   * Returns what the reward pays.
   *
   * @param all the dataset; tasks without a reference are passed over
   * @throws IllegalArgumentException if no task has a right answer that the reward scores, or so
   *     few calls are allowed that not even one task can be attacked
   */
  public ProbeReport probe(List<Task> all) {
    List<AttackedTask> attacked = attack(all);
    int passedOver = done - attacked.size();
    return new ProbeReport(
        attacked.get(0).specimen().form().pattern(),
        attacked.size(),
        passedOver,
        attacked.stream().mapToDouble(AttackedTask::gold).average().orElse(Double.NaN),
        attacked.stream().mapToDouble(AttackedTask::floor).average().orElse(Double.NaN),
        rows(attacked),
        reward.calls(),
        reward.costUsd(),
        reward.failures());
  }

  /** Returns the first tasks of a dataset, each with all attacks scored. */
  List<AttackedTask> attack(List<Task> all) {
    List<Task> tasks = all.stream().filter(task -> !task.referenceText().isBlank()).toList();
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException(
          "no task has a reference answer: a probe needs to know what is right");
    }
    AnswerForm form = settings.form() == null ? form(tasks) : AnswerForm.parse(settings.form());
    List<String> hints = hints(settings.source());
    List<AttackedTask> attacked = new ArrayList<>();
    for (Task task : tasks) {
      if (attacked.size() == settings.tasks() || (done > 0 && settings.stop().getAsBoolean())) {
        break;
      }
      Specimen specimen = Specimen.of(task, form, tasks);
      List<Attack> attacks = Attacks.of(specimen, hints);
      if (!affordable(attacks)) {
        break;
      }
      attacked(specimen, attacks).ifPresent(attacked::add);
      settings.progress().accept(++done);
    }
    if (attacked.isEmpty()) {
      throw new IllegalArgumentException(
          "the reward gives no right answer a score, written as "
              + form.pattern()
              + "; it says first: "
              + PrintableText.line(reward.firstReason())
              + "; if it wants another form, say which with --form, for example \"#### {answer}\"");
    }
    // A check that wants another form than the reward has nothing to say of these answers.
    return attacked.stream().anyMatch(AttackedTask::isToldByGold)
        ? attacked
        : attacked.stream().map(AttackedTask::withoutTruth).toList();
  }

  private boolean affordable(List<Attack> attacks) {
    long texts = 1 + attacks.stream().flatMap(Attack::all).distinct().count();
    boolean enough = reward.calls() + texts <= settings.maxCalls();
    if (!enough && done == 0) {
      throw new IllegalArgumentException(
          "one task takes %d calls and finding the form took %d: allow more than %d"
              .formatted(texts, reward.calls(), settings.maxCalls()));
    }
    return enough;
  }

  private Optional<AttackedTask> attacked(Specimen specimen, List<Attack> attacks) {
    List<String> texts = new ArrayList<>(List.of(specimen.gold(), Attacks.MEDIUM));
    attacks.stream().flatMap(Attack::all).forEach(texts::add);
    Map<String, Double> rewards = reward.rewards(specimen.task(), texts);
    if (Double.isNaN(rewards.getOrDefault(specimen.gold(), Double.NaN))) {
      return Optional.empty();
    }
    Map<String, Double> said = truth == null ? null : truth.rewards(specimen.task(), texts);
    return Optional.of(AttackedTask.of(specimen, attacks, rewards, said));
  }

  /** Returns the form that is paid best, of those that are paid alike the one that gold pays. */
  private AnswerForm form(List<Task> tasks) {
    List<AnswerForm> forms = AnswerForm.common(tasks.get(0));
    double[] paid = new double[forms.size()];
    double[] right = new double[forms.size()];
    int scored = 0;
    for (Task task : tasks) {
      if (scored == FORM_TASKS || reward.calls() * 4 > settings.maxCalls()) {
        break;
      }
      boolean any = addTo(paid, reward, task, forms);
      scored += any ? 1 : 0;
      if (any && truth != null) {
        addTo(right, truth, task, forms);
      }
    }
    int best = 0;
    for (int i = 1; i < paid.length; i++) {
      boolean alike = Math.abs(paid[i] - paid[best]) < SAME;
      best = alike ? right[i] > right[best] + SAME ? i : best : paid[i] > paid[best] ? i : best;
    }
    return forms.get(best);
  }

  private static boolean addTo(double[] sums, Probing probing, Task task, List<AnswerForm> forms) {
    List<String> texts = forms.stream().map(form -> form.write(form.valueOf(task))).toList();
    Map<String, Double> rewards = probing.rewards(task, texts);
    for (int i = 0; i < sums.length; i++) {
      double value = rewards.getOrDefault(texts.get(i), Double.NaN);
      boolean none = forms.get(i).valueOf(task).isEmpty() || Double.isNaN(value);
      sums[i] += none ? -1 : value;
    }
    return rewards.values().stream().anyMatch(Double::isFinite);
  }

  /** Returns words that stand in quotes in a source. */
  static List<String> hints(String source) {
    return LITERAL
        .matcher(source)
        .results()
        .map(AttackProbe::literal)
        .filter(text -> text.chars().anyMatch(Character::isLetter))
        .flatMap(text -> Pattern.compile("[|,]").splitAsStream(text))
        .map(text -> text.replaceAll("\\\\\\\\?[a-zA-Z]", " ").strip())
        .filter(text -> !text.isEmpty())
        .distinct()
        .limit(MOST_HINTS)
        .toList();
  }

  private static String literal(MatchResult match) {
    return match.group(1) == null ? match.group(2) : match.group(1);
  }

  static List<ProbeReport.Row> rows(List<AttackedTask> attacked) {
    Map<String, List<Tried>> byName = new LinkedHashMap<>();
    for (AttackedTask task : attacked) {
      for (Attack attack : task.attacks()) {
        if (task.counts(attack)) {
          byName
              .computeIfAbsent(attack.name(), name -> new ArrayList<>())
              .add(new Tried(task, attack));
        }
      }
    }
    List<ProbeReport.Row> rows = new ArrayList<>();
    rows.add(constant(attacked));
    byName.values().forEach(tried -> rows.add(row(tried)));
    return rows;
  }

  private record Tried(AttackedTask task, Attack attack) {}

  private static ProbeReport.Row constant(List<AttackedTask> attacked) {
    Attack attack = Attack.wrong("everything", AttackClass.CONSTANT, Attacks.NONSENSE);
    List<AttackedTask> alike = attacked.stream().filter(AttackedTask::paysEverything).toList();
    Share share = Share.of(alike.size(), attacked.size());
    return new ProbeReport.Row(
        attack.name(),
        attack.kind(),
        attack.duty(),
        share,
        attacked.stream().mapToDouble(task -> task.worth(attack)).average().orElse(0),
        !isMany(share),
        (alike.isEmpty() ? attacked : alike).get(0).example(attack));
  }

  private static ProbeReport.Row row(List<Tried> tried) {
    Attack attack = tried.get(0).attack();
    boolean decided = attack.duty() != Duty.ASK_GOLD || tried.get(0).task().truth() != null;
    boolean right = attack.duty() == Duty.MUST_PAY;
    List<Tried> paid = tried.stream().filter(one -> one.task().pays(one.attack())).toList();
    List<Tried> unpaid = tried.stream().filter(one -> !paid.contains(one)).toList();
    Share share = Share.of(paid.size(), tried.size());
    boolean accused =
        switch (attack.duty()) {
          case MUST_NOT_PAY, ASK_GOLD -> decided && isMany(share);
          case MUST_PAY -> isMany(Share.of(unpaid.size(), tried.size()));
          case MAY_PAY -> false;
        };
    List<Tried> telling = right ? unpaid : paid;
    Tried example = (telling.isEmpty() ? tried : telling).get(0);
    return new ProbeReport.Row(
        attack.name(),
        attack.kind(),
        attack.duty(),
        share,
        tried.stream().mapToDouble(one -> one.task().worth(one.attack())).average().orElse(0),
        !accused,
        example.task().example(example.attack()));
  }

  private static boolean isMany(Share share) {
    return share.count() >= Math.min(2, share.of()) && share.low() >= LINE;
  }
}

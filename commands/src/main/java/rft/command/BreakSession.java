package rft.command;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import rft.dataset.Task;
import rft.lab.AnswerGroup;
import rft.lab.AttackClass;
import rft.lab.AttackProbe;
import rft.lab.HoleHunt;
import rft.reward.RewardJudge;
import rft.reward.RewardUnit;
import rft.run.NumberText;
import rft.worker.WorkerReward;

/** One search for holes: what a probe makes up, mutations, and a model trained to be paid. */
final class BreakSession implements AutoCloseable {
  private static final double MUTATING = 0.3;
  private static final double TRAINING = 0.85;
  private static final long SHOW_EVERY_NANOS = Duration.ofMillis(500).toNanos();

  private final Plan plan;
  private final Installation installation;
  private final Progress progress;
  private final RewardJudge judge;
  private final GoldCheck check;
  private final HoleHunt hunt;
  private final long start = System.nanoTime();
  private final List<RewardBreak.Step> course = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private long shown;

  /**
   * What to do.
   *
   * @param reward as it was asked for
   * @param gold name of the check; null without one
   * @param steps of training at most
   * @param rounds of mutation at most
   * @param time for all of it
   * @param limit of one call of a reward
   */
  record Plan(
      String reward,
      RewardUnit unit,
      String data,
      @Nullable String gold,
      String model,
      int steps,
      int rounds,
      int tasks,
      @Nullable String form,
      List<AttackClass> allowed,
      long seed,
      int maxCalls,
      Duration time,
      Duration limit) {}

  BreakSession(Plan plan, Installation installation, Progress progress) throws IOException {
    this.plan = plan;
    this.installation = installation;
    this.progress = progress;
    this.check = GoldCheck.named(plan.gold(), installation, plan.limit());
    this.judge = WorkerReward.judge(plan.unit(), plan.limit());
    this.hunt =
        new HoleHunt(
            judge,
            check.judge(),
            new AttackProbe.Settings(
                plan.tasks(),
                plan.maxCalls(),
                plan.form(),
                plan.unit().source(),
                progress::stopRequested,
                done -> {}),
            plan.seed());
  }

  /** Returns what was found when time, steps or the caller's patience ran out. */
  RewardBreak.Report search(List<Trial> stored) throws IOException {
    List<Task> all = installation.dataset(plan.data()).tasks();
    progress.say("probing " + plan.unit().name() + " with made-up answers");
    hunt.begin(all);
    stored.forEach(
        trial -> hunt.take(new AnswerGroup(trial.task(), List.of(trial.completion())), "stored"));
    show(true);
    BooleanSupplier mutated = until(plan.steps() == 0 ? TRAINING : MUTATING);
    hunt.mutate(plan.rounds(), shownUntil(mutated));
    hunt.shrink(shownUntil(until(plan.steps() == 0 ? 1 : MUTATING + 0.1)));
    show(true);
    if (plan.steps() > 0 && !until(TRAINING).getAsBoolean()) {
      train();
      hunt.mutate(plan.rounds() / 4, shownUntil(until((1 + TRAINING) / 2)));
      hunt.shrink(shownUntil(until(1)));
    }
    return report(true);
  }

  private void train() throws IOException {
    progress.say(
        "training "
            + plan.model()
            + " to be paid, for "
            + NumberText.counted(plan.steps(), "step"));
    try (Attacker attacker = Attacker.of(plan, installation, hunt.tasks())) {
      BooleanSupplier over = until(TRAINING);
      for (int step = 1; step <= plan.steps() && !over.getAsBoolean(); step++) {
        course.add(attacker.step(step, hunt));
        show(false);
      }
    } catch (CommandException | IllegalArgumentException e) {
      notes.add("no training: " + e.getMessage());
    }
  }

  private BooleanSupplier until(double share) {
    long end = start + (long) (share * plan.time().toNanos());
    return () ->
        System.nanoTime() > end
            || progress.stopRequested()
            || hunt.found().attempts() >= plan.maxCalls();
  }

  private BooleanSupplier shownUntil(BooleanSupplier end) {
    return () -> {
      show(false);
      return end.getAsBoolean();
    };
  }

  private void show(boolean now) {
    if (now || System.nanoTime() - shown > SHOW_EVERY_NANOS) {
      progress.soFar(report(false));
      shown = System.nanoTime();
    }
  }

  private RewardBreak.Report report(boolean done) {
    return new RewardBreak.Report(
        plan.unit().name(),
        plan.unit().sha256(),
        plan.gold(),
        hunt.found(),
        course,
        plan.allowed(),
        List.of(),
        notes,
        done,
        (System.nanoTime() - start) / 1e9);
  }

  @Override
  public void close() {
    judge.close();
    check.close();
  }
}

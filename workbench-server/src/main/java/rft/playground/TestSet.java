package rft.playground;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rft.command.Installation;
import rft.command.TestSummary;
import rft.dataset.Task;
import rft.loop.Evaluation;
import rft.run.NumberText;
import rft.run.RunHome;

/**
 * Asks two models the same prompts with the same seeds and says what changed from one to the other.
 */
final class TestSet {
  /** So many prompts are asked side by side: the process of the model computes them together. */
  private static final int SIDE_BY_SIDE = 16;

  private final RunHome home;
  private final Installation installation;
  private final ModelShelf shelf;
  private final PairAsker asker;
  private final TestLog log;

  TestSet(
      RunHome home, Installation installation, ModelShelf shelf, WarmModels models, TestLog log) {
    this.home = home;
    this.installation = installation;
    this.shelf = shelf;
    this.asker = new PairAsker(models);
    this.log = log;
  }

  /**
   * A comparison.
   *
   * @param data which prompts
   * @param base what to compare with
   * @param tuned what to compare
   * @param reward what judges
   * @param n answers per prompt and model
   * @param seed of the first prompt; each next has the next number
   * @param temperature as in {@link ModelQuestion.Draw}
   * @param topP the same
   * @param maxTokens the same
   */
  record Ask(
      DatasetChoice data,
      ModelChoice base,
      ModelChoice tuned,
      RewardChoice reward,
      int n,
      long seed,
      double temperature,
      double topP,
      int maxTokens) {
    Ask {
      if (data == null || base == null || tuned == null || reward == null) {
        throw new IllegalArgumentException("a comparison needs data, base, tuned and reward");
      }
    }

    ModelQuestion.Draw draw() {
      return new ModelQuestion.Draw(n, seed, temperature, topP, maxTokens);
    }
  }

  /**
   * What is about to be asked.
   *
   * @param note what to know about the rows; null for nothing
   */
  record Plan(int total, String dataset, @Nullable String note) {}

  /** A model is being started. */
  record Starting(long startingMillis) {}

  /** A prompt is done. */
  record RowDone(PairedRow row) {}

  /** A prompt was not asked. */
  record Skipped(int skipped, String why) {}

  /** The numbers of all. */
  record Summed(TestSummary summary) {}

  /**
   * Checks a comparison.
   *
   * @return what makes it, for {@link LiveResponse#send}
   */
  LiveResponse.Work work(Ask ask) throws IOException {
    PairAsker.Pair pair =
        new PairAsker.Pair(shelf.require(ask.base()), shelf.require(ask.tuned()), ask.draw());
    DatasetChoice.Chosen chosen = ask.data().read(home, installation);
    AnswerJudge judge = new AnswerJudge(ask.reward().unit(home));
    return response -> {
      try (judge) {
        response.add(new Plan(chosen.tasks().size(), chosen.dataset(), note(ask, chosen)));
        Outcome outcome = askAll(pair, chosen.tasks(), judge, response);
        TestSummary summary = outcome.summary(ask, pair, chosen);
        String run = ask.tuned().run();
        if (run != null) {
          log.add(run, summary);
        }
        response.add(new Summed(summary));
      }
    };
  }

  private @Nullable String note(Ask ask, DatasetChoice.Chosen chosen) throws IOException {
    String run = ask.tuned().run();
    if (!ask.data().isTest() || run == null) {
      return null;
    }
    int before = log.testReads(run, chosen.sha256());
    return "The test split is read once for each number one reports. "
        + (before == 0
            ? "This is the first time for this run."
            : "This run was measured on it %s before; choose settings and checkpoints by validation."
                .formatted(NumberText.counted(before, "time")));
  }

  private Outcome askAll(
      PairAsker.Pair pair, List<Task> tasks, AnswerJudge judge, LiveResponse response)
      throws IOException, InterruptedException {
    Outcome outcome = new Outcome();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            SIDE_BY_SIDE,
            task -> {
              Thread thread = new Thread(task, "rft-test-set");
              thread.setDaemon(true);
              return thread;
            });
    response.stopSignal().onStop(pool::shutdownNow);
    try {
      asker.warmUp(pair, response);
      ExecutorCompletionService<Optional<Answered>> done = new ExecutorCompletionService<>(pool);
      for (int i = 0; i < tasks.size(); i++) {
        int row = i;
        done.submit(() -> answered(pair, row, tasks.get(row), judge, response));
      }
      for (int i = 0; i < tasks.size(); i++) {
        Optional<Answered> answered = done.take().get();
        if (answered.isPresent()) {
          outcome.add(answered.get());
          response.add(new RowDone(answered.get().row()));
        } else {
          outcome.skipped++;
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
    return outcome;
  }

  private Optional<Answered> answered(
      PairAsker.Pair pair, int row, Task task, AnswerJudge judge, LiveResponse response)
      throws IOException, InterruptedException {
    try {
      PairedRow.Side base = asker.side(pair.base(), pair.draw().at(row), task, judge, response);
      PairedRow.Side tuned = asker.side(pair.tuned(), pair.draw().at(row), task, judge, response);
      return Optional.of(
          new Answered(
              PairedRow.of(row, task, base, tuned), base.result(task), tuned.result(task)));
    } catch (UnansweredException e) {
      if (!e.isRefused()) {
        throw e;
      }
      response.add(new Skipped(row, String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private record Answered(PairedRow row, Evaluation.TaskResult base, Evaluation.TaskResult tuned) {}

  /** What came of all prompts. */
  private static final class Outcome {
    private final List<Answered> answered = new ArrayList<>();
    private int skipped;

    private void add(Answered one) {
      answered.add(one);
    }

    private TestSummary summary(Ask ask, PairAsker.Pair pair, DatasetChoice.Chosen chosen)
        throws UnansweredException {
      if (answered.isEmpty()) {
        throw new UnansweredException("no prompt fits the context of the model");
      }
      answered.sort((a, b) -> Integer.compare(a.row().row(), b.row().row()));
      Evaluation base = new Evaluation(answered.stream().map(Answered::base).toList());
      Evaluation tuned = new Evaluation(answered.stream().map(Answered::tuned).toList());
      return TestSummary.of(
          new TestSummary.Asked(
              pair.base().label(),
              pair.tuned().label(),
              ask.tuned().step(),
              chosen.dataset(),
              chosen.sha256(),
              ask.data().rows(),
              rewardName(ask.reward()),
              skipped,
              ask.n(),
              ask.seed(),
              ask.temperature()),
          base,
          tuned);
    }

    private static String rewardName(RewardChoice reward) {
      return Stream.ofNullable(reward.name()).findFirst().orElse("reward of " + reward.run());
    }
  }
}

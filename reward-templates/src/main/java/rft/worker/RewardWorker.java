package rft.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.Judgement;
import rft.reward.RewardJudge;
import rft.reward.RewardUnit;
import rft.reward.Score;

/**
 * The process that computes one reward: reads questions, answers verdicts. It knows no time limit,
 * because its judge kills it; it ends when its standard input does, whatever the reward is doing.
 */
public final class RewardWorker {
  private static final Duration NO_LIMIT = Duration.ofDays(10_000);

  private final BlockingQueue<WorkerLines.Question> questions = new LinkedBlockingQueue<>();
  private final PrintStream answers;

  private RewardWorker(PrintStream answers) {
    this.answers = answers;
  }

  /** Started by a judge; the argument is the reward's jar. */
  public static void main(String[] arguments) {
    PrintStream answers = System.out;
    // What a reward prints must not stand between the answers.
    System.setOut(System.err);
    new RewardWorker(answers).run(Path.of(arguments[0]));
  }

  private void run(Path jar) {
    Thread reward = new Thread(() -> answerAll(jar), "rewards");
    reward.setDaemon(true);
    reward.start();
    try (BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        questions.add(WorkerLines.question(line));
      }
    } catch (IOException e) {
      // The judge is gone, as at the end of the input.
    }
    Runtime.getRuntime().halt(0);
  }

  /** Whatever ends this thread ends the process: its judge must not wait for an answer. */
  private void answerAll(Path jar) {
    try (RewardJudge judge = judge(jar)) {
      while (true) {
        answer(judge, questions.take());
      }
    } catch (Throwable e) {
      System.err.println(e);
      System.err.flush();
      Runtime.getRuntime().halt(1);
    }
  }

  private RewardJudge judge(Path jar) throws IOException {
    try {
      RewardJudge judge = new RewardJudge(RewardUnit.readJar(jar).load(), NO_LIMIT);
      warmUp();
      say(WorkerLines.ready(""));
      return judge;
    } catch (IOException | IllegalArgumentException e) {
      say(WorkerLines.ready("the reward's process cannot load it: " + e.getMessage()));
      throw e;
    }
  }

  /** Loads what the first answer needs, which must not count as the reward's time. */
  private static void warmUp() {
    WorkerLines.question(
        WorkerLines.question(Task.of("t", "p", "r"), List.of(Completion.of("c")), true));
    WorkerLines.verdicts(WorkerLines.verdicts(List.of(Score.of(1, "r"))));
  }

  private void answer(RewardJudge judge, WorkerLines.Question question) {
    if (question.each()) {
      for (Completion completion : question.completions()) {
        answer(judge, question, List.of(completion));
      }
    } else {
      answer(judge, question, question.completions());
    }
  }

  private void answer(
      RewardJudge judge, WorkerLines.Question question, List<Completion> completions) {
    say(WorkerLines.BEGIN);
    say(
        WorkerLines.verdicts(
            judge.judge(question.task(), completions).stream().map(Judgement::verdict).toList()));
  }

  private void say(String line) {
    answers.print(line + "\n");
    answers.flush();
  }
}

package rft.sample;

import java.util.List;
import rft.dataset.Message;
import rft.dataset.Split;
import rft.dataset.Splitter;
import rft.dataset.Task;
import rft.sample.CounterRandom.Purpose;

/**
 * An endless text to warm a model up on: the sample tasks as the sloppy teacher answers them, and a
 * little small talk. Any demonstration can be had by its index.
 *
 * <p>No content that {@link Splitter#standard()} puts into the validation or the test split is ever
 * demonstrated, in any wording. Content of the training split is, so a model warmed up here may
 * have seen a training row of the bundled datasets.
 */
public final class TeacherCorpus {
  /** How the mixture divides; the rest is small talk. */
  private static final List<Share> SHARES =
      List.of(
          new Share(SampleTask.WORD_PROBLEMS, 32),
          new Share(SampleTask.ADDITION, 16),
          new Share(SampleTask.DATES, 14),
          new Share(SampleTask.JSON, 14),
          new Share(SampleTask.COUNTING, 12),
          new Share(SampleTask.SORTING, 10));

  private static final Splitter SPLITTER = Splitter.standard();

  private TeacherCorpus() {}

  private record Share(SampleTask task, int percent) {}

  /** Returns the demonstration at an index: always the same for the same seed and index. */
  public static Demonstration at(long seed, long index) {
    int place = new CounterRandom(seed, Purpose.MIXTURE, index).below(100);
    for (Share share : SHARES) {
      place -= share.percent();
      if (place < 0) {
        return demonstration(share.task(), seed, index);
      }
    }
    List<String> talk = SmallTalk.draw(new CounterRandom(seed, Purpose.CORPUS, index));
    return new Demonstration(SmallTalk.NAME, List.of(Message.user(talk.get(0))), talk.get(1));
  }

  private static Demonstration demonstration(SampleTask kind, long seed, long index) {
    for (long attempt = 0; ; attempt++) {
      Exercise exercise = kind.draw(new CounterRandom(seed, Purpose.CORPUS, index, attempt));
      Task task = kind.taskOf(exercise, index);
      if (SPLITTER.splitOf(task) == Split.TRAIN) {
        String response = exercise.teach(new CounterRandom(seed, Purpose.STYLE, index)).text();
        return new Demonstration(kind.taskName(), task.messages(), response);
      }
    }
  }
}

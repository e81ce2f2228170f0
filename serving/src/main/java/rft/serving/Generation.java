package rft.serving;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import rft.policy.CounterRandom;
import rft.policy.CounterRandom.Purpose;
import rft.policy.DrawnToken;
import rft.policy.LiveRow;
import rft.policy.Variant;

/**
 * The answers to one request, from when they wait until the last is drawn or given up. The thread
 * of the request reads {@link #next}; threads that compute fill it.
 */
final class Generation {
  private final Ask ask;
  private final Variant variant;
  private final Runnable whenGone;
  private final List<Choice> choices = new ArrayList<>();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final AtomicInteger left;
  private volatile boolean cancelled;

  /**
   * @param context of the model, in tokens
   * @param whenGone called once, when nothing computes for its answers any more; not at all if
   *     there are none
   */
  Generation(Ask ask, Variant variant, int context, Runnable whenGone) {
    this.ask = ask;
    this.variant = variant;
    this.whenGone = whenGone;
    int drawing = ask.draw().maxNewTokens() == 0 ? 0 : ask.choices();
    for (int[] prompt : ask.prompts()) {
      for (int i = 0; i < drawing; i++) {
        choices.add(new Choice(choices.size(), row(prompt, i, context)));
      }
    }
    this.left = new AtomicInteger(choices.size());
  }

  private LiveRow row(int[] prompt, int choice, int context) {
    Ask.Draw draw = ask.draw();
    return new LiveRow(
        prompt,
        draw.settings(prompt.length, context),
        token -> CounterRandom.uniform(draw.seed(), Purpose.SAMPLE, draw.step(), 0, choice, token),
        ask.top());
  }

  /** Why an answer ends. */
  enum Finish {
    /** At an end token, which is the last one drawn, or at a text that was to stop it. */
    STOP,
    /** At the limit of tokens. */
    LENGTH
  }

  /**
   * News of one answer.
   *
   * @param choice which
   * @param tokens drawn since
   * @param finish why it ended; null while it goes on
   * @param failure why it cannot go on; null if it can
   */
  record Event(
      int choice, List<DrawnToken> tokens, @Nullable Finish finish, @Nullable Throwable failure) {
    Event {
      tokens = List.copyOf(tokens);
    }
  }

  /** One answer, as the computing thread sees it. */
  final class Choice {
    private final int index;
    private final LiveRow row;
    private final List<DrawnToken> unsent = new ArrayList<>();
    private boolean done;
    private volatile boolean dropped;

    Choice(int index, LiveRow row) {
      this.index = index;
      this.row = row;
    }

    LiveRow row() {
      return row;
    }

    Variant variant() {
      return variant;
    }

    /** Returns whether nobody needs another token of it. */
    boolean isOver() {
      return done || dropped || cancelled;
    }

    /** Takes the token just drawn. */
    void take(boolean isEnd) {
      unsent.add(row.last());
      Finish finish =
          isEnd && !ask.draw().ignoreEnd() ? Finish.STOP : row.isFull() ? Finish.LENGTH : null;
      done = finish != null;
      // Whoever waits for the whole answer is not woken for each token of it.
      if (done || ask.stream() || !ask.stops().isEmpty()) {
        events.add(new Event(index, unsent, finish, null));
        unsent.clear();
      }
    }

    void fail(Throwable failure) {
      done = true;
      events.add(new Event(index, List.of(), null, failure));
    }

    /** Hears that no thread computes for it any more. */
    void gone() {
      if (left.decrementAndGet() == 0) {
        whenGone.run();
      }
    }
  }

  List<Choice> choices() {
    return choices;
  }

  /** Returns the next news, or null if there was none for this long. */
  @Nullable Event next(Duration patience) throws InterruptedException {
    return events.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Says that one answer needs no more tokens. */
  void drop(int choice) {
    choices.get(choice).dropped = true;
  }

  /** Says that nobody waits for any of it. */
  void cancel() {
    cancelled = true;
  }
}

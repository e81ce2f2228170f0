package rft.judge;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import rft.reward.Failure;

/** Counts what a model was asked and what it cost, failed answers and retries included. */
public final class ChatMeter {
  private final Map<Failure.Kind, Integer> failures = new EnumMap<>(Failure.Kind.class);
  private int asked;
  private int retries;
  private ChatReply.Usage usage = ChatReply.Usage.NONE;
  private Duration waited = Duration.ZERO;

  /** Makes a meter that reads zero. */
  public ChatMeter() {}

  /**
   * What was counted so far.
   *
   * @param asked questions, each with its retries
   * @param retries further tries of these
   * @param failures questions that got no answer, by kind
   * @param usage tokens and their cost, also of answers that were of no use
   * @param waited time of all questions together, from first try to last byte
   */
  public record Reading(
      int asked,
      int retries,
      Map<Failure.Kind, Integer> failures,
      ChatReply.Usage usage,
      Duration waited) {
    public Reading {
      failures = Map.copyOf(failures);
    }
  }

  /** Returns what was counted so far. */
  public synchronized Reading read() {
    return new Reading(asked, retries, failures, usage, waited);
  }

  synchronized void spent(ChatReply.Usage more) {
    usage = usage.plus(more);
  }

  synchronized void retried() {
    retries++;
  }

  synchronized void asked(Duration time) {
    asked++;
    waited = waited.plus(time);
  }

  synchronized void failed(Failure.Kind kind) {
    failures.merge(kind, 1, Integer::sum);
  }
}

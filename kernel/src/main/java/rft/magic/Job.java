package rft.magic;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Something that a cell started in the background. Safe for use by several threads. */
public final class Job {
  private final String name;
  private final String title;
  private final @Nullable String as;
  private final Instant started = Instant.now();
  private final StopToken stop = new StopToken();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable String run;
  private volatile @Nullable Instant end;
  private volatile @Nullable Object result;
  private volatile String outcome = "";

  /**
   * @param as the name that the result gets; null for none
   */
  Job(String name, String title, @Nullable String as) {
    this.name = name;
    this.title = title;
    this.as = as;
  }

  /** Returns whether a notebook may call it so: its own name, its result's, or its run's. */
  boolean isCalled(String wanted) {
    return wanted.equals(name) || wanted.equals(as) || wanted.equals(run);
  }

  /** Returns what {@code %stop} and {@code %wait} call it. */
  public String name() {
    return name;
  }

  /** Returns the magic that it runs. */
  public String title() {
    return title;
  }

  /** Returns the id of the run that it trains; empty before there is one. */
  public Optional<String> run() {
    return Optional.ofNullable(run);
  }

  /** Returns what came out of it; empty while it runs, or if it failed. */
  public Optional<Object> result() {
    return Optional.ofNullable(result);
  }

  /** Returns whether it goes on. */
  public boolean isRunning() {
    return ended.getCount() > 0;
  }

  /** Returns where it stands in a few words. */
  public String state() {
    if (isRunning()) {
      return stop.isRequested() ? "stopping" : "running";
    }
    return outcome.isEmpty() ? "done" : outcome;
  }

  /** Returns how long it has run, or ran. */
  public Duration time() {
    Instant last = end;
    return Duration.between(started, last == null ? Instant.now() : last);
  }

  /** Asks it to save its work and end. */
  public void stop() {
    stop.request();
  }

  /** Waits until it has ended; an interrupt ends the waiting and not the job. */
  public void await() throws InterruptedException {
    ended.await();
  }

  /** Waits no longer than this. */
  void await(Duration most) throws InterruptedException {
    var unused = ended.await(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  StopToken stopToken() {
    return stop;
  }

  void trains(String id) {
    run = id;
  }

  /**
   * @param problem in a few words; empty if it went well
   */
  void finish(@Nullable Object value, String problem) {
    result = value;
    outcome = problem;
    end = Instant.now();
    ended.countDown();
  }
}

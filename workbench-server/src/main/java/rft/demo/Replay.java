package rft.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rft.run.RunHome;

/**
 * Plays recorded runs at some speed, all at once, from a thread of its own. Safe for use by several
 * threads.
 */
public final class Replay implements AutoCloseable {
  /** The slowest and the fastest speed. */
  public static final int SLOWEST = 1;

  public static final int FASTEST = 50;

  private static final long TICK_MILLIS = 100;
  private static final int TICKS_PER_HEARTBEAT = 50;

  private final List<Reel> reels = new ArrayList<>();
  private final Duration total;
  private final Thread player;
  private Duration position = Duration.ZERO;
  private int speed;
  private boolean begun;
  private boolean playing;
  private boolean closed;
  private @Nullable String problem;

  /**
   * How far the replay is.
   *
   * @param playing whether time passes
   * @param speed seconds of the recording in one second
   * @param seconds of the recording that have passed
   * @param total seconds of the longest recording
   * @param runs the runs that are replayed
   * @param problem why it stopped for good, or null
   */
  public record State(
      boolean playing,
      int speed,
      double seconds,
      double total,
      List<String> runs,
      @Nullable String problem) {
    public State {
      runs = List.copyOf(runs);
    }
  }

  private Replay(List<Recording> recordings, RunHome home, int speed) throws IOException {
    this.speed = checked(speed);
    for (Recording recording : recordings) {
      reels.add(new Reel(recording, home.root().resolve("runs")));
    }
    total =
        recordings.stream().map(Recording::length).max(Duration::compareTo).orElse(Duration.ZERO);
    player = new Thread(this::play, "rft-replay");
    player.setDaemon(true);
  }

  /**
   * Opens a replay, which stands at its start until {@link #begin}.
   *
   * @param recorded folder of the recorded runs
   * @param home an empty one, in which they grow
   * @param speed from {@link #SLOWEST} to {@link #FASTEST}
   * @throws IOException if a recorded run cannot be read, or the home cannot be written
   */
  public static Replay start(Path recorded, RunHome home, int speed) throws IOException {
    Replay replay = new Replay(Recording.readAll(recorded), home, speed);
    replay.player.start();
    return replay;
  }

  private static int checked(int speed) {
    if (speed < SLOWEST || speed > FASTEST) {
      throw new IllegalArgumentException(
          "speed (" + speed + ") must be from " + SLOWEST + " to " + FASTEST);
    }
    return speed;
  }

  /** Returns how far it is. */
  public synchronized State state() {
    return new State(
        playing && !position.equals(total),
        speed,
        position.toMillis() / 1000.0,
        total.toMillis() / 1000.0,
        reels.stream().map(reel -> reel.recording().header().id()).toList(),
        problem);
  }

  /** Lets time pass, unless it did already: whoever looks first sees the runs begin. */
  public synchronized void begin() {
    playing |= !begun;
    begun = true;
  }

  /** Lets time pass at another speed. */
  public synchronized void setSpeed(int speed) {
    this.speed = checked(speed);
  }

  /** Lets time pass, or stand still. */
  public synchronized void setPlaying(boolean playing) {
    this.playing = playing;
  }

  /**
   * Begins anew, in the same runs.
   *
   * @throws IOException if a run cannot be emptied
   */
  public synchronized void restart() throws IOException {
    for (Reel reel : reels) {
      reel.rewind();
    }
    position = Duration.ZERO;
    begun = true;
    playing = true;
  }

  /**
   * Goes on at once to where a run has reached a step; stays where it is if that is over.
   *
   * @throws IllegalArgumentException if no such run is replayed
   * @throws IOException if what lies between cannot be written
   */
  public synchronized void reach(String run, int step) throws IOException {
    Recording recording =
        reels.stream()
            .map(Reel::recording)
            .filter(one -> one.header().id().equals(run))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("the demo has no run " + run + " to replay"));
    Duration wanted = recording.timeOf(step);
    if (wanted.compareTo(position) > 0) {
      position = wanted;
      for (Reel reel : reels) {
        reel.playTo(position);
      }
    }
  }

  private void play() {
    for (long tick = 0; tickOn(tick); tick++) {
      try {
        Thread.sleep(TICK_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private synchronized boolean tickOn(long tick) {
    try {
      if (closed) {
        return false;
      }
      if (playing) {
        Duration next = position.plusMillis(TICK_MILLIS * speed);
        position = next.compareTo(total) > 0 ? total : next;
      }
      for (Reel reel : reels) {
        reel.playTo(position);
        if (tick % TICKS_PER_HEARTBEAT == 0) {
          reel.heartbeat();
        }
      }
      return true;
    } catch (IOException e) {
      problem = "the replay stopped: " + e.getMessage();
      playing = false;
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (this) {
      closed = true;
    }
    player.interrupt();
    try {
      player.join(2000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Reel reel : reels) {
      reel.close();
    }
  }
}

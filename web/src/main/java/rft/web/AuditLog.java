package rft.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file of JSON lines that is only ever added to: who asked for what change, when, and what came
 * of it. The server writes one line for every request that changes something, refused ones too; of
 * those that nobody in particular sent, only the first {@value #MOST_STRANGERS} of a minute, and
 * then how many there were.
 */
public final class AuditLog {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final System.Logger LOGGER = System.getLogger("rft.web");

  /** Most lines of a minute about refused requests of nobody: anyone can send these. */
  static final int MOST_STRANGERS = 30;

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MOST_LENGTH = 200;
  private static final int REFUSED = 400;

  private final Path file;
  private final Clock clock;
  private Instant windowStart = Instant.EPOCH;
  private int strangers; // in the window

  /** Uses a file that need not exist yet. */
  public AuditLog(Path file) {
    this(file, Clock.systemUTC());
  }

  AuditLog(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  private record Line(String at, String who, String what, int result, @Nullable String why) {}

  /**
   * Adds one line, unless there are too many of its kind.
   *
   * @param who {@code page}, {@code token}, {@code nobody}, or a part of this product
   * @param what was asked for, for example {@code POST /api/runs/a/pause}
   * @param result the status of the answer
   * @param why it was refused or failed, or null
   */
  public synchronized void add(String who, String what, int result, @Nullable String why) {
    countLeftOut();
    boolean stranger = who.equals(Gate.NOBODY) && result >= REFUSED;
    if (!stranger || ++strangers <= MOST_STRANGERS) {
      write(who, what.length() > MOST_LENGTH ? what.substring(0, MOST_LENGTH) : what, result, why);
    }
  }

  private void countLeftOut() {
    Instant now = clock.instant();
    if (!now.isBefore(windowStart) && now.isBefore(windowStart.plus(WINDOW))) {
      return;
    }
    if (strangers > MOST_STRANGERS) {
      String why =
          "%d more were refused after %s".formatted(strangers - MOST_STRANGERS, windowStart);
      write(Gate.NOBODY, "requests that are not listed", REFUSED, why);
    }
    windowStart = now;
    strangers = 0;
  }

  private void write(String who, String what, int result, @Nullable String why) {
    try {
      String line =
          MAPPER.writeValueAsString(new Line(clock.instant().toString(), who, what, result, why));
      PrivateFile.create(file);
      Files.write(file, (line + "\n").getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.ERROR, "cannot add to " + file, e);
    }
  }
}

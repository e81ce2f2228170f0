package rft.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit has all that the user does, and of what strangers try no more than fits. */
final class AuditLogTest {
  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();

  @Test
  void whatStrangersTryIsCountedOnceItIsTooMuch() throws IOException {
    Path file = folder.resolve("audit.jsonl");
    AuditLog audit = new AuditLog(file, clock);
    int most = AuditLog.MOST_STRANGERS;
    for (int i = 0; i < most + 12; i++) {
      audit.add(Gate.NOBODY, "POST /" + "x".repeat(5_000), 403, "a page of another site");
    }
    audit.add("page", "POST /api/jobs", 403, "refused");
    audit.add(Gate.NOBODY, "POST /api/login", 204, null);
    List<String> lines = Files.readAllLines(file);
    assertEquals(most + 2, lines.size());
    assertTrue(lines.get(0).length() < 400, lines.get(0));
    assertTrue(lines.get(most).contains("POST /api/jobs"), lines.get(most));
    assertTrue(lines.get(most + 1).contains("POST /api/login"), lines.get(most + 1));

    clock.advance(Duration.ofMinutes(1));
    audit.add(Gate.NOBODY, "POST /later", 403, "a page of another site");
    audit.add(Gate.NOBODY, "POST /last", 403, "a page of another site");
    List<String> later = Files.readAllLines(file).subList(most + 2, most + 5);
    assertTrue(later.get(0).contains("\"why\":\"12 more were refused after "), later.get(0));
    assertTrue(later.get(1).contains("POST /later"), later.get(1));
    assertTrue(later.get(2).contains("POST /last"), later.get(2));
  }
}

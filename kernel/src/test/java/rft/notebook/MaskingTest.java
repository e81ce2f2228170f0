package rft.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MaskingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "19.3 s | 20 s",
        "1,234 tokens/s | 999 tokens/s",
        "took 12ms. | took 7ms.",
        "ended after 540 ms of work | ended after 1.2 s of work",
        "best  9.9 s | best   11 s",
        "time left 0:12 | time left 1:02:03",
        "2026-11-24T10:11:12.5Z | 2026-11-25T01:02:03Z",
        "run dates-20261124-101112-ab12 ended | run dates-20261125-000000-0000 ended",
        "at /tmp/rft123/x.jar | at /home/me/work/x.jar",
        "C:\\Users\\me\\x.jar | D:\\x y\\x.jar",
        "java.lang.Object@1b2c3d | java.lang.Object@ffeedd0",
        "REPL$$Lambda$14/0x000@1b2c3d | REPL$$Lambda/0x7f@ffeedd0",
        "http://127.0.0.1:8080/x | http://127.0.0.1:9090/x",
        "time/step_seconds (seconds)  0.123  0.456 | time/step_seconds (seconds)  1.5  1e-3",
        "<td>1.5 s</td> | <td>22.25 s</td>",
        "resident 464.5 MiB | resident 1 MiB"
      })
  void whatDependsOnClockOrMachineIsEqual(String a, String b) {
    assertEquals(Masking.STANDARD.apply(a), Masking.STANDARD.apply(b));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reward 0.125, 8 of 16 steps",
        "addition 34 + 824 = 858",
        "<td>0.5</td></tr></table>",
        "<svg viewBox=\"0 0 600 200\"><path d=\"M10 20L30 40\"/></svg>",
        "seed 3 said 12 sets",
        "a/b and 3/4",
        "https://example.org/a/b"
      })
  void whatDoesNotIsKept(String text) {
    assertEquals(text, Masking.STANDARD.apply(text));
  }

  @Test
  void theEndOfAPathIsCompared() {
    assertEquals("<folder>/a.jar", Masking.STANDARD.apply("/one/two/a.jar"));
  }
}

package rft.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ShellWordTest {
  @Test
  void onlyAWordThatAShellWouldReadMoreIntoIsQuoted() {
    assertEquals("/tmp/a-1_b.jsonl", ShellWord.of("/tmp/a-1_b.jsonl"));
    assertEquals("'my file'", ShellWord.of("my file"));
    assertEquals("'it'\\''s $HOME'", ShellWord.of("it's $HOME"));
    assertEquals("''", ShellWord.of(""));
  }
}

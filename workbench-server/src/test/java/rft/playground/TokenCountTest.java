package rft.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TokenCountTest {
  private static final String PIECE = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";

  private static long counted(boolean stream, String... passes) {
    TokenCount count = new TokenCount(stream);
    for (String pass : passes) {
      byte[] bytes = pass.getBytes(StandardCharsets.UTF_8);
      count.pass(bytes, bytes.length);
    }
    return count.tokens();
  }

  @Test
  void aWholeAnswerSaysItselfWhateverSignsOfLifeComeFirst() {
    assertEquals(23, counted(false, " ", " ", "{\"usage\":{\"completion_tokens\":23}}"));
  }

  @Test
  void thePiecesOfAStreamAreItsTokensEvenIfTheyComeInParts() {
    assertEquals(2, counted(true, PIECE, PIECE.substring(0, 9), PIECE.substring(9)));
    assertEquals(1, counted(true, PIECE, "data: [DONE]\n\n"));
  }

  @Test
  void aStreamThatTellsItsUsageIsBelieved() {
    assertEquals(7, counted(true, PIECE, "data: {\"usage\":{\"completion_tokens\":7}}\n\n"));
  }
}

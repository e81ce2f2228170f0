package rft.prompt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class TokensTest {
  @Test
  void changingAnArrayOutsideDoesNotChangeTheTokens() {
    int[] ids = {1, 2, 3};
    Tokens tokens = Tokens.of(ids);
    ids[0] = 9;
    tokens.toArray()[1] = 9;
    assertArrayEquals(new int[] {1, 2, 3}, tokens.toArray());
  }

  @Test
  void tokensOfTheSameIdsAreEqual() {
    assertEquals(Tokens.of(1, 2), Tokens.of(1).concat(Tokens.of(2)));
    assertEquals(Tokens.of(1, 2).hashCode(), Tokens.of(1).concat(Tokens.of(2)).hashCode());
    assertNotEquals(Tokens.of(1, 2), Tokens.of(2, 1));
    assertEquals(Tokens.of(7), Tokens.of().concat(Tokens.of(7)).concat(Tokens.of()));
  }

  @Test
  void aNegativeIdIsRefusedWithItsPlace() {
    IllegalArgumentException fault =
        assertThrows(IllegalArgumentException.class, () -> Tokens.of(4, -1));
    assertEquals("token 1 has the id -1: ids count from 0", fault.getMessage());
  }

  @Test
  void thereIsNoTokenBeyondTheEnd() {
    assertEquals(5, Tokens.of(4, 5).at(1));
    assertThrows(IndexOutOfBoundsException.class, () -> Tokens.of(4, 5).at(2));
  }
}

package rft.command;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ProgressTest {
  @Test
  void moreStepsThanThereAreIsNoProgress() {
    assertThrows(
        IllegalArgumentException.class, () -> new Progress.Update("train", 3, 2, List.of()));
    new Progress.Update("train", 3, 0, List.of());
  }
}

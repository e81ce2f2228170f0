package rft.magic;

import rft.cell.Completions;
import rft.cell.JavaSession;

final class MagicCompletion {
  private final JavaSession java;

  MagicCompletion(JavaSession java) {
    this.java = java;
  }

  Completions complete(String code, int cursor) {
    return java.complete(code, cursor);
  }
}

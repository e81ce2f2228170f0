package rft.magic;

import rft.cell.JavaSession;

/**
 * What cells of a notebook can use without an import: among it all that IJava imports, so that its
 * notebooks run unchanged.
 */
final class StartupImports {
  private StartupImports() {}

  static JavaSession.Options options() {
    return JavaSession.Options.standard(
        "import java.util.regex.*;",
        "import java.util.concurrent.*;",
        "import java.util.prefs.*;",
        "import java.net.*;",
        "import rft.*;",
        "import rft.command.*;",
        "import rft.dataset.*;",
        "import rft.judge.*;",
        "import rft.reward.*;",
        "import rft.run.*;",
        "import static rft.display.Cells.*;",
        "import static rft.magic.Magics.*;");
  }
}

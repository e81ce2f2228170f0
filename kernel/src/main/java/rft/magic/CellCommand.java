package rft.magic;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A magic of the notebook itself, one that is no verb. Its name, text, example and options are
 * annotations for picocli, as a verb's are.
 */
interface CellCommand {
  /**
   * Returns the value of the magic; empty if it has none.
   *
   * @throws MagicException if it cannot be done, in one sentence with its place
   */
  Optional<Object> run(MagicCall call) throws Exception;

  /** Returns whether the line behind the name is taken as it stands, not as options. */
  default boolean takesRawLine() {
    return false;
  }

  /** Takes away arguments that came with the options of a verb and have no meaning here. */
  default void trim(CommandSpec spec) {}
}

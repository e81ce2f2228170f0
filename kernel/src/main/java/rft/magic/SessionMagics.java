package rft.magic;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Manners of the session. */
final class SessionMagics {
  private SessionMagics() {}

  /** Forgets what cells made. */
  @Command(
      name = "reset",
      description = "Forget all variables, methods, types and named objects.",
      footer = "  %reset")
  static final class Reset implements CellCommand {
    Reset() {}

    @Override
    public Optional<Object> run(MagicCall call) {
      call.state().java().reset();
      call.state().workspace().clear();
      return Optional.empty();
    }
  }

  /** Chooses how much an error tells. */
  @Command(
      name = "xmode",
      description = "Choose what errors show: plain (one sentence) or full (the stack too).",
      footer = "  %xmode full")
  static final class Xmode implements CellCommand {
    /** How much. */
    enum Mode {
      PLAIN,
      FULL
    }

    @Parameters(arity = "1", paramLabel = "MODE", description = "plain or full.")
    private Mode mode = Mode.PLAIN;

    Xmode() {}

    @Override
    public Optional<Object> run(MagicCall call) {
      call.state().setFullTraces(mode == Mode.FULL);
      return Optional.empty();
    }
  }
}

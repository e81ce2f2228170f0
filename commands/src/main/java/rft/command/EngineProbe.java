package rft.command;

import java.nio.file.Path;
import rft.rollout.LoadedModel;

/**
 * Really starts the engine: loads the bundled model, which needs the natives, the program and the
 * tokenizer.
 */
final class EngineProbe implements Probe {
  private static final String SUBJECT = "Engine";

  private final Installation installation;

  EngineProbe(Installation installation) {
    this.installation = installation;
  }

  @Override
  public Finding look() {
    Path folder;
    try {
      folder = installation.tinyModel();
    } catch (CommandException e) {
      return Finding.fail(
          SUBJECT,
          "the bundled model is not in " + installation.root().resolve("models"),
          "start rft from its own folder, or copy models/ there");
    }
    try (LoadedModel model = LoadedModel.open(folder, "cpu", 1)) {
      return Finding.ok(SUBJECT, model.policy().engine() + ", bundled model loads");
    } catch (RuntimeException | LinkageError e) {
      return Finding.fail(
          SUBJECT,
          String.valueOf(e.getMessage()),
          "PyTorch for this platform did not start: run mvn -U package again on Linux x86_64 or aarch64, macOS on Apple"
              + " silicon or Windows x86_64, and see --verbose");
    }
  }
}

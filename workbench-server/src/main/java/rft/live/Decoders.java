package rft.live;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import rft.command.Installation;
import rft.prompt.TokenDecoder;
import rft.run.RunHeader;

/** The token decoders of the models that were looked at last. */
final class Decoders {
  private static final int MOST = 3;

  private final Map<Path, TokenDecoder> recent = new LinkedHashMap<>(MOST * 2, 0.75f, true);

  /** Finds out what a run's tokens mean. */
  interface Source {
    /**
     * Returns the decoder.
     *
     * @throws IllegalArgumentException if the model's tokenizer cannot be read
     */
    TokenDecoder load();
  }

  Source of(RunHeader header) {
    return () -> load(Installation.current().baseOf(header));
  }

  private synchronized TokenDecoder load(Path model) {
    TokenDecoder decoder = recent.get(model);
    if (decoder == null) {
      decoder = TokenDecoder.load(model);
      recent.put(model, decoder);
      recent.keySet().stream()
          .findFirst()
          .filter(k -> recent.size() > MOST)
          .ifPresent(recent::remove);
    }
    return decoder;
  }
}

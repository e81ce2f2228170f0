package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A damaged or foreign model folder is refused with the file that is wrong. */
@Tag("slow")
@DisabledOnOs(OS.WINDOWS)
final class BadModelTest {
  @TempDir Path folder;
  private Path model;
  private UserHome user;

  @BeforeEach
  void copyTheBundledModel() throws Exception {
    user = new UserHome(folder);
    model = Files.createDirectory(folder.resolve("model"));
    try (Stream<Path> files = Files.list(UserHome.ROOT.resolve("models/tiny-chat"))) {
      for (Path file : files.toList()) {
        Files.copy(file, model.resolve(file.getFileName()));
      }
    }
  }

  private void refused(String part) throws Exception {
    UserHome.assertRefused(1, part, user.train("--data=json", "--model=" + model));
    assertEquals(List.of(), user.runs());
  }

  @Test
  void truncatedWeights() throws Exception {
    Path weights = model.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(bytes, bytes.length / 2));
    refused("is the file truncated?");
    Files.write(weights, new byte[5]);
    refused("too few for a header");
    Files.delete(weights);
    refused("has neither model.safetensors");
  }

  @Test
  void aConfigurationThatDisagreesWithTheTensors() throws Exception {
    config("\"hidden_size\":128", "\"hidden_size\":96");
    refused("config.json and the weights disagree: tensor model.embed_tokens.weight");
  }

  @Test
  void anUnknownArchitecture() throws Exception {
    config("LlamaForCausalLM", "MambaForCausalLM");
    refused("unknown architecture MambaForCausalLM");
  }

  @Test
  void aMissingTokenizerOrConfiguration() throws Exception {
    Files.move(model.resolve("tokenizer.json"), model.resolve("elsewhere"));
    refused("tokenizer.json is missing");
    Files.move(model.resolve("elsewhere"), model.resolve("tokenizer.json"));
    Files.delete(model.resolve("config.json"));
    refused("there is no file " + model.resolve("config.json"));
  }

  @Test
  void otherWeightsThanThoseARunBeganWith() throws Exception {
    String run = user.trained("--data=json", "--steps=2", "--model=" + model);
    Path weights = model.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 2] ^= 1;
    Files.write(weights, bytes);
    Launch.Outcome forked = user.rft("train", "--fork", run + "@1");
    UserHome.assertRefused(1, "changed since run " + run + " began", forked);
    assertEquals(List.of(run), user.runs());
    Path out = folder.resolve("tuned");
    for (String format : List.of("hf", "gguf", "adapter")) {
      Launch.Outcome exported = export(run, format, out);
      UserHome.assertRefused(1, model + " changed since run " + run + " began", exported);
      assertFalse(Files.exists(out));
    }
    Files.move(model, folder.resolve("elsewhere"));
    assertEquals(0, export(run, "adapter", out).exitCode());
  }

  private Launch.Outcome export(String run, String format, Path out) throws Exception {
    return user.rft("model", "export", run, "--format=" + format, "--out=" + out);
  }

  private void config(String old, String replacement) throws Exception {
    Path file = model.resolve("config.json");
    String text = Files.readString(file);
    String changed = text.replace(" ", "").replace(old, replacement);
    Files.writeString(file, changed);
  }
}

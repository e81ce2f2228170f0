package rft.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings of a JSON file that came with a model; a setting that is null counts as absent. */
public final class ConfigFile {
  private static final int MAX_BYTES = 16 << 20;
  private static final int SHOWN = 100;

  private final Path file;
  private final ObjectNode settings;

  private ConfigFile(Path file, ObjectNode settings) {
    this.file = file;
    this.settings = settings;
  }

  /**
   * Reads a file of at most 16 MiB.
   *
   * @throws IllegalArgumentException if there is no such file, or it is no JSON object
   */
  public static ConfigFile read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("there is no file " + file);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IllegalArgumentException(
            file + " is longer than " + MAX_BYTES + " bytes: no such settings");
      }
      return new ConfigFile(file, sound(bytes, file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static ObjectNode sound(byte[] bytes, Path file) {
    try {
      return StrictJson.object(bytes, file.toString());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + ": correct it, or fetch it again", e);
    }
  }

  /** Returns every setting that is not null, in the order of the file. */
  public List<Map.Entry<String, JsonNode>> settings() {
    return settings.properties().stream().filter(setting -> !setting.getValue().isNull()).toList();
  }

  /** Returns a setting, or a missing node. */
  public JsonNode value(String key) {
    JsonNode value = settings.path(key);
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  /** Returns a whole number. */
  public int integer(String key, int fallback) {
    JsonNode value = value(key);
    if (value.isMissingNode()) {
      return fallback;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw refused("\"" + key + "\" must be a whole number of at most " + Integer.MAX_VALUE);
    }
    return value.intValue();
  }

  /** Returns a number. */
  public double number(String key, double fallback) {
    return number(value(key), key, fallback);
  }

  double number(JsonNode value, String key, double fallback) {
    if (value.isMissingNode() || value.isNull()) {
      return fallback;
    }
    if (!value.isNumber()) {
      throw refused("\"" + key + "\" must be a number");
    }
    return value.doubleValue();
  }

  /** Returns whether a switch is on. */
  public boolean flag(String key, boolean fallback) {
    JsonNode value = value(key);
    if (value.isMissingNode()) {
      return fallback;
    }
    if (!value.isBoolean()) {
      throw refused("\"" + key + "\" must be true or false");
    }
    return value.booleanValue();
  }

  /** Returns a text, fit for a message, or null. */
  public @Nullable String text(String key) {
    JsonNode value = value(key);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isTextual()) {
      throw refused("\"" + key + "\" must be a string");
    }
    return shown(value.textValue());
  }

  /** Returns an exception that names the file, for what a constructor refused to take from it. */
  public IllegalArgumentException refused(IllegalArgumentException cause) {
    return new IllegalArgumentException(file + ": " + cause.getMessage(), cause);
  }

  /** Returns an exception that names the file. */
  public IllegalArgumentException refused(String reason) {
    return new IllegalArgumentException(file + ": " + reason);
  }

  /** Returns text of unknown origin as a message may show it: short, without control characters. */
  public static String shown(String text) {
    String visible = text.replaceAll("\\p{Cntrl}", "?");
    return visible.length() <= SHOWN ? visible : visible.substring(0, SHOWN) + "...";
  }
}

package rft.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import rft.command.ExitCode;
import rft.command.Result;

/** Writes a result as one JSON value with snake_case names and lower-case choices. */
final class JsonOutput {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .addModule(new SimpleModule().addSerializer(enumSerializer()))
          .build();

  private JsonOutput() {}

  static String of(Result result) throws JsonProcessingException {
    return safe(JSON.writeValueAsString(result));
  }

  /** Returns what a command prints that failed before it had a result. */
  static String ofError(ExitCode exitCode, String message) throws JsonProcessingException {
    return safe(
        JSON.writeValueAsString(
            Map.of("error", Map.of("code", exitCode.jsonName(), "message", message))));
  }

  /** Escapes what JSON allows bare but a terminal obeys; such characters lie in strings only. */
  private static String safe(String json) {
    StringBuilder out = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      boolean obeyed = (c >= 0x7F && c <= 0x9F) || Character.getType(c) == Character.FORMAT;
      out.append(obeyed ? String.format("\\u%04x", (int) c) : String.valueOf(c));
    }
    return out.toString();
  }

  @SuppressWarnings("rawtypes")
  private static JsonSerializer<Enum> enumSerializer() {
    return new JsonSerializer<>() {
      @Override
      public void serialize(Enum value, JsonGenerator out, SerializerProvider provider)
          throws IOException {
        out.writeString(value.name().toLowerCase(Locale.ROOT));
      }

      @Override
      public Class<Enum> handledType() {
        return Enum.class;
      }
    };
  }
}

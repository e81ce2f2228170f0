package rft.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import rft.command.ExitCode;
import rft.command.Result;
import rft.reward.CompileProblem;
import rft.reward.Verdict;
import rft.run.RunExport;
import rft.run.StoredRollout;
import rft.run.VerdictJson;

/** Writes a result as one JSON value with snake_case names and lower-case choices. */
final class JsonOutput {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .addModule(
              new SimpleModule()
                  .setSerializerModifier(new LowerCaseEnums())
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addSerializer(new Tree<>(StoredRollout.class, RunExport::json))
                  .addSerializer(new Tree<>(Verdict.class, VerdictJson::write)))
          .build();

  private JsonOutput() {}

  static String of(Result result) throws JsonProcessingException {
    return safe(JSON.writeValueAsString(result));
  }

  /**
   * Returns what a command prints that failed before it had a result.
   *
   * @param problems of a source that does not compile; empty for all else
   */
  static String ofError(ExitCode exitCode, String message, List<CompileProblem> problems)
      throws JsonProcessingException {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", exitCode.jsonName());
    error.put("message", message);
    if (!problems.isEmpty()) {
      error.put("problems", problems);
    }
    return safe(JSON.writeValueAsString(Map.of("error", error)));
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

  /** Writes a choice that has no name of its own in files as its constant in lower case. */
  private static final class LowerCaseEnums extends BeanSerializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonSerializer<?> modifyEnumSerializer(
        SerializationConfig config,
        JavaType type,
        BeanDescription description,
        JsonSerializer<?> serializer) {
      return new JsonSerializer<Enum<?>>() {
        @Override
        public void serialize(Enum<?> value, JsonGenerator out, SerializerProvider provider)
            throws IOException {
          out.writeString(value.name().toLowerCase(Locale.ROOT));
        }
      };
    }
  }

  /** Writes what has a form of its own in files in that form. */
  private static final class Tree<T> extends StdSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Function<T, ObjectNode> form;

    Tree(Class<T> type, Function<T, ObjectNode> form) {
      super(type);
      this.form = form;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      form.apply(value).serialize(out, provider);
    }
  }
}

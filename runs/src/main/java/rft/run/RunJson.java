package rft.run;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.stream.Collectors;

/** The one strict mapping between the records of a run and JSON. */
final class RunJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .annotationIntrospector(new AllRequired())
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .defaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL))
          .addModule(instants())
          .build();

  private RunJson() {}

  /** Returns the record as indented JSON that ends with a line break. */
  static String write(Object record) {
    try {
      return JSON.writeValueAsString(record) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a record of a run: " + record.getClass(), e);
    }
  }

  /**
   * Returns the record of the type.
   *
   * @param what how the message calls the text, for example {@code options}
   * @throws IllegalArgumentException if the text is not exactly such a record; the message names
   *     the field
   */
  static <T> T read(String json, Class<T> type, String what) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonMappingException e) {
      String where = path(e);
      throw new IllegalArgumentException(
          what + (where.isEmpty() ? "" : ", " + where) + ": " + reason(e), e);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String place = at == null ? "" : " (line " + at.getLineNr() + ")";
      throw new IllegalArgumentException(
          what + place + " is not valid JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(JsonMappingException.Reference::getFieldName)
        .filter(name -> name != null)
        .collect(Collectors.joining("."));
  }

  private static String reason(JsonMappingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      String known =
          unknown.getKnownPropertyIds().stream().map(Object::toString).sorted().toList().toString();
      return "there is no \"" + unknown.getPropertyName() + "\" here, only " + known;
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalArgumentException && cause.getMessage() != null) {
        return cause.getMessage();
      }
    }
    String message = String.valueOf(e.getOriginalMessage());
    if (message.startsWith("Missing required creator property")) {
      return "this field is missing";
    }
    return message.lines().findFirst().orElse("");
  }

  private static SimpleModule instants() {
    return new SimpleModule()
        .addSerializer(Instant.class, ToStringSerializer.instance)
        .addDeserializer(Instant.class, new InstantFromText());
  }

  /** Every field has to be there, but those that may be null: runs of older versions lack some. */
  private static final class AllRequired extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
      return !member.hasAnnotation(JsonSetter.class);
    }
  }

  private static final class InstantFromText extends FromStringDeserializer<Instant> {
    private static final long serialVersionUID = 1;

    InstantFromText() {
      super(Instant.class);
    }

    @Override
    protected Instant _deserialize(String text, DeserializationContext context) {
      try {
        return Instant.parse(text);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "\"" + text + "\" is no instant such as 2026-11-24T21:30:12Z", e);
      }
    }
  }
}

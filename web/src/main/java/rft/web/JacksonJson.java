package rft.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.Type;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON and back; a number that is not finite becomes null, an unknown field and a value
 * that its record refuses are errors.
 */
final class JacksonJson implements io.javalin.json.JsonMapper {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .addModule(new FiniteNumbers())
          .build();

  static String text(Object object) {
    try {
      return MAPPER.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toJsonString(Object object, Type type) {
    return text(object);
  }

  @Override
  @SuppressWarnings("TypeParameterUnusedInFormals")
  public <T> T fromJsonString(String json, Type type) {
    try {
      @Nullable T value = MAPPER.readValue(json, MAPPER.constructType(type));
      if (value == null) {
        throw new IllegalArgumentException("the body is null; send a JSON object");
      }
      return value;
    } catch (JsonMappingException e) {
      throw new IllegalArgumentException(refusal(json, e), e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the body is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Says what is wrong in words of the body, not of our classes. */
  private static String refusal(String json, JsonMappingException e) {
    if (json.isBlank()) {
      return "the body is empty; send a JSON object";
    }
    if (e.getCause() instanceof IllegalArgumentException refusal) {
      return String.valueOf(refusal.getMessage());
    }
    String field =
        e.getPath().stream()
            .map(step -> step.getFieldName() == null ? "[]" : step.getFieldName())
            .collect(Collectors.joining("."));
    if (e instanceof UnrecognizedPropertyException unknown) {
      String known =
          unknown.getKnownPropertyIds().stream()
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
      return "the body has an unknown field " + field + "; it may have " + known;
    }
    return field.isEmpty()
        ? "the body is not the JSON object that is wanted here"
        : "the value of " + field + " is not of the kind that is wanted here";
  }
}

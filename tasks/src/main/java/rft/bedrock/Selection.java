package rft.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Which calls of a log to take, by what the caller tagged them with, as Bedrock's {@code
 * requestMetadataFilters} of {@code andAll} with {@code equals} and {@code notEquals} do.
 *
 * @param where tags that a call must have
 * @param whereNot tags that it must not have; a call without the key has not
 * @param model part of the model's id; empty takes all
 */
public record Selection(List<Tag> where, List<Tag> whereNot, String model) {
  public Selection {
    where = List.copyOf(where);
    whereNot = List.copyOf(whereNot);
  }

  /** One pair of the request's metadata. */
  public record Tag(String key, String value) {
    /**
     * Returns the tag that is written KEY=VALUE; the value may be empty and hold further signs.
     *
     * @throws IllegalArgumentException if it is not written so
     */
    public static Tag of(String option, String text) {
      int sign = text.indexOf('=');
      if (sign < 1) {
        throw new IllegalArgumentException(
            option + " (" + text + ") must be KEY=VALUE, for example project=CustomerService");
      }
      return new Tag(text.substring(0, sign), text.substring(sign + 1));
    }

    private boolean isIn(JsonNode metadata) {
      return metadata.path(key).isValueNode() && metadata.path(key).asText().equals(value);
    }
  }

  boolean takes(JsonNode metadata) {
    return where.stream().allMatch(tag -> tag.isIn(metadata))
        && whereNot.stream().noneMatch(tag -> tag.isIn(metadata));
  }

  boolean takesModel(String modelId) {
    return modelId.contains(model);
  }
}

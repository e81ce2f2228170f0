package rft.live;

import io.javalin.http.BadRequestResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Weights as they stand in an address: {@code right:1,length:0.2}. */
final class WeightList {
  private WeightList() {}

  /**
   * Returns weights by part.
   *
   * @param text null or empty for none; names are encoded as in an address
   */
  static Map<String, Double> parse(@Nullable String text) {
    Map<String, Double> weights = new LinkedHashMap<>();
    for (String each : text == null || text.isEmpty() ? new String[0] : text.split(",")) {
      int colon = each.lastIndexOf(':');
      try {
        String name = URLDecoder.decode(each.substring(0, colon), StandardCharsets.UTF_8);
        weights.put(name, Double.valueOf(each.substring(colon + 1)));
      } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
        throw new BadRequestResponse("weights must be of the form part:1,length:0.2");
      }
    }
    return weights;
  }
}

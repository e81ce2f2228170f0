package rft.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.junit.jupiter.api.Test;

final class BundlesTest {
  @Test
  void textAndHtmlStayAsTheyAre() {
    DisplayData bundle = new DisplayData("a < b");
    bundle.putHTML("<p>ü & \u2028</p>");
    ObjectNode content = Bundles.content(bundle);
    assertEquals("a < b", Bundles.plainText(content));
    assertEquals("<p>ü & \u2028</p>", content.path("data").path("text/html").asText());
    assertTrue(content.path("metadata").isObject());
    assertFalse(content.has("transient"));
  }

  @Test
  void jsonIsSentAsAValueHoweverItWasGiven() {
    DisplayData bundle = new DisplayData();
    bundle.putJSON("{\"a\": [1, 2]}");
    bundle.putData("application/vnd.vega.v5+json", Map.of("mark", "bar"));
    bundle.putData("application/vnd.x+json", JsonNodeFactory.instance.objectNode().put("b", 2));
    ObjectNode data = (ObjectNode) Bundles.content(bundle).path("data");
    assertEquals(2, data.path("application/json").path("a").path(1).asInt());
    assertEquals("bar", data.path("application/vnd.vega.v5+json").path("mark").asText());
    assertEquals(2, data.path("application/vnd.x+json").path("b").asInt());
  }

  @Test
  void numbersThatJsonLacksDoNoHarm() {
    DisplayData bundle = new DisplayData("x");
    bundle.putMetaData("width", Double.NaN);
    assertEquals("NaN", Bundles.content(bundle).path("metadata").path("width").asText());
  }

  @Test
  void theIdOfALiveDisplayIsTransient() {
    DisplayData bundle = new DisplayData("x");
    bundle.setDisplayId("d");
    assertEquals("d", Bundles.content(bundle).path("transient").path("display_id").asText());
  }
}

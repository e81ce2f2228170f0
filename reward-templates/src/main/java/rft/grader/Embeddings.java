package rft.grader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import rft.judge.ChatEndpoint;
import rft.judge.LinkLocal;
import rft.reward.Failure;

/** How alike two texts are in meaning, by an OpenAI-compatible embedding endpoint. */
final class Embeddings {
  static final String URL = "RFT_EMBEDDINGS_URL";
  static final String MODEL = "RFT_EMBEDDINGS_MODEL";
  static final String KEY_ENV = "RFT_EMBEDDINGS_KEY_ENV";

  /** What to do where there is none. */
  static final String HOW =
      "set "
          + URL
          + " to its address, for example http://127.0.0.1:8000/v1, and "
          + MODEL
          + " to the model's name there";

  private static final String USUAL_MODEL = "text-embedding-3-large";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final Map<String, String> environment;

  Embeddings(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Returns the cosine of the angle between the embeddings of two texts, 0 where it is negative.
   *
   * @throws GradingException if there is no endpoint, or it gives no embeddings
   */
  double cosine(String reference, String text) throws GradingException, InterruptedException {
    String url = environment.getOrDefault(URL, "").strip();
    if (url.isEmpty()) {
      throw failed("cosine needs an embedding endpoint: " + HOW);
    }
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("model", environment.getOrDefault(MODEL, USUAL_MODEL))
            .put("encoding_format", "float");
    body.putArray("input").add(reference).add(text);
    JsonNode answer = post(url, body);
    JsonNode first = answer.path("data").path(0).path("embedding");
    JsonNode second = answer.path("data").path(1).path("embedding");
    if (!first.isArray() || first.isEmpty() || first.size() != second.size()) {
      throw failed(url + " answered no two embeddings of one length");
    }
    return cosine(first, second, url);
  }

  private static double cosine(JsonNode a, JsonNode b, String url) throws GradingException {
    double dot = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.size(); i++) {
      double x = a.get(i).asDouble(Double.NaN);
      double y = b.get(i).asDouble(Double.NaN);
      dot += x * y;
      squareA += x * x;
      squareB += y * y;
    }
    double cosine = dot / Math.sqrt(squareA * squareB);
    if (!Double.isFinite(cosine)) {
      throw failed(url + " answered an embedding without direction");
    }
    return Math.max(0, Math.min(1, cosine));
  }

  private JsonNode post(String url, ObjectNode body) throws GradingException, InterruptedException {
    String keyVariable = environment.getOrDefault(KEY_ENV, "").strip();
    HttpRequest.Builder request;
    try {
      // The same rules as for judges: a plain address, and no key in the open.
      ChatEndpoint place =
          ChatEndpoint.of(url, "embeddings", keyVariable.isEmpty() ? null : keyVariable);
      Optional<String> refusal = LinkLocal.refusal(place.url());
      if (refusal.isPresent()) {
        throw failed(URL + ": " + refusal.get());
      }
      request = HttpRequest.newBuilder(URI.create(url.replaceFirst("/+$", "") + "/embeddings"));
    } catch (IllegalArgumentException e) {
      throw failed(URL + ": " + e.getMessage());
    }
    if (!keyVariable.isEmpty()) {
      String key = environment.getOrDefault(keyVariable, "").strip();
      if (key.isEmpty()) {
        throw failed(keyVariable + ", which should hold the key of " + url + ", is not set");
      }
      request.header("Authorization", "Bearer " + key);
    }
    request
        .timeout(LIMIT)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    try {
      HttpResponse<String> response =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw failed(url + " answered HTTP " + response.statusCode());
      }
      return GraderText.JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw failed(url + " answered no JSON");
    } catch (IOException e) {
      throw failed("nothing answers at " + url + " (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static GradingException failed(String message) {
    return new GradingException(GraderError.MODEL_GRADER_SERVER, Failure.Kind.SERVICE, message);
  }
}

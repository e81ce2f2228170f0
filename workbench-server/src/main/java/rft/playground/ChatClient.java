package rft.playground;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import rft.reward.FinishReason;

/** Asks a served model and hears its answers token by token. */
final class ChatClient {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String DATA = "data:";

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /** Hears the answers; called from the thread that asks. */
  interface Listener {
    /**
     * A piece of an answer.
     *
     * @param choice which answer, from 0
     * @param text what it adds; empty for a token that ends the answer or is part of a character
     * @param token how the token is named
     * @param logProb natural log-probability of the token; null where it was not told
     */
    void piece(int choice, String text, String token, @Nullable Double logProb);

    /** The end of an answer. */
    void finished(int choice, FinishReason reason);
  }

  /**
   * Asks, and returns after the last answer.
   *
   * @param stop breaks the answer off, which the model hears
   * @throws UnansweredException if the model refuses, with its sentence, or the signal came
   * @throws IOException if the connection breaks
   */
  void ask(Endpoint endpoint, ModelQuestion question, StopSignal stop, Listener listener)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.at("/v1/chat/completions"))
            .header("Authorization", endpoint.authorization())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(question.body()))
            .build();
    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    InputStream body = response.body();
    Runnable closing = () -> closeQuietly(body);
    stop.onStop(closing);
    try (body) {
      if (response.statusCode() != 200) {
        throw refusal(response.statusCode(), body);
      }
      read(body, listener);
    } catch (IOException e) {
      if (stop.isStopped()) {
        throw new UnansweredException("stopped", e);
      }
      throw e;
    } finally {
      stop.forget(closing);
    }
  }

  private static void closeQuietly(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(InputStream body, Listener listener) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    boolean whole = false;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String data = line.startsWith(DATA) ? line.substring(DATA.length()).strip() : "";
      if (data.equals("[DONE]")) {
        whole = true;
      } else if (!data.isEmpty()) {
        chunk(data, listener);
      }
    }
    if (!whole) {
      throw new IOException("the stream ended early");
    }
  }

  private static void chunk(String data, Listener listener) throws IOException {
    JsonNode chunk = parsed(data);
    if (chunk.has("error")) {
      throw new UnansweredException(chunk.path("error").path("message").asText());
    }
    for (JsonNode choice : chunk.path("choices")) {
      int index = choice.path("index").asInt();
      pieces(index, choice, listener);
      JsonNode reason = choice.path("finish_reason");
      if (reason.isTextual()) {
        listener.finished(index, reason(reason.textValue()));
      }
    }
  }

  /** A chunk usually has one token; what cannot be divided among several goes to the first. */
  private static void pieces(int index, JsonNode choice, Listener listener) {
    String text = choice.path("delta").path("content").asText("");
    JsonNode tokens = choice.path("logprobs").path("content");
    if (tokens.isEmpty()) {
      if (!text.isEmpty()) {
        listener.piece(index, text, "", null);
      }
      return;
    }
    StringBuilder together = new StringBuilder();
    tokens.forEach(token -> together.append(token.path("token").asText()));
    boolean divided = tokens.size() > 1 && together.toString().equals(text);
    String rest = text;
    for (JsonNode token : tokens) {
      String name = token.path("token").asText();
      JsonNode logProb = token.path("logprob");
      listener.piece(
          index,
          divided ? name : rest,
          name,
          logProb.isNumber() ? (Double) logProb.doubleValue() : null);
      rest = "";
    }
  }

  private static JsonNode parsed(String data) throws IOException {
    try {
      return JSON.readTree(data);
    } catch (JsonProcessingException e) {
      throw new IOException("a piece of the stream is no JSON", e);
    }
  }

  private static FinishReason reason(String name) {
    try {
      return FinishReason.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return FinishReason.STOP;
    }
  }

  private static UnansweredException refusal(int status, InputStream body) throws IOException {
    String text = new String(body.readNBytes(64 * 1024), StandardCharsets.UTF_8);
    try {
      JsonNode message = JSON.readTree(text).path("error").path("message");
      if (message.isTextual()) {
        return new UnansweredException(message.textValue(), status == 400);
      }
    } catch (JsonProcessingException e) {
      // No JSON: the status is all there is.
    }
    return new UnansweredException("the model refused with status " + status);
  }
}

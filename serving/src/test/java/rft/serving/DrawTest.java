package rft.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What temperature, top_p and top_k do to the tokens that are drawn. */
final class DrawTest {
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
  }

  @AfterAll
  static void end() throws Exception {
    server.close();
  }

  private static List<JsonNode> tokens(String fields) throws Exception {
    String always =
        "\"seed\": 3, \"ignore_eos\": true, \"max_tokens\": 24, \"logprobs\": true,"
            + " \"top_logprobs\": 20, ";
    List<JsonNode> tokens = new ArrayList<>();
    for (JsonNode choice : server.chat(always + fields).get("choices")) {
      choice.at("/logprobs/content").forEach(tokens::add);
    }
    return tokens;
  }

  private static List<Integer> ids(List<JsonNode> tokens) {
    return tokens.stream().map(token -> token.get("token_id").intValue()).toList();
  }

  private static List<Integer> likeliest(List<JsonNode> tokens) {
    return tokens.stream().map(token -> token.at("/top_logprobs/0/token_id").intValue()).toList();
  }

  @Test
  void temperatureZeroTakesTheLikeliestToken() throws Exception {
    List<JsonNode> greedy = tokens("\"temperature\": 0");
    assertEquals(24, greedy.size());
    assertEquals(likeliest(greedy), ids(greedy));
    List<JsonNode> hot = tokens("\"temperature\": 2");
    assertNotEquals(likeliest(hot), ids(hot));
  }

  @Test
  void aTinyShareOrOneTokenIsGreedyHoweverHot() throws Exception {
    List<Integer> greedy = ids(tokens("\"temperature\": 0"));
    assertEquals(greedy, ids(tokens("\"temperature\": 2, \"top_p\": 1e-9")));
    assertEquals(greedy, ids(tokens("\"temperature\": 2, \"top_k\": 1")));
  }

  @Test
  void onlyTheShareThatCountsIsDrawnFrom() throws Exception {
    assertTrue(outside(tokens("\"n\": 32")) > 0, "a free draw leaves the likeliest half");
    assertEquals(0, outside(tokens("\"n\": 32, \"top_p\": 0.5")));
  }

  /** Returns how many tokens were drawn although likelier ones are half of all together. */
  private static int outside(List<JsonNode> tokens) {
    int outside = 0;
    for (JsonNode token : tokens) {
      double likelier = 0;
      for (JsonNode other : token.get("top_logprobs")) {
        double logProb = other.get("logprob").doubleValue();
        likelier += logProb > token.get("logprob").doubleValue() ? Math.exp(logProb) : 0;
      }
      outside += likelier > 0.5 + 1e-4 ? 1 : 0;
    }
    return outside;
  }
}

package rft.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rft.serving.TestServer.JSON;
import static rft.serving.TestServer.chatBody;
import static rft.serving.TestServer.good;
import static rft.serving.TestServer.said;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import rft.command.Chat;
import rft.command.Progress;
import rft.policy.PolicyView;
import rft.policy.Scorer;
import rft.prompt.Tokens;
import rft.rollout.LoadedModel;

/** The server as a client sees it. */
final class ServeTest {
  private static final Path MODEL =
      Path.of(System.getProperty("rft.root", ".."), "models", "tiny-chat");

  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start("--adapter=" + new RandomAdapter("shaken").folder());
  }

  @AfterAll
  static void end() throws Exception {
    server.close();
  }

  @Test
  void aStreamIsFramedAsOpenAisAndSaysWhatTheWholeAnswerSays() throws Exception {
    String fields = "\"seed\": 11, \"n\": 2, \"logprobs\": true, \"top_logprobs\": 3";
    JsonNode whole = server.chat(fields);
    List<String> events = server.stream(fields + ", \"stream_options\": {\"include_usage\": true}");
    assertEquals("[DONE]", events.get(events.size() - 1));
    JsonNode usage = JSON.readTree(events.get(events.size() - 2));
    assertEquals(whole.get("usage"), usage.get("usage"));
    assertEquals(0, usage.get("choices").size());
    List<StringBuilder> texts = List.of(new StringBuilder(), new StringBuilder());
    List<List<JsonNode>> tokens = List.of(new ArrayList<>(), new ArrayList<>());
    List<String> ends = new ArrayList<>(List.of("", ""));
    for (String event : events.subList(0, events.size() - 2)) {
      JsonNode chunk = JSON.readTree(event);
      assertTrue(chunk.has("usage") && chunk.get("usage").isNull(), event);
      assertEquals("chat.completion.chunk", chunk.get("object").textValue());
      assertEquals(1, chunk.get("choices").size());
      JsonNode choice = chunk.at("/choices/0");
      int index = choice.get("index").intValue();
      assertEquals("", ends.get(index), "nothing comes after the end");
      texts.get(index).append(choice.at("/delta/content").asText(""));
      choice.at("/logprobs/content").forEach(tokens.get(index)::add);
      ends.set(index, choice.get("finish_reason").asText("").replace("null", ""));
    }
    assertEquals("assistant", JSON.readTree(events.get(0)).at("/choices/0/delta/role").asText());
    assertTrue(events.size() > 12, "tokens must come one by one: " + events.size());
    for (int i = 0; i < 2; i++) {
      JsonNode choice = whole.get("choices").get(i);
      assertEquals(choice.at("/message/content").textValue(), texts.get(i).toString());
      assertEquals(choice.get("finish_reason").textValue(), ends.get(i));
      assertSameTokens(choice.at("/logprobs/content"), tokens.get(i));
    }
  }

  /** Log-probs may differ in the last digits: the two answers were drawn in other batches. */
  private static void assertSameTokens(JsonNode expected, List<JsonNode> found) {
    assertEquals(expected.findValuesAsText("token_id"), ids(found));
    for (int i = 0; i < found.size(); i++) {
      assertEquals(
          expected.get(i).get("logprob").doubleValue(),
          found.get(i).get("logprob").doubleValue(),
          1e-4);
    }
  }

  private static List<String> ids(List<JsonNode> tokens) {
    return tokens.stream().flatMap(token -> token.findValuesAsText("token_id").stream()).toList();
  }

  @Test
  void aStreamWithoutUsageHasNone() throws Exception {
    for (String event : server.stream("\"seed\": 3")) {
      assertTrue(!event.contains("usage"), event);
    }
  }

  @Test
  void aSeedGivesTheSameTextWhateverElseIsDrawn() throws Exception {
    List<String> alone = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      alone.add(said(server.chat(mixed(i))));
    }
    List<CompletableFuture<HttpResponse<String>>> together =
        IntStream.range(0, 24)
            .mapToObj(i -> server.sendLater("/v1/chat/completions", chatBody(mixed(i))))
            .toList();
    for (int i = 0; i < 24; i++) {
      assertEquals(alone.get(i), said(good(together.get(i).get())), "request " + i);
    }
    assertTrue(alone.stream().distinct().count() > 12, alone.toString());
  }

  /** Returns requests of several kinds, every third for other weights. */
  private static String mixed(int i) {
    String model = i % 3 == 0 ? "ft:tiny-chat:shaken" : "base";
    String kind =
        List.of("\"temperature\": 1.2", "\"top_p\": 0.9", "\"temperature\": 0", "\"top_k\": 5")
            .get(i % 4);
    return "\"model\": \"%s\", \"seed\": %d, %s, \"messages\": [{\"role\": \"user\", \"content\":"
            .formatted(model, i, kind)
        + " \"How much is %d plus %d? Answer after ####.\"}]".formatted(i * 7, 90 + i);
  }

  @Test
  void logProbsAreThoseOfTheTrainersScorer() throws Exception {
    for (String id : List.of("base", "ft:tiny-chat:shaken")) {
      JsonNode answer =
          server.chat(
              "\"model\": \"%s\", \"seed\": 5, \"temperature\": 0.8, \"top_p\": 0.95, "
                      .formatted(id)
                  + "\"logprobs\": true, \"top_logprobs\": 5, \"return_token_ids\": true");
      int[] prompt = ids(answer.get("prompt_token_ids"));
      int[] tokens = ids(answer.at("/choices/0/token_ids"));
      try (LoadedModel model = LoadedModel.open(MODEL, "cpu", 1)) {
        if (!id.equals("base")) {
          model.switchOn(new RandomAdapter("shaken").folder());
        }
        float[] scored =
            new Scorer(model.policy(), 1)
                .score(PolicyView.TUNED, List.of(prompt), List.of(Scorer.Row.of(0, tokens)))
                .logProbs()
                .get(0);
        JsonNode content = answer.at("/choices/0/logprobs/content");
        assertTrue(content.size() > 2, answer.toString());
        for (int i = 0; i < content.size(); i++) {
          assertEquals(tokens[i], content.get(i).get("token_id").intValue());
          assertEquals(scored[i], content.get(i).get("logprob").doubleValue(), 1e-4);
          assertEquals(5, content.get(i).get("top_logprobs").size());
        }
        String text = model.tokenizer().decode(Tokens.of(tokens));
        assertEquals(text, said(answer));
        assertEquals(tokens.length, answer.at("/usage/completion_tokens").intValue());
        assertEquals(prompt.length, answer.at("/usage/prompt_tokens").intValue());
      }
    }
  }

  private static int[] ids(JsonNode list) {
    return IntStream.range(0, list.size()).map(i -> list.get(i).intValue()).toArray();
  }

  @Test
  void theAnswerIsThatOfRftChat() throws Exception {
    Chat chat = new Chat();
    new CommandLine(chat)
        .parseArgs(
            "--model=" + MODEL, "--seed=42", "--temperature=0.9", "-m", "How much is 3 plus 4?");
    String reply = chat.run(Progress.SILENT).turns().get(0).reply().text();
    JsonNode answer =
        server.chat(
            "\"seed\": 42, \"temperature\": 0.9, \"max_tokens\": 128, \"messages\":"
                + " [{\"role\": \"user\", \"content\": \"How much is 3 plus 4?\"}]");
    assertEquals(reply, said(answer));
  }

  @Test
  void anAnswerEndsBeforeATextThatStopsIt() throws Exception {
    String fields = "\"seed\": 8, \"n\": 4, \"logprobs\": true";
    JsonNode whole = server.chat(fields);
    JsonNode stopped = server.chat(fields + ", \"stop\": [\"zzz\", \"# \"]");
    int cut = 0;
    for (int i = 0; i < 4; i++) {
      String text = whole.get("choices").get(i).at("/message/content").textValue();
      String until = text.contains("# ") ? text.substring(0, text.indexOf("# ")) : text;
      JsonNode choice = stopped.get("choices").get(i);
      assertEquals(until, choice.at("/message/content").textValue());
      assertEquals("stop", choice.get("finish_reason").textValue());
      cut += until.equals(text) ? 0 : 1;
    }
    assertTrue(cut > 0, "no answer has the text: " + whole);
    assertTrue(
        stopped.at("/usage/completion_tokens").intValue()
            < whole.at("/usage/completion_tokens").intValue());
  }

  @Test
  void aLimitOfTokensIsKept() throws Exception {
    JsonNode answer = server.chat("\"max_completion_tokens\": 3, \"ignore_eos\": true");
    assertEquals("length", answer.at("/choices/0/finish_reason").textValue());
    assertEquals(3, answer.at("/usage/completion_tokens").intValue());
    JsonNode full = server.chat("\"max_tokens\": 9007199254740993, \"ignore_eos\": true");
    assertEquals("length", full.at("/choices/0/finish_reason").textValue());
    assertEquals(256, full.at("/usage/total_tokens").intValue(), "the context is 256");
  }

  @Test
  void aTextComesBackWithTheLogProbsOfItsTokens() throws Exception {
    JsonNode echoed =
        server.text(
            "\"prompt\": \"How much is 3\", \"echo\": true, \"max_tokens\": 2, \"logprobs\": 2,"
                + " \"seed\": 1");
    JsonNode lists = echoed.at("/choices/0/logprobs");
    String text = echoed.at("/choices/0/text").textValue();
    assertTrue(text.startsWith("How much is 3") && text.length() > 13, text);
    assertTrue(lists.get("token_logprobs").get(0).isNull());
    int count = lists.get("tokens").size();
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < count; i++) {
      assertEquals(joined.length(), lists.get("text_offset").get(i).intValue());
      joined.append(lists.get("tokens").get(i).textValue());
      assertTrue(i == 0 || lists.get("token_logprobs").get(i).doubleValue() < 0);
      assertEquals(i == 0 ? 0 : 2, lists.get("top_logprobs").get(i).size());
    }
    assertEquals(text, joined.toString());
    JsonNode only =
        server.text(
            "\"prompt\": %s, \"echo\": true, \"max_tokens\": 0, \"logprobs\": 0"
                .formatted(lists.get("token_ids")));
    assertEquals(text, only.at("/choices/0/text").textValue());
    assertEquals(0, only.at("/usage/completion_tokens").intValue());
    for (int i = 1; i < count; i++) {
      assertEquals(
          lists.get("token_logprobs").get(i).doubleValue(),
          only.at("/choices/0/logprobs/token_logprobs").get(i).doubleValue(),
          1e-4);
    }
  }

  @Test
  void severalTextsAreAnsweredInOrder() throws Exception {
    JsonNode both =
        server.text(
            "\"prompt\": [\"How much is 3\", \"How much\"], \"n\": 2, \"temperature\": 0,"
                + " \"max_tokens\": 4");
    assertEquals(4, both.get("choices").size());
    JsonNode second =
        server.text("\"prompt\": \"How much\", \"temperature\": 0, \"max_tokens\": 4");
    assertEquals(second.at("/choices/0/text"), both.at("/choices/2/text"), both.toString());
    assertNotEquals(both.at("/choices/0/text"), both.at("/choices/2/text"));
  }

  @Test
  void tokensAreTextAndTextIsTokens() throws Exception {
    JsonNode tokens = good(server.send("/tokenize", "{\"prompt\": \"How much, é?\"}"));
    assertEquals(tokens.get("count").intValue(), tokens.get("tokens").size());
    JsonNode text = good(server.send("/detokenize", "{\"tokens\": " + tokens.get("tokens") + "}"));
    assertEquals("How much, é?", text.get("prompt").textValue());
    JsonNode chat = good(server.send("/tokenize", chatBody("")));
    assertEquals("<|begin|>", chat.get("token_strs").get(0).textValue());
  }

  @Test
  void modelsAreListedAndFound() throws Exception {
    JsonNode list = server.get("/v1/models");
    assertEquals("list", list.get("object").textValue());
    assertEquals(
        List.of("base", "tiny-chat", "ft:tiny-chat:shaken"),
        list.get("data").findValuesAsText("id"));
    for (JsonNode one : list.get("data")) {
      String id = one.get("id").textValue();
      assertEquals(one, server.get("/v1/models/" + id));
      assertEquals(
          id.startsWith("ft:") ? "tiny-chat" : null, one.get("parent").textValue(), one.toString());
      String answered = "\"max_tokens\": 1, \"model\": \"" + id + "\"";
      assertEquals(id, server.chat(answered).get("model").textValue());
    }
    assertEquals(404, server.send("/v1/models/none", null).statusCode());
  }
}
